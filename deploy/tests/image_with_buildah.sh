#!/usr/bin/env bash
# usage: image_with_buildah.sh [ROOT_DIRECTORY]
# Builds deploy/Dockerfile with buildah, without a container engine, on a base image made of
# ROOT_DIRECTORY (a Debian root file system; default: a fresh one by debootstrap), and runs what comes
# out as its own user. Needs root, buildah, and a mirror; compiles everything, so it takes a while.
# What chroot isolation cannot show: namespaces, seccomp, a read-only root, limits, published ports.
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
for need in buildah curl openssl python3; do
  command -v "$need" >/dev/null || {
    echo "$0: needs $need" >&2
    exit 1
  }
done
[ "$(id -u)" -eq 0 ] || {
  echo "$0: needs root, for chroot isolation" >&2
  exit 1
}

work=$(mktemp -d)
image=localhost/caracal-compliance-exporter:test
runner=
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
in_store() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
# The process and all below it, the lowest first: the daemon is far below the buildah that waits for it.
family() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do
    family "$child"
  done
  echo "$1"
}
finish() {
  if [ -n "$runner" ]; then
    kill $(family "$runner" | head -n 1) 2>/dev/null || true
    wait "$runner" 2>/dev/null || true
  fi
  in_store rm --all >/dev/null 2>&1 || true
  rm -rf --one-file-system "$work"
}
trap finish EXIT
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

base=${1:-$work/base}
if [ ! -d "$base" ]; then
  echo "== a base"
  debootstrap --variant=minbase bookworm "$base" >"$work/debootstrap.log" 2>&1 || {
    tail -n 5 "$work/debootstrap.log" >&2
    fail debootstrap
  }
fi
container=$(in_store from scratch)
in_store add -q "$container" "$base" / >/dev/null
in_store commit -q "$container" localhost/base >/dev/null
in_store rm "$container" >/dev/null

echo "== builds"
in_store build --format docker --build-arg BASE=localhost/base --timestamp 0 \
  --build-arg REVISION="$(git -C "$source" rev-parse --short=12 HEAD)" \
  --ignorefile "$source/deploy/Dockerfile.dockerignore" -f "$source/deploy/Dockerfile" -t "$image" \
  "$source" >"$work/build.log" 2>&1 || {
  tail -n 30 "$work/build.log" >&2
  fail build
}

echo "== says who it is"
in_store inspect --type image "$image" >"$work/inspect.json"
python3 - "$work/inspect.json" <<'PYTHON'
import json, sys
config = json.load(open(sys.argv[1]))["Docker"]["config"]
assert config["User"] == "65532:65532", config["User"]
assert config["Entrypoint"] == ["/usr/bin/caracal-compliance-exporter"], config["Entrypoint"]
assert config["Healthcheck"]["Test"][:3] == ["CMD", "/usr/bin/caracal-compliance-exporter", "healthcheck"]
assert config["Labels"]["org.opencontainers.image.revision"] != "unknown"
PYTHON
in_store images --format '{{.Name}} {{.Size}}' | grep compliance

echo "== runs as its own user, and answers"
container=$(in_store from "$image")
"$source/deploy/demo/make_installation.sh" "$work/installation"
openssl rand -hex 32 >"$work/installation/token"
chown -R 65532:65532 "$work/installation"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
! in_store run "$container" -- /bin/sh -c true 2>/dev/null || fail "there is a shell in the image"
in_store run "$container" -- /usr/bin/caracal-compliance-exporter --version
in_store run --volume "$work/installation:/caracal:ro" "$container" -- \
  /usr/bin/caracal-compliance-exporter serve --config.file=/caracal/exporter.yaml \
  --web.bearer-token-file=/caracal/token --web.listen-address="127.0.0.1:$port" 2>"$work/daemon.log" &
runner=$!
for _ in $(seq 300); do
  curl -sf -o /dev/null "http://127.0.0.1:$port/-/ready" && break
  sleep 0.1
done
curl -sf -o /dev/null "http://127.0.0.1:$port/-/ready" || {
  cat "$work/daemon.log" >&2
  fail "the daemon does not become ready"
}
checks=$(curl -sf -H "Authorization: Bearer $(cat "$work/installation/token")" \
  "http://127.0.0.1:$port/metrics" | grep -c '^caracal_compliance_check_status{')
[ "$checks" -gt 100 ] || fail "/metrics shows $checks series of checks"
in_store run "$container" -- /usr/bin/caracal-compliance-exporter healthcheck \
  --web.listen-address="127.0.0.1:$port" || fail "the health check does not find it healthy"
echo "the image builds, and its daemon answers with $checks series of checks"
