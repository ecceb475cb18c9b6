#!/usr/bin/env bash
# usage: make_image_root.sh PROGRAM DIRECTORY
# Writes the root file system of the image: the program, the libraries that it is linked to, the
# certificate authorities, and for each Debian package that a file comes from its copyright and its
# dpkg entry, by which scanners find what is vulnerable. No shell, no package manager.
set -euo pipefail

program=${1:?usage: $0 PROGRAM DIRECTORY}
root=${2:?usage: $0 PROGRAM DIRECTORY}
[ ! -e "$root" ] || {
  echo "$0: $root is there already" >&2
  exit 1
}

install -D -m 0755 "$program" "$root/usr/bin/caracal-compliance-exporter"
install -d -m 0755 "$root/etc/caracal-compliance" "$root/var/lib/dpkg/status.d"
# A new volume takes owner and mode of this directory.
install -d -m 0700 -o 65532 -g 65532 "$root/var/lib/caracal-compliance"
install -d -m 1777 "$root/tmp"
printf 'root:x:0:0::/:/sbin/nologin\nnonroot:x:65532:65532::/:/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

# The package that owns a file; with merged /usr dpkg may know it by the other of its two names.
owner_of() {
  local found
  found=$(dpkg-query -S "$1" 2>/dev/null || dpkg-query -S "${1#/usr}" 2>/dev/null ||
    dpkg-query -S "/usr$1")
  sed 's/: .*//; s/:.*//; q' <<<"$found"
}

# Copied by the names that the loader looks for, with the contents behind the links.
ldd "$program" | grep -oE '/[^ ]+' | sort -u >"$root/libraries"
packages=(ca-certificates openssl)
while read -r library; do
  install -D -m 0755 "$(readlink -f "$library")" "$root$library"
  packages+=("$(owner_of "$(readlink -f "$library")")")
done <"$root/libraries"
rm "$root/libraries"

install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -D -m 0644 /etc/ssl/openssl.cnf "$root/etc/ssl/openssl.cnf"
install -D -m 0644 /etc/ssl/openssl.cnf "$root/usr/lib/ssl/openssl.cnf"
ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
install -D -m 0644 /usr/lib/os-release "$root/etc/os-release"

mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
for package in "${packages[@]}"; do
  dpkg-query -s "$package" >"$root/var/lib/dpkg/status.d/$package"
  install -D -m 0644 "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/copyright"
done

# Layers differ by their times alone otherwise.
find "$root" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
