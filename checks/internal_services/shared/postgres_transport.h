// How each part of Caracal says that its connection to Postgres uses TLS. Source: facts 12.2.
#pragma once

#include "checks/check.h"
#include "checks/facts/container.h"
#include "checks/internal_services/shared/data_store.h"

namespace compliance {

// The database URLs of the services: sslmode require, verify-ca or verify-full, unless the
// connection stays inside. `stores` are those of the installation, here and below.
Verdicts judge_database_urls(const Installation& installation, const DataStores& stores);

// CARACAL_AUTH_DATABASE_SSL of the console or of its migration: require, or a word that means the
// same. In production everything is require that is no word for off.
Verdict judge_web_database(const Container& console, const Installation& installation,
                           const DataStores& stores);

// PGHOST and PGSSLMODE of the migration.
Verdict judge_migration(const Container& container, const Installation& installation);

// What the server itself says to SSLRequest, unless it is the bundled one. The installation has a
// Postgres to ask.
Verdict evaluate_postgres_probe(const Installation& installation);

}  // namespace compliance
