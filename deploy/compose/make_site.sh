#!/usr/bin/env bash
# usage: make_site.sh [CARACAL_DIRECTORY [SITE_DIRECTORY]]
# Writes what deploy/compose.yaml needs of a site: a bearer token, a certificate of an own authority
# for the exporter's listener, Grafana's password, the exporter's configuration and site.env. What
# is there already is kept. Run it as the owner of Caracal's directory, or as root.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
caracal=${1:-${CARACAL_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/caracal}}
site=${2:-$here/site}
[ -d "$caracal" ] || {
  echo "$0: there is no directory $caracal: name Caracal's own as first argument" >&2
  exit 1
}
owner=$(stat -c %u:%g "$caracal")
if [ "${owner%%:*}" = 0 ]; then
  echo "$0: $caracal belongs to root; the exporter does not run as root." >&2
  echo "Give the directory to the user that runs Caracal: chown -R USER: $caracal" >&2
  exit 1
fi

umask 077
mkdir -p "$site/config" "$site/secrets" "$site/state"
# The containers' users enter none of the directories above: each sees the one file that is mounted.
keep() {
  local target=$site/secrets/$1
  [ -s "$target" ] || install -m 0444 "$2" "$target"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl rand -hex 32 >"$work/token"
openssl rand -hex 16 >"$work/password"
keep exporter_token "$work/token"
keep grafana_admin_password "$work/password"
if [ ! -s "$site/secrets/exporter_tls_certificate" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 \
    -subj "/CN=caracal-compliance" -keyout "$work/authority_key" -out "$work/authority" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=exporter" \
    -keyout "$work/key" -out "$work/request" 2>/dev/null
  printf 'subjectAltName=DNS:exporter,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' \
    >"$work/extensions"
  # The authority's key is thrown away: nobody can sign another certificate with it.
  openssl x509 -req -in "$work/request" -CA "$work/authority" -CAkey "$work/authority_key" \
    -CAcreateserial -days 824 -extfile "$work/extensions" -out "$work/certificate" 2>/dev/null
  rm -f "$site/secrets/exporter_tls_authority" "$site/secrets/exporter_tls_key"
  keep exporter_tls_authority "$work/authority"
  keep exporter_tls_key "$work/key"
  keep exporter_tls_certificate "$work/certificate"
fi
[ -s "$site/config/exporter.yaml" ] ||
  install -m 0644 "$here/../exporter.example.yaml" "$site/config/exporter.yaml"
install -m 0644 "$here/web.yaml" "$site/config/web.yaml"
cat >"$site/site.env" <<TEXT
CARACAL_HOME=$(cd "$caracal" && pwd)
CARACAL_UID=${owner%%:*}
CARACAL_GID=${owner##*:}
COMPLIANCE_SITE=$(cd "$site" && pwd)
TEXT
if [ "$(id -u)" -eq 0 ]; then
  chown "$owner" "$site/config" "$site/config/exporter.yaml" "$site/config/web.yaml" "$site/state"
fi
echo "$site is ready: docker compose --env-file $site/site.env -f $here/../compose.yaml up -d"
