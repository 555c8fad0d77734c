#!/bin/bash
# Tries docker-compose.yml for real where Docker runs: docker/try.sh
# Builds the images, starts everything, restarts it, takes each container's process away, runs the demo, and leaves
# nothing but Docker's build cache. Needs docker with compose ≥ 2.24 and BuildKit; takes 5 to 20 minutes, most of it building.
# Where no image can be pulled, give bases of your own: DEBIAN_BASE=… ASTERISK_BASE=… ASTERISK_SNAPSHOT= docker/try.sh
# Behind a proxy that opens TLS: EXTRA_CA_FILE=/path/of/its/certificate.pem
set -uo pipefail
cd "$(dirname "$0")/.."

PROJECT=genkidesu-try-$$
export GENKIDESU_TAG=$PROJECT
work=$(mktemp -d)
started=$SECONDS
summary=()
trap 'exit 130' INT TERM
trap leave EXIT

compose() { docker compose --project-name "$PROJECT" --env-file "$work/env" "$@"; }
say() { printf '\n== %s (%d s)\n' "$*" $((SECONDS - started)); }
done_with() { summary+=("ok    $*"); printf 'ok: %s\n' "$*"; }

fail() {
  summary+=("FAIL  $*")
  printf '\nFAIL: %s\n' "$*" >&2
  compose --profile '*' ps --all 2>/dev/null | cut -c1-200 >&2
  compose --profile '*' logs --no-color --tail 40 2>&1 | cut -c1-300 >&2
  exit 1
}

# Nothing of the try stays, however it ends.
leave() {
  local code=$?
  trap - EXIT
  say 'taking everything away'
  compose --profile '*' down --volumes --remove-orphans --timeout 20 > "$work/down.log" 2>&1
  docker images --quiet --filter "reference=genkidesu/*:$PROJECT" | sort -u | xargs -r docker rmi --force >> "$work/down.log" 2>&1
  local left
  left=$(
    docker ps --all --quiet --filter "label=com.docker.compose.project=$PROJECT"
    docker volume ls --quiet --filter "label=com.docker.compose.project=$PROJECT"
    docker images --quiet --filter "reference=genkidesu/*:$PROJECT"
  )
  if [ -z "$left" ]; then
    summary+=('ok    down -v: no container, volume or image is left')
  else
    code=1
    cat "$work/down.log" >&2
    summary+=("FAIL  left behind: $left")
  fi
  rm -rf "$work"
  printf '\n---- docker/try.sh: %s ----\n' "$(date -u +%FT%TZ)"
  printf '%s\n' "${summary[@]}"
  if [ "$code" = 0 ]; then echo "PASSED in $((SECONDS - started)) s"; else echo "FAILED after $((SECONDS - started)) s"; fi
  exit "$code"
}

