#!/bin/sh
# MariaDB for the service alone, on loopback: database [run | ready]
set -eu
umask 077
folder=/srv/genkidesu/database
socket=/tmp/database.sock

if [ "${1:-run}" = ready ]; then
  exec mariadb --no-defaults --socket="$socket" --connect-timeout=5 --execute='SELECT 1' genkidesu
fi

password=$(cat /srv/genkidesu/database-password/password)
case $password in
  '' | *[!A-Za-z0-9._~-]*)
    echo 'データベースのパスワードに使えるのは英数字と . _ ~ - だけです。 / Letters, digits and . _ ~ - only.' >&2
    exit 1
    ;;
esac

if [ ! -d "$folder/data" ]; then
  rm -rf "$folder/new"
  mariadb-install-db --no-defaults --datadir="$folder/new" --skip-test-db \
    --auth-root-authentication-method=socket --auth-root-socket-user=genkidesu > /tmp/install.log \
    || { cat /tmp/install.log >&2; exit 1; }
  # Only whole: a first start that was cut short begins again.
  mv "$folder/new" "$folder/data"
fi

# At every start, so that a password that was changed is taken over.
cat > /tmp/start.sql << SQL
CREATE DATABASE IF NOT EXISTS genkidesu CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'genkidesu'@'127.0.0.1' IDENTIFIED BY '$password';
ALTER USER 'genkidesu'@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON genkidesu.* TO 'genkidesu'@'127.0.0.1';
SQL
mkdir -p "$folder/tmp"
exec mariadbd --no-defaults --datadir="$folder/data" --tmpdir="$folder/tmp" --socket="$socket" --pid-file=/tmp/database.pid \
  --bind-address=127.0.0.1 --port="${DATABASE_PORT:-3306}" --skip-name-resolve --init-file=/tmp/start.sql \
  --innodb-flush-log-at-trx-commit=1 --character-set-server=utf8mb4 --max-connections=200
