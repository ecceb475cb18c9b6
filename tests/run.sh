#!/usr/bin/env bash
# usage: tests/run.sh [--fast|--shipped]
# All tests: installs what they need, builds with AddressSanitizer and UndefinedBehaviorSanitizer
# and runs everything; the parts with threads run under ThreadSanitizer first. The last lines are
# ctest's own summary.
#   --fast     only the unit tests: fewer packages, one build, less than a minute of tests
#   --shipped  only the unit tests, against the program as it is shipped (-O2, hardened)
set -euo pipefail

mode=${1:-all}
case "$mode" in
  all | --fast | --shipped) ;;
  *)
    echo "usage: $0 [--fast|--shipped]" >&2
    exit 2
    ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

# Configures a preset, with the compiler cache where there is one. usage: configure PRESET ARGUMENT...
configure() {
  local preset=$1 launcher=()
  shift
  if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  cmake --preset "$preset" "${launcher[@]}" "$@" >/dev/null
}

case "$mode" in
  --fast)
    deploy/install_packages.sh unit
    configure dev
    echo "== building the unit tests (a cold build takes about ten minutes on two cores)"
    deploy/build.sh --preset dev --target unit_tests
    ctest --preset dev -L fast --output-on-failure -j "$(nproc)"
    exit
    ;;
  --shipped)
    deploy/install_packages.sh unit
    configure release -DCOMPLIANCE_BUILD_TESTS=ON
    echo "== building the unit tests against the shipped libraries"
    deploy/build.sh --preset release --target unit_tests
    ctest --test-dir build/release -L unit --output-on-failure -j "$(nproc)"
    exit
    ;;
esac

echo "== all of it takes about half an hour on two cores, ten minutes of packages on a fresh machine"
deploy/install_packages.sh test
tests/install_packages.sh

echo "== ThreadSanitizer: everything with threads"
configure tsan
threaded=(exporter_base_test exporter_daemon_test exporter_history_test exporter_observe_test
  exporter_observe_probes_test exporter_observe_watch_test exporter_publish_api_test
  exporter_publish_http_test exporter_publish_metrics_test exporter_supervisor_test)
deploy/build.sh --preset tsan --target "${threaded[@]}"
ctest --preset tsan -R "^($(IFS='|' && echo "${threaded[*]}"))\$" --output-on-failure | tail -n 12

echo "== AddressSanitizer and UndefinedBehaviorSanitizer: everything"
configure dev
deploy/build.sh --preset dev
cases=$(for binary in build/dev/tests/*_test; do "$binary" --gtest_list_tests; done | grep -c '^  ')
echo "$cases cases in $(ls build/dev/tests/*_test | wc -l) binaries, and $(ls tests/end_to_end/*_test.py | wc -l) scripts with real peers"
ctest --preset dev --output-on-failure -j 2
