#!/bin/sh
# genkidesu with the settings of the exchange, which `genkidesu pbx write` made; what compose gives stands above them.
set -eu
settings=/srv/genkidesu/exchange/genkidesu.env
if [ -r "$settings" ]; then
  while IFS='=' read -r name value; do
    case $name in
      '' | *[!A-Z0-9_]*) continue ;;
    esac
    eval "given=\${$name:-}"
    [ -n "$given" ] || export "$name=$value"
  done < "$settings"
fi
exec node /app/dist/src/main.js "$@"
