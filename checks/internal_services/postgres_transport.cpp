// An external Postgres is reached over TLS.
#include "checks/internal_services/shared/postgres_transport.h"

#include "checks/check.h"

namespace compliance::internal_services {
namespace {

constexpr auto files = Evidence::compose | Evidence::kubernetes | Evidence::secret_files;

Verdicts evaluate_postgres_transport(const Installation& installation, const Policy& /*policy*/) {
  const DataStores stores{installation};
  Verdicts verdicts = judge_database_urls(installation, stores);
  if (installation.probed.postgres) {
    verdicts.push_back(attributed_to(evaluate_postgres_probe(installation), Component::postgres,
                                     "datastore postgres"));
  } else if (!has_any(installation.configured, files)) {
    verdicts.push_back(
        unknown(UnknownReason::not_configured, "datastores.postgres is not configured", Origin{}));
  }
  for (const Container& container : installation.containers()) {
    if (container.role != ContainerRole::main) {
      continue;
    }
    if (container.component == Component::web || container.component == Component::auth_migrate) {
      verdicts.push_back(
          attributed_to(judge_web_database(container, installation, stores), container));
    }
    if (container.component == Component::migrate) {
      verdicts.push_back(attributed_to(judge_migration(container, installation), container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check postgres_transport{
    .id = "internal-services-postgres-transport",
    .title = "An external Postgres is reached over TLS",
    .area = Area::internal_services,
    .severity = Severity::medium,
    .evidence = files | Evidence::endpoint,
    .why = "Without TLS the password and all data pass the network in plain text.",
    .remediation =
        "Turn TLS on in the server, put sslmode=require or verify-full into the database URLs, set "
        "CARACAL_AUTH_DATABASE_SSL to require on web and PGSSLMODE on the migration.",
    .reference = "https://www.postgresql.org/docs/current/libpq-ssl.html",
    .rule = &evaluate_postgres_transport,
};
}  // namespace compliance::internal_services
