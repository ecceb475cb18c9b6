#!/usr/bin/env bash
# usage: deploy/build.sh ARGUMENT...   the arguments of `cmake --build`
# Builds with ninja's progress: on a terminal in one line, elsewhere a line for each tenth of the
# steps. When it fails, shows what the compiler said, and fails too.
set -euo pipefail

export NINJA_STATUS='[%f/%t, %es] '
if [ -t 1 ]; then
  exec cmake --build "$@"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --build "$@" 2>&1 | tee "$log" | awk '
    match($0, /^\[[0-9]+\/[0-9]+/) {
      split(substr($0, 2, RLENGTH - 1), step, "/")
      tenth = int(step[1] * 10 / step[2])
      if (tenth > shown || step[1] == 1) { shown = tenth; print; fflush() }
    }'; then
  grep -vE '^\[[0-9]+/[0-9]+' "$log" | tail -n 60 >&2
  exit 1
fi
