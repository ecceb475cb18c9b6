// How each part of Caracal says that its connection to Postgres uses TLS.
#include "checks/subject/postgres_transport.h"

#include <algorithm>
#include <array>

#include "checks/subject/data_store.h"
#include "checks/subject/variable_text.h"
#include "checks/subject/web_console.h"

namespace compliance {
namespace {

constexpr std::array readers{Component::sts, Component::api, Component::gateway, Component::audit,
                             Component::coordinator};
constexpr std::array<std::string_view, 1> variables{"DATABASE_URL"};
constexpr std::array<std::string_view, 2> web_variables{"CARACAL_AUTH_DATABASE_URL",
                                                        "DATABASE_URL"};
constexpr auto web_ssl = "CARACAL_AUTH_DATABASE_SSL";

bool demands_tls(std::string_view mode) {
  constexpr auto modes = std::to_array<std::string_view>({"require", "verify-ca", "verify-full"});
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

// A mode of libpq's list as it is; other texts might be anything.
std::string shown_mode(std::string_view mode) {
  constexpr auto modes = std::to_array<std::string_view>(
      {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"});
  if (mode.empty()) {
    return "no sslmode";
  }
  const bool known = std::find(modes.begin(), modes.end(), mode) != modes.end();
  return known ? "sslmode " + std::string{mode} : "another sslmode";
}

Verdict judge_mode(const std::string& name, std::string_view mode, const Origin& origin) {
  return demands_tls(mode)
             ? pass()
             : comparing(
                   fail(name + " leads to an external Postgres without demanding TLS", origin),
                   "sslmode require, verify-ca or verify-full", shown_mode(mode));
}

Verdict judge_url(const StoreUrl& url, const UrlShape& shape) {
  return judge_mode(url.name, shape.ssl_mode, url.shape.origin);
}

// Whether the console demands verified TLS of its database, by its own switch.
Fact<bool> web_demands_tls(const Container& console) {
  const Fact<std::string> text = variable_text(console, web_ssl);
  if (text.fault) {
    return {.origin = text.origin, .fault = text.fault};
  }
  if (text.absent()) {
    return runs_production(console);
  }
  const std::string mode = lower_case(trimmed(*text.value));
  return {.value = mode == "require" || mode == "true" || mode == "verify", .origin = text.origin};
}

Verdict web_without_tls(const Container& console, const Origin& origin) {
  const std::string mode = lower_case(trimmed(variable_text(console, web_ssl).value.value_or("")));
  constexpr auto words =
      std::to_array<std::string_view>({"no-verify", "insecure", "disable", "false", "off"});
  const bool known = std::find(words.begin(), words.end(), mode) != words.end();
  return comparing(fail("the console does not demand verified TLS of an external Postgres", origin),
                   "CARACAL_AUTH_DATABASE_SSL require", known ? mode : "another value, or not set");
}

}  // namespace

Verdicts judge_database_urls(const Installation& installation) {
  Verdicts verdicts;
  for (const StoreUrl& url : store_urls(installation, readers, variables)) {
    verdicts.push_back(about(judge_store_url(url, installation, Component::postgres, &judge_url),
                             url.component, url.object));
  }
  return verdicts;
}

Verdict judge_web_database(const Container& console, const Installation& installation) {
  const Fact<bool> demands = web_demands_tls(console);
  if (demands.is(true)) {
    return pass();
  }
  if (console.platform == Platform::compose) {
    const auto url = store_url_of(installation, console, web_variables);
    if (!url || (url->shape.value &&
                 is_bundled(installation, Component::postgres, url->shape.value->host))) {
      return not_applicable();
    }
    if (url->shape.fault) {
      return unknown(*url->shape.fault, url->shape.origin);
    }
  }
  return demands.fault ? unknown(*demands.fault, demands.origin)
                       : web_without_tls(console, demands.origin);
}

Verdict judge_migration(const Container& container, const Installation& installation) {
  const Fact<std::string> host = variable_text(container, "PGHOST");
  const Fact<std::string> mode = variable_text(container, "PGSSLMODE");
  if (host.absent() || host.is("")) {
    return not_applicable();
  }
  if (host.value && is_bundled(installation, Component::postgres, *host.value)) {
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
  return judge_mode("PGHOST", mode.value.value_or(""), mode.origin);
}

}  // namespace compliance
