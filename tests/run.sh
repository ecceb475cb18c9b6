#!/usr/bin/env bash
# All tests: installs what they need, builds with AddressSanitizer and UndefinedBehaviorSanitizer
# and runs everything; the parts with threads run under ThreadSanitizer first. The last lines are
# ctest's own summary.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
deploy/install_packages.sh test
tests/install_packages.sh

launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi

echo "== ThreadSanitizer: everything with threads"
cmake --preset tsan "${launcher[@]}" >/dev/null
threaded=(exporter_test exporter_base_test exporter_history_test exporter_observe_test
  exporter_observe_probes_test exporter_observe_watch_test exporter_publish_test exporter_supervisor_test)
deploy/build.sh --preset tsan --target "${threaded[@]}"
ctest --preset tsan -R "^($(IFS='|' && echo "${threaded[*]}"))\$" --output-on-failure | tail -n 12

echo "== AddressSanitizer and UndefinedBehaviorSanitizer: everything"
cmake --preset dev "${launcher[@]}" >/dev/null
deploy/build.sh --preset dev
cases=$(for binary in build/dev/tests/*_test; do "$binary" --gtest_list_tests; done | grep -c '^  ')
echo "$cases cases in $(ls build/dev/tests/*_test | wc -l) binaries, and $(ls tests/end_to_end/*_test.py | wc -l) scripts with real peers"
ctest --preset dev --output-on-failure -j 2
