#!/bin/sh
# The telephone exchange: exchange [run | ready | reload | version]
set -eu
conf=/srv/genkidesu/exchange/etc/asterisk.conf

fail() {
  printf '%s\n  %s\n' "$1" "$2" >&2
  exit 1
}

check_version() {
  version=$(asterisk -V)
  number=${version#Asterisk }
  minor=${number#22.}
  minor=${minor%%[!0-9]*}
  case $number in
    22.*) [ "${minor:-0}" -lt 9 ] || return 0 ;;
  esac
  fail "Asterisk 22.9 以上 23 未満が必要です（${version}）。" \
    "Asterisk 22.9 or newer, below 23, is needed; this base gives ${version}: choose another day (ASTERISK_BASE, ASTERISK_SNAPSHOT)."
}

case ${1:-run} in
  run)
    check_version
    [ -s "$conf" ] || fail '交換機の設定がありません。docker compose up -d configure を先に動かしてください。' \
      "$conf is missing: the service 'configure' writes it."
    exec asterisk -C "$conf" -f
    ;;
  ready) timeout 8 asterisk -C "$conf" -rx 'core waitfullybooted' | grep -q 'fully booted' ;;
  # Calls in progress go on.
  reload) exec asterisk -C "$conf" -rx 'core reload' ;;
  version) check_version && asterisk -V ;;
  *) fail "$1: ?" 'exchange [run | ready | reload | version]' ;;
esac
