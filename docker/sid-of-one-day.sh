#!/bin/sh
# Lets apt see Debian sid as it was on one day: sid-of-one-day 20260918T000000Z. With an empty day nothing is changed.
set -eu
day=${1:-}
[ -n "$day" ] || exit 0
for keys in /usr/share/keyrings/debian-archive-keyring.pgp /usr/share/keyrings/debian-archive-keyring.gpg; do
  [ ! -e "$keys" ] || break
done
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
# What is dated has expired; its signatures count all the same.
echo "deb [signed-by=$keys check-valid-until=no] http://snapshot.debian.org/archive/debian/$day sid main" \
  > /etc/apt/sources.list
echo 'Acquire::Retries "5";' > /etc/apt/apt.conf.d/80-retries
