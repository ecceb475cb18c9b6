#!/usr/bin/env bash
# usage: deploy/install_packages.sh build|unit|test|lint
# Installs Debian packages: `build` what the program is built with, `unit` the unit tests' libraries
# too, `test` what all tests need, `lint` what tests/lint.sh needs. Says first what is missing and
# how large it is. Needs root or sudo; does nothing when everything is there.
set -euo pipefail

build_packages=(
  ca-certificates cmake g++ git libcli11-dev libcpp-httplib-dev libssl-dev
  curl libc-ares-dev libcap-ng-dev libcurl4-openssl-dev libidn2-dev libseccomp-dev libsqlite3-dev libyaml-cpp-dev libyaml-dev ninja-build nlohmann-json3-dev openssl
  pkg-config prometheus-cpp-dev zlib1g-dev
)
unit_packages=(libgmock-dev libgtest-dev)
test_packages=(
  bash-completion chromium chromium-driver dpkg-dev file gnutls-bin jq libbenchmark-dev
  libxml2-utils mandoc nginx openjdk-17-jdk-headless postgresql procps prometheus prometheus-alertmanager
  prometheus-blackbox-exporter python3 python3-yaml redis-server strace systemd testssl.sh
)
lint_packages=(clang-format clang-tidy)
# Debian's npm brings some hundred packages along: not where there is another one.
command -v npm >/dev/null || test_packages+=(nodejs npm)
python3 -m pip --version >/dev/null 2>&1 || test_packages+=(python3-pip)

packages=("${build_packages[@]}")
case "${1:-}" in
  build) ;;
  unit) packages+=("${unit_packages[@]}") ;;
  test) packages+=("${unit_packages[@]}" "${test_packages[@]}") ;;
  lint) packages+=("${unit_packages[@]}" "${lint_packages[@]}") ;;
  *)
    echo "usage: $0 build|unit|test|lint" >&2
    exit 2
    ;;
esac

missing=()
for package in "${packages[@]}"; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    missing+=("$package")
  fi
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "$0: these packages are missing and installing them needs root: ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi

# Servers among the packages are test peers: they must not start by themselves.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 0755 "$policy"
  made_policy=yes
fi
remove_policy() {
  if [ "$made_policy" = yes ]; then
    "${as_root[@]}" rm -f "$policy"
  fi
}
trap remove_policy EXIT

echo "installing ${#missing[@]} Debian packages and what they depend on: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
# apt's own words on the size: "Need to get 4,242 kB of archives. After this operation, ..."
"${as_root[@]}" apt-get install --assume-no --no-install-recommends "${missing[@]}" 2>/dev/null |
  grep -E '^(Need to get|After this operation)' || true
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -y -qq \
  --no-install-recommends "${missing[@]}" >/dev/null
