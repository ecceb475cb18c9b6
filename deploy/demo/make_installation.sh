#!/usr/bin/env bash
# Writes a sample installation below DIRECTORY: a Compose file, its env file, secret files, the
# runtime CLI's help and the exporter's configuration. A few faults are planted; each is marked in
# the Compose file.
set -euo pipefail

directory=${1:?usage: $0 DIRECTORY}
here=$(cd "$(dirname "$0")" && pwd)
umask 077
mkdir -p "$directory/secrets"
cp "$here/compose.yaml" "$here/caracal.env" "$here/caracal-help.txt" "$here/exporter.yaml" \
  "$directory/"

hex() { openssl rand -hex "$1"; }
secret() {
  printf '%s\n' "$2" >"$directory/secrets/$1"
  chmod 0444 "$directory/secrets/$1"
}

postgres_password=$(hex 24)
redis_password=$(hex 24)
streams_key=$(hex 32)
secret postgresPassword "$postgres_password"
secret redisPassword "$redis_password"
secret databaseUrl "postgres://caracal:$postgres_password@postgres:5432/caracal"
secret authDatabaseUrl "postgres://caracal:$postgres_password@postgres:5432/caracal_auth"
secret redisUrl "redis://:$redis_password@redis:6379"
secret zoneKek "$(hex 32)"
secret auditHmacKey "$(hex 32)"
secret streamsHmacKey "$streams_key"
# Planted: the same key for two purposes.
secret gatewayStsHmacKey "$streams_key"
secret caracalAdminToken "$(hex 32)"
secret caracalCoordinatorToken "$(hex 32)"
secret metricsBearer "$(hex 32)"
# Planted: a word, not a random value.
secret caracalAuthSecret "changeme"
