#!/usr/bin/env bash
# usage: package_in_chroot.sh DEB [SUITE]
# Installs, runs, upgrades, removes and purges the Debian package in a fresh chroot of SUITE
# (bookworm). There is no systemd at work in a chroot: the daemon is started by hand, as the package's
# own user. Needs root, debootstrap, and a mirror that debootstrap reaches; takes a few minutes.
set -euo pipefail

deb=$(readlink -f "${1:?usage: $0 DEB [SUITE]}")
suite=${2:-bookworm}
here=$(cd "$(dirname "$0")" && pwd)
name=caracal-compliance-exporter
for need in debootstrap dpkg-deb curl; do
  command -v "$need" >/dev/null || {
    echo "$0: needs $need" >&2
    exit 1
  }
done
[ "$(id -u)" -eq 0 ] || {
  echo "$0: needs root, for chroot" >&2
  exit 1
}

work=$(mktemp -d)
root=$work/root
daemon=
finish() {
  stop_daemon
  if mountpoint -q "$root/proc"; then
    umount "$root/proc"
  fi
  rm -rf --one-file-system "$work"
}
stop_daemon() {
  if [ -n "$daemon" ]; then
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
    daemon=
  fi
}
trap finish EXIT

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
is() { [ "$(inside "${@:2}" 2>&1)" = "$1" ] || fail "${*:2} does not say '$1' but '$(inside "${@:2}" 2>&1)'"; }

install_package() {
  cp "$1" "$root/tmp/package.deb"
  inside apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold \
    /tmp/package.deb >"$work/apt.log" 2>&1 || {
    cat "$work/apt.log" >&2
    fail "installing $1"
  }
}

answers() {
  local path=$1 wanted=$2 token=$3
  [ "$(curl -s -o "$work/answer" -w '%{http_code}' -H "Authorization: Bearer $token" \
    "http://127.0.0.1:$port$path")" = "$wanted" ]
}

# The unit gives the daemon a copy of the token that is its own; so does this.
run_daemon() {
  inside install -o caracal-compliance -m 0400 /etc/caracal-compliance/token /tmp/token
  chroot --userspec=caracal-compliance:caracal-compliance "$root" "/usr/bin/$name" serve \
    --config.file=/etc/caracal-compliance/exporter.yaml --web.bearer-token-file=/tmp/token \
    --state.path=/var/lib/caracal-compliance/state.db --web.listen-address="127.0.0.1:$port" \
    2>"$work/daemon.log" &
  daemon=$!
  for _ in $(seq 100); do
    answers /-/ready 200 none && break
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.1
  done
  for path in /-/healthy /-/ready; do
    answers "$path" 200 none || {
      cat "$work/daemon.log" >&2
      fail "the daemon does not answer 200 on $path"
    }
  done
  answers /metrics 401 wrong || fail "/metrics is open"
  answers /metrics 200 "$(cat "$root/tmp/token")" || fail "/metrics is closed to who has the token"
  grep -q '^caracal_compliance_check_status{' "$work/answer" || fail "/metrics shows no check"
  stop_daemon
}

echo "== a fresh $suite"
debootstrap --variant=minbase "$suite" "$root" >"$work/debootstrap.log" 2>&1 || {
  tail -n 5 "$work/debootstrap.log" >&2
  fail debootstrap
}
cp /etc/resolv.conf "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
inside apt-get update -qq
# What the dependencies bring must not be taken for what the package leaves behind.
inside apt-get install -y -qq --no-install-recommends systemd openssl ca-certificates >/dev/null 2>&1
(cd "$root" && find etc usr var -xdev | sort) >"$work/before"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

echo "== installs"
install_package "$deb"
is "750 root:caracal-compliance" stat -c '%a %U:%G' /etc/caracal-compliance
is "600 root:root" stat -c '%a %U:%G' /etc/caracal-compliance/token
is "700 caracal-compliance:caracal-compliance" stat -c '%a %U:%G' /var/lib/caracal-compliance
is "caracal-compliance caracal-readers" id -nG caracal-compliance
is "/usr/sbin/nologin" sh -c 'getent passwd caracal-compliance | cut -d: -f7'
inside "$name" --version

echo "== the daemon, started by hand, answers"
"$here/../demo/make_installation.sh" "$root/srv/installation"
inside chown -R caracal-compliance: /srv/installation
sed 's|\[compose.yaml\]|[/srv/installation/compose.yaml]|; s|\[caracal.env\]|[/srv/installation/caracal.env]|
     s|secrets/|/srv/installation/secrets/|; s|caracal-help.txt|/srv/installation/caracal-help.txt|' \
  "$root/srv/installation/exporter.yaml" >"$root/etc/caracal-compliance/exporter.yaml"
run_daemon
token=$(cat "$root/etc/caracal-compliance/token")
changed=$(sha256sum <"$root/etc/caracal-compliance/exporter.yaml")

echo "== upgrades, and keeps configuration, token and history"
dpkg-deb -R "$deb" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -b "$work/next" "$work/next.deb" >/dev/null
install_package "$work/next.deb"
[ "$(cat "$root/etc/caracal-compliance/token")" = "$token" ] || fail "the upgrade made a new token"
[ "$(sha256sum <"$root/etc/caracal-compliance/exporter.yaml")" = "$changed" ] ||
  fail "the upgrade overwrote exporter.yaml"
run_daemon
is "the event chain is whole" sh -c \
  "$name history verify --state.path=/var/lib/caracal-compliance/state.db >/dev/null && echo 'the event chain is whole'"

echo "== is removed, and leaves configuration and history"
inside apt-get remove -y -qq "$name" >/dev/null 2>&1
[ ! -e "$root/usr/bin/$name" ] || fail "the program is still there"
[ -e "$root/etc/caracal-compliance/exporter.yaml" ] || fail "exporter.yaml is gone"
[ -e "$root/var/lib/caracal-compliance/state.db" ] || fail "the history is gone"

echo "== is purged, and leaves nothing"
inside apt-get purge -y -qq "$name" >/dev/null 2>&1
left=$(cd "$root" && find etc usr var -xdev | sort | comm -13 "$work/before" - |
  grep -i -E 'caracal|compliance' || true)
[ -z "$left" ] || fail "left behind: $left"
echo "the package installs, runs, upgrades, is removed and purged cleanly in $suite"
