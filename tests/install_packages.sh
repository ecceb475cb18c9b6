#!/usr/bin/env bash
# Installs what tests take from the npm registry and PyPI (tests/package.json,
# tests/requirements.txt) below build/. Tests that need it skip where it is not there, so that no
# failure here is one of the run. No lock files: the versions are exact.
set -uo pipefail
cd "$(dirname "$0")/.."

# Installs with the command when the list has changed since it last succeeded.
# usage: install_when_changed LIST DIRECTORY COMMAND...
install_when_changed() {
  local list=$1 directory=$2
  shift 2
  if cmp -s "$list" "$directory/installed-list"; then
    return
  fi
  mkdir -p "$directory"
  if timeout 300 "$@" >"$directory/install.log" 2>&1; then
    cp "$list" "$directory/installed-list"
  else
    echo "$list: cannot be installed, tests that need it will skip; see $directory/install.log"
  fi
}

mkdir -p build/node && cp tests/package.json build/node/
install_when_changed tests/package.json build/node npm install --prefix build/node \
  --no-package-lock --ignore-scripts --legacy-peer-deps --no-audit --no-fund
# Without its dependencies: nothing of it runs.
install_when_changed tests/requirements.txt build/python python3 -m pip install --quiet --upgrade \
  --no-deps --only-binary=:all: --disable-pip-version-check --target build/python \
  -r tests/requirements.txt
