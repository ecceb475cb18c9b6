#!/usr/bin/env bash
# usage: deploy/build.sh ARGUMENT...   the arguments of `cmake --build`
# Builds and says one line; when that fails, shows what the compiler said, and fails too.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --build "$@" >"$log" 2>&1; then
  grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 60 >&2
  exit 1
fi
tail -n 1 "$log"
