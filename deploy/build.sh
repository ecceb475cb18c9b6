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
# A loop of the shell: Debian's awk holds back what it reads from a pipe.
shown=0
if ! cmake --build "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
  if [[ $line =~ ^\[([0-9]+)/([0-9]+) ]]; then
    tenth=$((BASH_REMATCH[1] * 10 / BASH_REMATCH[2]))
    if [ "$tenth" -gt "$shown" ] || [ "${BASH_REMATCH[1]}" -eq 1 ]; then
      shown=$tenth
      printf '%s\n' "$line"
    fi
  fi
done; then
  grep -vE '^\[[0-9]+/[0-9]+' "$log" | tail -n 60 >&2
  exit 1
fi
