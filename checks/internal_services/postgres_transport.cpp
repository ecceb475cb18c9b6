// Connections to an external Postgres use TLS. Source: FACTS.md 12.2.
#include <algorithm>
#include <array>
#include <span>

#include "checks/caracal/settings.h"
#include "checks/caracal/web_console.h"
#include "checks/formats/ascii.h"
#include "checks/internal_services/shared/data_store.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance::internal_services {
namespace {

constexpr auto database_url_files = Source::compose | Source::kubernetes | Source::secrets;

// The services that read DATABASE_URL, by Go's and Node's drivers; web has rules of its own.
constexpr std::array postgres_readers{Component::sts, Component::api, Component::gateway,
                                      Component::audit, Component::coordinator};
constexpr std::array<std::string_view, 1> postgres_variables{"DATABASE_URL"};
constexpr std::array<std::string_view, 2> web_variables{"CARACAL_AUTH_DATABASE_URL",
                                                        "DATABASE_URL"};
constexpr auto web_ssl = "CARACAL_AUTH_DATABASE_SSL";
// Values of CARACAL_AUTH_DATABASE_SSL as the console reads them (FACTS.md 12.2). no-verify and
// insecure encrypt without verification, which anyone on the path can undo.
constexpr auto on_words = std::to_array<std::string_view>({"require", "true", "verify"});
constexpr auto off_words =
    std::to_array<std::string_view>({"no-verify", "insecure", "disable", "false", "off"});
// Modes of libpq. prefer, its default, falls back to plaintext when the server says so.
constexpr auto demanding_modes =
    std::to_array<std::string_view>({"require", "verify-ca", "verify-full"});
constexpr auto lax_modes = std::to_array<std::string_view>({"disable", "allow", "prefer"});

// Exact text: libpq knows no other case.
bool is_mode_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// verify modes are stronger than require, but encryption is all that is asked here.
bool demands_tls(std::string_view mode) { return is_mode_of(mode, demanding_modes); }

// Only modes of libpq's list are shown; other text might be anything.
std::string shown_mode(std::string_view mode) {
  if (mode.empty()) {
    return "no sslmode";
  }
  return is_mode_of(mode, lax_modes) ? "sslmode " + std::string{mode} : "another sslmode";
}

// `name` is the variable or secret that holds the URL.
Verdict mode_verdict(const std::string& name, std::string_view mode, const Origin& origin) {
  return demands_tls(mode)
             ? pass()
             : with_expected_observed(
                   fail(name + " leads to an external Postgres without demanding TLS", origin),
                   "sslmode require, verify-ca or verify-full", shown_mode(mode));
}

// An absent sslmode is the driver's default, which does not demand TLS.
Verdict database_url_verdict(const StoreUrl& url, const LooseUrl& shape) {
  return mode_verdict(url.name, shape.ssl_mode, url.shape.origin);
}

// Whether the console demands verified TLS of its database by its own setting; an unknown value
// counts as not set.
Fact<bool> web_demands_tls(const Container& console) {
  const Fact<std::string> text = variable_text(console, web_ssl);
  if (text.fault) {
    return {.origin = text.origin, .fault = text.fault};
  }
  const std::string mode = lower_case(text.value.value_or(""));
  if (is_mode_of(mode, on_words)) {
    return {.value = true, .origin = text.origin};
  }
  if (is_mode_of(mode, off_words)) {
    return {.value = false, .origin = text.origin};
  }
  return runs_production(console);
}

// The mode is shown only if it is one of the known words.
Verdict web_without_tls(const Container& console, const Origin& origin) {
  const std::string mode = lower_case(variable_text(console, web_ssl).value.value_or(""));
  return with_expected_observed(
      fail("the console does not demand verified TLS of an external Postgres", origin),
      "CARACAL_AUTH_DATABASE_SSL require",
      is_mode_of(mode, off_words) ? mode : "not set, and NODE_ENV is not production");
}

// The database URLs of the services: sslmode require, verify-ca or verify-full, unless the
// connection stays inside.
Verdicts database_url_verdicts(const Installation& installation, const DataStores& stores) {
  Verdicts verdicts;
  for (const StoreUrl& url : stores.urls(postgres_readers, postgres_variables)) {
    verdicts.push_back(attributed_to(store_url_verdict(url, installation, &database_url_verdict),
                                     url.component, url.object));
  }
  return verdicts;
}

// CARACAL_AUTH_DATABASE_SSL of the console or of its migration: require, or a word that means the
// same. In production every value counts as require except the words for off.
Verdict web_database_verdict(const Container& console, const Installation& installation,
                             const DataStores& stores) {
  const Fact<bool> demands = web_demands_tls(console);
  if (demands.is(true)) {
    return pass();
  }
  const auto url = stores.url_of(console, web_variables);
  if (!url || (url->shape.value && stays_inside(installation, url->shape.value->host))) {
    return not_applicable();
  }
  if (url->shape.fault && console.platform == Platform::compose) {
    return unknown(*url->shape.fault, url->shape.origin);
  }
  if (demands.fault) {
    return unknown(*demands.fault, demands.origin);
  }
  return unless_inside(web_without_tls(console, demands.origin), installation,
                       url->shape.value.value_or(LooseUrl{}).host, url->name);
}

// PGHOST and PGSSLMODE of the migration.
Verdict migration_verdict(const Container& container, const Installation& installation) {
  const Fact<std::string> host = variable_text(container, "PGHOST");
  const Fact<std::string> mode = variable_text(container, "PGSSLMODE");
  if (host.absent() || host.is("") || (host.value && stays_inside(installation, *host.value))) {
    return not_applicable();
  }
  if (mode.value && demands_tls(*mode.value)) {
    return pass();
  }
  for (const auto* fact : {&host, &mode}) {
    if (fact->fault) {
      return unknown(*fact->fault, fact->origin);
    }
  }
  return unless_inside(mode_verdict("PGHOST", mode.value.value_or(""), mode.origin), installation,
                       *host.value, "PGHOST");
}

// The server's own answer to SSLRequest, unless it is the bundled one.
Verdict postgres_probe_verdict(const Installation& installation) {
  const PostgresProbe& probe = *installation.probed.postgres;
  const std::string host = lower_case(probe.host);
  if (stays_inside(installation, host)) {
    return not_applicable();
  }
  if (!probe.reply.value) {
    return unanswered(probe.reply);
  }
  if (probe.reply.is(PostgresReply::tls)) {
    return pass();
  }
  return unless_inside(
      with_expected_observed(fail("refuses TLS", probe.reply.origin), "S to SSLRequest", "N"),
      installation, host, "datastores.postgres");
}

Verdicts evaluate_postgres_transport(const Installation& installation, const Policy& /*policy*/) {
  const DataStores stores{installation};
  Verdicts verdicts = database_url_verdicts(installation, stores);
  if (installation.probed.postgres) {
    verdicts.push_back(attributed_to(postgres_probe_verdict(installation), Component::postgres,
                                     "datastore postgres"));
  } else if (!has_any(installation.configured, database_url_files)) {
    verdicts.push_back(
        unknown(UnknownReason::not_configured, "datastores.postgres is not configured", Origin{}));
  }
  for (const Container& container : installation.containers()) {
    if (container.role != ContainerRole::main) {
      continue;
    }
    if (container.component == Component::web || container.component == Component::auth_migrate) {
      verdicts.push_back(
          attributed_to(web_database_verdict(container, installation, stores), container));
    }
    if (container.component == Component::migrate) {
      verdicts.push_back(attributed_to(migration_verdict(container, installation), container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check postgres_transport{
    .id = "internal-services-postgres-transport",
    .title = "Connections to an external Postgres use TLS",
    .area = Area::internal_services,
    .severity = Severity::medium,
    .evidence = database_url_files | Source::endpoint,
    .why = "Without TLS the password and all data cross the network in plaintext.",
    .remediation =
        "Enable TLS in the server, put sslmode=require or verify-full into the database URLs, and "
        "set CARACAL_AUTH_DATABASE_SSL to require on web and PGSSLMODE on the migration.",
    .reference = "https://www.postgresql.org/docs/current/libpq-ssl.html",
    .rule = &evaluate_postgres_transport,
};
}  // namespace compliance::internal_services
