#!/bin/sh
# Makes what the other services need before they start: keys and passwords, each once; the exchange's configuration, every time.
# A file in /given is taken instead: trunk.json every time, keys and passwords only where there is none yet.
# Options are those of `genkidesu pbx write`.
set -eu
umask 077
given=/given
base=/srv/genkidesu

say() {
  printf '%s\n  %s\n' "$1" "$2"
}

fail() {
  say "$1" "$2" >&2
  exit 1
}

# is_given NAME: whether somebody put this file there for us
is_given() {
  [ -e "$given/$1" ] || return 1
  [ -r "$given/$1" ] || fail "$given/$1 が読めません。持ち主を 10001 にしてください（chown 10001）。" \
    "$given/$1 cannot be read: give it to the user 10001."
}

# once TARGET NAME COMMAND…: the target, if it is not there yet, from the given file or from what the command prints
once() {
  target=$1 name=$2
  shift 2
  [ ! -s "$target" ] || return 0
  if is_given "$name"; then cat "$given/$name" > "$target.new"; else "$@" > "$target.new"; fi
  # Whole or not at all: half a key would open nothing.
  sync "$target.new"
  mv "$target.new" "$target"
}

random() {
  od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'
}

new_key() {
  rm -f /tmp/new.key
  genkidesu key new /tmp/new.key > /dev/null
  cat /tmp/new.key
}

no_line_yet() {
  # An address of this machine where nobody answers: a call fails at once and never leaves the house.
  echo '{ "host": "127.255.255.254", "callerNumber": "0000000000", "channelCap": 2 }'
}

once "$base/keys/personal-data.key" personal-data.key new_key
once "$base/keys/voice.key" voice.key random
once "$base/keys/api-token" api-token random
once "$base/database-password/password" database-password random

trunk=$base/exchange/trunk.json
if is_given trunk.json; then cat "$given/trunk.json" > "$trunk"; fi
once "$trunk" trunk.json no_line_yet

# Where the command would make a key of its own; Asterisk, which sees this folder, does not see where the link leads.
ln -sfn "$base/keys/personal-data.key" "$base/exchange/personal-data.key"

genkidesu pbx write --dir "$base/exchange" --trunk "$trunk" \
  --modules /usr/lib/asterisk-modules --data /usr/share/asterisk "$@" > /tmp/said
say '交換機の設定を書きました。個人情報の鍵はボリューム keys にあります。なくすと氏名も番号も読めません。控えを別の場所に取ってください。' \
  'The exchange is configured. The key of the personal data is in the volume "keys": keep a copy elsewhere.'

if grep -q '"0000000000"' "$trunk"; then
  say '電話回線はまだ決まっていません。電話はかかりません。docs/docker.ja.md の「回線」をご覧ください。' \
    'There is no line to a carrier yet: nobody can be called. See docs/docker.ja.md.'
fi