# A port from $1 on that nothing on this machine uses, TCP or UDP.
free_port() {
  local port=$1
  while grep -qi ":$(printf '%04X' "$port") " /proc/net/{tcp,udp,tcp6,udp6} 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# get PATH: the status and the body of what the service answers, asked from the host
get() {
  exec 3<> "/dev/tcp/127.0.0.1/$HTTP_PORT" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
  timeout 10 cat <&3 | sed -n '1p;$p'
  exec 3>&-
}

is_ready() { get /readyz 2>/dev/null | head -1 | grep -q ' 200 '; }

# until_true SECONDS COMMAND…
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

health_is() { [ "$(docker inspect --format '{{.State.Health.Status}}' "$(compose ps --all --quiet "$1")" 2>/dev/null)" = healthy ]; }
all_healthy() { health_is database && health_is asterisk && health_is genkidesu && is_ready; }
started_at() { docker inspect --format '{{.State.StartedAt}}' "$(compose ps --all --quiet "$1")"; }
was_started_again() { [ "$(started_at "$1")" != "$2" ]; }
genkidesu() { compose exec -T genkidesu genkidesu "$@"; }
knows_the_organization() { genkidesu organization list 2>/dev/null | grep -q 'ドッカー町会'; }

say 'looking at Docker'
docker info > /dev/null 2>&1 || fail 'docker does not answer'
compose_version=$(docker compose version --short 2>/dev/null) || fail 'docker compose (v2) is missing'
HTTP_PORT=$(free_port $((21000 + RANDOM % 1000)))
sip_port=$(free_port $((22000 + RANDOM % 1000)))
https_port=$(free_port $((27000 + RANDOM % 1000)))
cat > "$work/env" << ENV
HTTP_PORT=$HTTP_PORT
SIP_HOST=127.0.0.1
SIP_PORT=$sip_port
RTP_PORTS=23000-23100
ARI_PORT=$(free_port $((24000 + RANDOM % 1000)))
AMI_PORT=$(free_port $((25000 + RANDOM % 1000)))
DATABASE_PORT=$(free_port $((26000 + RANDOM % 1000)))
PROXY_HTTP_PORT=$(free_port $((28000 + RANDOM % 1000)))
PROXY_HTTPS_PORT=$https_port
GENKIDESU_SETTINGS=$work/env
GENKIDESU_GIVEN=$work/given
FINISH_SECONDS=5
ENV
mkdir "$work/given"
chmod 755 "$work" "$work/given"
# What stands in the caller's environment wins over the file: only the bases may.
unset DATABASE_PORT ARI_PORT AMI_PORT SIP_HOST SIP_PORT RTP_PORTS GENKIDESU_KEYS GENKIDESU_BACKUPS SITE PROXY_TLS
compose --profile '*' config --quiet || fail 'docker-compose.yml is not valid'
done_with "docker $(docker version --format '{{.Server.Version}}'), compose $compose_version"

say 'building'
compose --profile '*' build > "$work/build.log" 2>&1 || { tail -n 60 "$work/build.log" >&2; fail 'build'; }
version_of() { compose run --rm --no-deps -T --entrypoint "$1" "$2" "${@:3}" 2>/dev/null | head -1; }
done_with "built: $(version_of exchange asterisk version), $(version_of mariadbd database --version | grep -o '[0-9.]*-MariaDB'), Node $(version_of node genkidesu --version)"
for image in service asterisk database proxy demo; do
  size=$(($(docker image inspect --format '{{.Size}}' "genkidesu/$image:$PROJECT") / 1000000))
  user=$(docker image inspect --format '{{.Config.User}}' "genkidesu/$image:$PROJECT")
  [ "$user" = genkidesu ] || fail "the image $image runs as '$user'"
  sizes="${sizes:-}${sizes:+, }$image $size MB"
done
done_with "not root: $sizes"

say 'docker compose up -d'
compose up --detach > "$work/up.log" 2>&1 || { tail -n 20 "$work/up.log" >&2; fail 'up -d'; }
until_true 120 all_healthy || fail 'not ready within two minutes'
done_with "up -d: database, asterisk and genkidesu are healthy, /readyz: $(get /readyz | head -1 | tr -d '\r')"

# Its checks have 5 s each, which a machine that has just built six images may exceed once.
doctor_is_content() { genkidesu doctor --json > "$work/doctor.json"; }
until_true 60 doctor_is_content || { cat "$work/doctor.json" >&2; fail 'doctor finds something bad'; }
done_with "doctor: $(grep -c '"state": "good"' "$work/doctor.json") good, $(grep -c '"state": "warning"' "$work/doctor.json") warnings, 0 bad"
genkidesu organization add ドッカー町会 --kind communityAssociation > /dev/null || fail 'organization add'

say 'what may be reached from outside'
outside=$(compose exec -T genkidesu node -e "
  const nets = Object.values(require('node:os').networkInterfaces()).flat().filter((n) => !n.internal && n.family === 'IPv4');
  const ports = process.argv.slice(1).map(Number);
  const tries = nets.flatMap(({ address }) => ports.map((port) => new Promise((done) => {
    const socket = require('node:net').connect({ host: address, port, timeout: 3000 });
    socket.on('connect', () => (socket.destroy(), done(port))).on('error', () => done()).on('timeout', () => done());
  })));
  Promise.all(tries).then((open) => console.log(open.filter(Boolean).join(' ')));
" $(sed -n 's/^\(ARI_PORT\|AMI_PORT\|DATABASE_PORT\|HTTP_PORT\)=//p' "$work/env"))
[ -z "$outside" ] || fail "reachable from outside: $outside"
done_with 'ARI, AMI, the database and HTTP answer on loopback only'

say 'docker compose restart'
compose restart > /dev/null 2>&1 || fail 'restart'
until_true 120 all_healthy || fail 'not ready within two minutes of restart'
knows_the_organization || fail 'the organization is gone after restart'
done_with 'restart: ready again, nothing is lost'

for name in asterisk database genkidesu; do
  say "killing what runs in $name"
  before=$(started_at "$name")
  case $name in asterisk) what=asterisk ;; database) what=mariadbd ;; genkidesu) what=node ;; esac
  # From within: a docker kill would count as wanted, and Docker would not start it again.
  compose exec -T "$name" sh -c 'for process in /proc/[0-9]*; do
    case $(readlink "$process/exe") in */'$what'*) kill -9 "${process#/proc/}" ;; esac
  done' > /dev/null 2>&1
  killed=$SECONDS
  until_true 30 was_started_again "$name" "$before" || fail "$name was not started again"
  until_true 120 all_healthy || fail "not ready within two minutes of the loss of $name"
  knows_the_organization || fail "the organization is gone after the loss of $name"
  done_with "kill -9 in $name: started again by Docker, all ready after $((SECONDS - killed)) s"
