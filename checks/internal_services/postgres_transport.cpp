// An external Postgres is reached over TLS.
#include "checks/subject/postgres_transport.h"

#include "checks/check.h"

namespace compliance::internal_services {
namespace {

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts = judge_database_urls(installation);
  for (const Container& container : installation.containers) {
    if (container.role != ContainerRole::main) {
      continue;
    }
    if (container.component == Component::web || container.component == Component::auth_migrate) {
      verdicts.push_back(about(judge_web_database(container, installation), container));
    }
    if (container.component == Component::migrate) {
      verdicts.push_back(about(judge_migration(container, installation), container));
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
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::secret_files,
    .why = "Without TLS the password and all data pass the network in plain text.",
    .remediation =
        "Put sslmode=require or verify-full into the database URLs, set "
        "CARACAL_AUTH_DATABASE_SSL to require on web and PGSSLMODE on the migration.",
    .reference = "https://www.postgresql.org/docs/current/libpq-ssl.html",
    .rule = &evaluate,
};
}  // namespace compliance::internal_services
