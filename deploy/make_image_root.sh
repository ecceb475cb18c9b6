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

# Copied by the names that the loader looks for, with the contents behind the links.
mapfile -t libraries < <(ldd "$program" | grep -oE '/[^ ]+' | sort -u)
files=()
for library in "${libraries[@]}"; do
  file=$(readlink -f "$library")
  install -D -m 0755 "$file" "$root$library"
  files+=("$file")
done

# With merged /usr dpkg may know a file by the other of its two names: both are asked for.
owned=$(dpkg-query -S "${files[@]}" "${files[@]#/usr}" 2>/dev/null || true)
owned_files=$(sed 's/.*: //; s|^/usr||' <<<"$owned")
for file in "${files[@]}"; do
  grep -Fxq "${file#/usr}" <<<"$owned_files" || {
    echo "$0: $file belongs to no package" >&2
    exit 1
  }
done
mapfile -t packages < <({
  printf 'ca-certificates\nopenssl\n'
  sed 's/[,:].*//' <<<"$owned"
} | sort -u)

install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -D -m 0644 /etc/ssl/openssl.cnf "$root/etc/ssl/openssl.cnf"
install -D -m 0644 /etc/ssl/openssl.cnf "$root/usr/lib/ssl/openssl.cnf"
ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
install -D -m 0644 /usr/lib/os-release "$root/etc/os-release"

for package in "${packages[@]}"; do
  dpkg-query -s "$package" >"$root/var/lib/dpkg/status.d/$package"
  install -D -m 0644 "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/copyright"
done

# Layers differ by their times alone otherwise.
find "$root" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