done

say 'removing a container'
docker rm --force "$(compose ps --all --quiet asterisk)" > /dev/null || fail 'rm'
compose up --detach > /dev/null 2>&1 || fail 'up -d after the loss of a container'
until_true 120 all_healthy || fail 'not ready within two minutes of up -d'
done_with 'asterisk removed: up -d brings it back, all ready'

say 'TLS'
compose --profile tls up --detach proxy > /dev/null 2>&1 || fail 'proxy'
until_true 60 health_is proxy || fail 'the proxy is not healthy'
status=$(compose exec -T -e NODE_TLS_REJECT_UNAUTHORIZED=0 -e NODE_NO_WARNINGS=1 genkidesu node -e "
  fetch('https://localhost:$https_port/', { headers: { accept: 'text/html' } }).then((answer) => console.log(answer.status), (error) => console.log(String(error.cause)))")
[ "$status" = 200 ] || fail "through the proxy: $status"
done_with 'proxy: the page comes over https, 200'

say 'docker compose --profile demo up'
compose --profile demo up --no-color > "$work/demo.log" 2>&1 &
attached=$!
demo_state() { docker inspect --format "{{.State.$1}}" "$(compose --profile demo ps --all --quiet demo)" 2>/dev/null; }
demo_has_ended() { [ "$(demo_state Status)" = exited ]; }
until_true 1200 demo_has_ended || { tail -n 30 "$work/demo.log" >&2; fail 'the demo does not end'; }
code=$(demo_state ExitCode)
compose --profile demo stop > /dev/null 2>&1
wait "$attached"
judgement=$(sed -n 's/^demo-1 *| *\({.*"mismatches".*}\).*$/\1/p' "$work/demo.log" | tail -1)
case $judgement in
  *'"mismatches":0'*) [ "$code" = 0 ] || fail "the demo ended with $code" ;;
  *)
    grep '^demo-1' "$work/demo.log" | tail -n 30 >&2
    fail "the demo's last line: ${judgement:-none} (exit $code)"
    ;;
esac
done_with "demo: $judgement"
