#!/bin/bash
# Runs a command with a Docker engine at hand, and with an image of wrk that needs no registry.
#   .ci/with-docker.sh COMMAND [ARGUMENTS]
# A running engine is used as it is. Without one (a CI machine that has Debian's packages and root, but
# no registry), a private engine is started and taken down again: no bridge, no firewall rules, so
# containers share the host's network. The status is the command's.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENTS]" >&2; exit 2; }

IMAGE=wrk-scratch:local
START_SECONDS=30
STOP_SECONDS=15

work=$(mktemp -d /tmp/leantea-docker.XXXXXX)      # short: a socket's path must stay under 108 bytes
engine=
command=

# Ends the command, the containers and the engine, and leaves no mount and no file.
finish() {
  status=$?
  trap - EXIT INT TERM
  [ -z "$command" ] || kill "$command" 2>/dev/null || true
  [ -z "$engine" ] || stop_engine
  rm -rf --one-file-system "$work"
  exit "$status"
}

stop_engine() {
  docker ps -aq | xargs -r docker rm -f >/dev/null 2>&1 || true
  kill "$engine" 2>/dev/null || true              # SIGTERM: it ends its containerd too
  for _ in $(seq $((STOP_SECONDS * 10))); do
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$engine" 2>/dev/null || true
  # The engine leaves a bind mount of the network namespace, which rm would stumble over.
  awk -v folder="$work/" 'index($5, folder) == 1 {print $5}' /proc/self/mountinfo | sort -r |
    while read -r mount; do umount "$mount" || true; done
}

install_missing() {
  local missing=()
  [ -x /usr/sbin/dockerd ] || missing+=(docker.io)
  command -v wrk >/dev/null || missing+=(wrk)
  [ ${#missing[@]} -gt 0 ] || return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

start_engine() {
  export DOCKER_HOST=unix://$work/docker.sock
  dockerd --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" \
    --pidfile "$work/dockerd.pid" --bridge=none --iptables=false --ip6tables=false \
    --ip-forward=false --ip-masq=false >"$work/dockerd.log" 2>&1 </dev/null &
  engine=$!
  for _ in $(seq $((START_SECONDS * 10))); do
    ! docker version >/dev/null 2>&1 || return 0
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.1
  done
  echo "with-docker: the engine gave no answer within $START_SECONDS s; its log ends:" >&2
  tail -5 "$work/dockerd.log" >&2
  exit 1
}

# FROM scratch: wrk, the libraries and the loader that ldd names, and how libc looks up a host name.
build_image() {
  local root=$work/image/root binary library
  binary=$(command -v wrk)
  mkdir -p "$root/usr/bin" "$root/etc" "$root/tmp"
  cp -L "$binary" "$root/usr/bin/wrk"
  for library in $(ldd "$binary" | grep -oE '/[^ ]+' | sort -u); do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  printf 'FROM scratch\nCOPY root/ /\nENTRYPOINT ["/usr/bin/wrk"]\n' >"$work/image/Dockerfile"
  # The legacy builder needs no plugin; what it says matters only when it fails.
  DOCKER_BUILDKIT=0 docker build -q -t "$IMAGE" "$work/image" >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2; exit 1; }
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if docker version >/dev/null 2>&1; then
  command -v wrk >/dev/null || install_missing
else
  install_missing
  start_engine
  export TESTCONTAINERS_RYUK_DISABLED=true        # its image is in no registry that is reached here
  export TESTCONTAINERS_CHECKS_DISABLE=true       # the same for the image of its start-up check
  export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1   # there is no bridge whose address it could look up
fi
build_image
export LEANTEA_BENCH_WRK_IMAGE=$IMAGE

"$@" </dev/null &                                 # in the background: a signal is acted on at once
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
