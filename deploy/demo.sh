#!/usr/bin/env bash
# The main job in one command: installs what is needed, builds, makes a sample installation with
# planted faults and a bearer token, starts the daemon on loopback, shows its verdicts and keeps
# running. With --once it stops after the table.
set -euo pipefail

once=no
case "${1:-}" in
  "") ;;
  --once) once=yes ;;
  *)
    echo "usage: $0 [--once]" >&2
    exit 2
    ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)
port=${DEMO_PORT:-9787}
"$root/deploy/install_packages.sh" build

launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
echo "building (a few minutes the first time)"
cmake --preset release -S "$root" -B "$root/build/release" -DCOMPLIANCE_BUILD_TESTS=OFF \
  "${launcher[@]}" >/dev/null
"$root/deploy/build.sh" "$root/build/release" --target caracal-compliance-exporter
program=$root/build/release/exporter/caracal-compliance-exporter

work=$(mktemp -d)
chmod 0700 "$work"
daemon=
finish() {
  if [ -n "$daemon" ]; then
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 0' INT TERM

"$root/deploy/demo/make_installation.sh" "$work"
openssl rand -hex 32 >"$work/token"
chmod 0600 "$work/token"

"$program" serve --config.file="$work/exporter.yaml" --web.bearer-token-file="$work/token" \
  --web.listen-address="127.0.0.1:$port" 2>"$work/log" &
daemon=$!
for _ in $(seq 100); do
  if curl -sf -o /dev/null "http://127.0.0.1:$port/-/ready"; then
    ready=yes
    break
  fi
  kill -0 "$daemon" 2>/dev/null || break
  sleep 0.1
done
if [ "${ready:-no}" != yes ]; then
  echo "the daemon did not become ready:" >&2
  cat "$work/log" >&2
  exit 1
fi

status=0
"$program" check --config.file="$work/exporter.yaml" || status=$?
if [ "$status" -gt 1 ]; then
  echo "check ended with exit code $status" >&2
  exit "$status"
fi

cat <<TEXT

The daemon answers on http://127.0.0.1:$port (process $daemon).
  page:     http://127.0.0.1:$port/ in a browser; any user, and as the password what "cat $work/token" prints
  metrics:  curl -H "Authorization: Bearer \$(cat $work/token)" http://127.0.0.1:$port/metrics
  report:   curl -H "Authorization: Bearer \$(cat $work/token)" http://127.0.0.1:$port/api/v1/report
  readiness: curl http://127.0.0.1:$port/-/ready
The sample installation with its planted faults is in $work: mend one and look again with
  $program check --config.file=$work/exporter.yaml
TEXT
lines=$(curl -sf -H "Authorization: Bearer $(cat "$work/token")" \
  "http://127.0.0.1:$port/metrics" | grep -c '^caracal_compliance_check_status')
echo "/metrics holds $lines check_status series."
if [ "$once" = yes ]; then
  exit 0
fi
echo "Press Ctrl-C to end."
wait "$daemon"
