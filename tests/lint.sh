#!/usr/bin/env bash
# Checks the layout of all sources with clang-format and all compiled ones with clang-tidy.
# usage: tests/lint.sh [BASE]   with BASE (a git revision) only files changed since it
# Prints findings and, as the last line, "N passed, N failed"; one file and tool counts once.
# A header's findings come with the .cpp files that include it, so BASE can miss some of them.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/lint
base=${1:-}
results=$(mktemp)
trap 'rm -f "$results"' EXIT

deploy/install_packages.sh lint
# clang cannot read the precompiled headers of g++.
cmake --preset dev -B "$build" -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
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

# Those of them that the build compiles.
compiled_sources() {
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
compiled_sources | xargs -r -d '\n' -P"$(nproc)" -I FILE \
  bash -c 'check_one clang-tidy -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option "$1"' lint FILE

passed=$(grep -c passed "$results" || true)
failed=$(grep -c failed "$results" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
