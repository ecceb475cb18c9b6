#!/usr/bin/env bash
# Checks the layout of all sources with clang-format, all compiled ones with clang-tidy, and that
# every header compiles alone.
# usage: tests/lint.sh [BASE]   with BASE (a git revision) only files changed since it
# Prints findings and, as the last line, "N passed, N failed"; one file (without BASE one batch of
# files) and tool counts once.
# A header's findings come with the .cpp files that include it, so BASE can miss some of them.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/lint
base=${1:-}
results=$(mktemp)
trap 'rm -f "$results"' EXIT

deploy/install_packages.sh lint
# Few files are read one by one, all of them in the batches of the build: their headers are then read
# once a folder, a quarter of the work. clang cannot read the precompiled headers of g++.
unity=$([ -n "$base" ] && echo OFF || echo ON)
cmake --preset dev -B "$build" -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DCOMPLIANCE_UNITY="$unity" >/dev/null
if [ -n "$base" ] && ! git rev-parse --verify --quiet "$base^{commit}" > /dev/null; then
  echo "lint: $base is not a revision" >&2
  exit 2
fi

# All sources in question, tracked or new, that are still there.
sources() {
  {
    if [ -n "$base" ]; then
      git diff --name-only --diff-filter=d "$base" -- '*.h' '*.cpp'
    else
      git ls-files --cached -- '*.h' '*.cpp'
    fi
    git ls-files --others --exclude-standard -- '*.h' '*.cpp'
  } | sort -u | while IFS= read -r file; do
    if [ -f "$file" ]; then
      printf '%s\n' "$file"
    fi
  done
}

# What the build compiles of them: files, or batches.
compiled_sources() {
  if [ -z "$base" ]; then
    sed -n 's|^ *"file": "\(.*\)",\?$|\1|p' "$build/compile_commands.json" | grep -v '/headers/'
    return
  fi
  sources | while IFS= read -r file; do
    if grep -qF "\"file\": \"$PWD/$file\"" "$build/compile_commands.json"; then
      printf '%s\n' "$file"
    fi
  done
}

# Runs one tool over one file: its findings to stdout in one piece, its verdict to $results.
check_one() {
  local findings status=0
  findings=$("$@" 2>&1) || status=$?
  if [ "$status" -eq 0 ]; then
    echo passed >> "$results"
  else
    echo failed >> "$results"
    printf '%s\n' "$findings" | grep -v ' warnings\? \(and [0-9]* errors\? \)\?generated\.$' || true
  fi
}
export -f check_one
export results build

sources | xargs -r -d '\n' -P"$(nproc)" -I FILE \
  bash -c 'check_one clang-format --dry-run --Werror "$1"' lint FILE
tidy() {
  local config=()
  # A batch lies below build/, where clang-tidy does not find the tests' own settings.
  [[ "$1" != */CMakeFiles/*_test*/* ]] || config=(--config-file=tests/.clang-tidy)
  check_one clang-tidy -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option "${config[@]}" \
    --header-filter='/(checks|exporter|tests)/.*\.(h|cpp)$' --checks=-bugprone-suspicious-include "$1"
}
export -f tidy
compiled_sources | xargs -r -d '\n' -P"$(nproc)" -I FILE bash -c 'tidy "$1"' lint FILE

# A header alone is a unit of the target headers_stand_alone, named after its path.
mapfile -t alone < <(sources | grep -E '^(checks|exporter)/.*\.h$' | tr -c 'A-Za-z0-9\n' _ |
  sed 's|.*|tests/CMakeFiles/headers_stand_alone.dir/headers/&.cpp.o|')
if [ "${#alone[@]}" -gt 0 ]; then
  findings=$(ninja -C "$build" -k 0 "${alone[@]}" 2>&1) || true
  broken=$(grep -c '^FAILED: ' <<<"$findings" || true)
  [ "$broken" -eq 0 ] || grep -vE '^\[[0-9]+/' <<<"$findings"
  for ((index = 0; index < ${#alone[@]}; index++)); do
    [ "$index" -lt "$broken" ] && echo failed || echo passed
  done >>"$results"
fi

passed=$(grep -c passed "$results" || true)
failed=$(grep -c failed "$results" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
