// Evaluates the browser origins that the console trusts besides its own.
#include "checks/web_edge/shared/trusted_origin.h"

#include <algorithm>

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// Declared origins are canonical, so their scheme is in lower case.
bool is_https(const std::string& origin) { return origin.rfind("https://", 0) == 0; }

// By origin: paths of entries are ignored, as the product does (FACTS.md 6.4).
bool is_listed(const std::vector<StatedUrl>& entries, const std::string& origin) {
  return std::any_of(entries.begin(), entries.end(),
                     [&origin](const StatedUrl& entry) { return has_origin(entry, origin); });
}

// The operator's declaration covers the whole origin.
bool is_declared(const StatedUrl& entry, const std::vector<std::string>& declared) {
  return std::any_of(declared.begin(), declared.end(),
                     [&entry](const auto& origin) { return has_origin(entry, origin); });
}

// For a host that only IDNA could convert.
Verdict undecided(const std::string& name, const Origin& origin) {
  return unknown(UnknownReason::unparsable,
                 name + " " + std::string{words_for(WebUrlFault::non_ascii_host)}, origin);
}

// The origin comes from the configuration, so it may be shown.
Verdict declared_origin_verdict(const std::string& declared,
                                const Fact<std::vector<StatedUrl>>& entries) {
  const auto listed = entries.value.value_or(std::vector<StatedUrl>{});
  if (!is_https(declared)) {
    return with_expected_observed(fail("a declared origin is plain http", entries.origin),
                                  "https origins", declared);
  }
  if (is_listed(listed, declared)) {
    return pass();
  }
  if (std::any_of(listed.begin(), listed.end(), &needs_idna)) {
    return undecided("an entry of CARACAL_WEB_ORIGIN", entries.origin);
  }
  return with_expected_observed(fail("CARACAL_WEB_ORIGIN lacks a declared origin", entries.origin),
                                declared, entries.value ? "not listed" : "not set");
}

// An unset list contains it before v2026.06.25-rc.1, and later outside production.
Verdict default_origins_verdict(const Container& console, const Origin& origin) {
  const Fact<bool> is_old = is_before_v2026_06_25(console);
  const Fact<bool> production = runs_production(console);
  if (is_old.is(true) || production.is(false)) {
    return with_expected_observed(
        fail("trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set", origin),
        "CARACAL_WEB_ORIGIN set, empty if necessary", "not set");
  }
  if (is_old.fault) {
    return unknown(*is_old.fault, is_old.origin);
  }
  return production.fault ? unknown(*production.fault, production.origin) : pass();
}

}  // namespace

Verdict development_origin_verdict(const Container& console) {
  const auto origins = further_origins(console);
  if (origins.fault) {
    return unknown(*origins.fault, origins.origin);
  }
  if (!origins.value) {
    return default_origins_verdict(console, origins.origin);
  }
  return is_listed(*origins.value, std::string{development_origin})
             ? with_expected_observed(
                   fail("CARACAL_WEB_ORIGIN trusts the development origin", origins.origin),
                   "not listed", std::string{development_origin})
             : pass();
}

Verdicts evaluate_further_origins(const Container& console) {
  const auto origins = further_origins(console);
  if (origins.fault) {
    return {unknown(*origins.fault, origins.origin)};
  }
  Verdicts verdicts;
  for (const StatedUrl& entry : origins.value.value_or(std::vector<StatedUrl>{})) {
    verdicts.push_back(trusted_entry_verdict(entry, console, origins.origin));
  }
  return findings_or_pass(std::move(verdicts));
}

Verdict one_origin_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& page = endpoint.web.answers[ConsoleRequest::page];
  const Fact<HttpAnswer>& read = endpoint.web.answers[ConsoleRequest::status];
  if (!page.value) {
    return unanswered(page);
  }
  // A console without web root answers so (FACTS.md 18.12).
  if (page.value->status == 404 && is_from_console(*page.value)) {
    return with_expected_observed(
        fail("the console serves no page: it is split, or its web root is empty", page.origin),
        "the console's page at /", "404");
  }
  if (!is_page(*page.value)) {
    return unexpected("GET /", page, endpoint);
  }
  if (!read.value) {
    return unanswered(read);
  }
  return is_session_refusal(*read.value) ? pass({}, page.origin)
                                         : unexpected("GET /api/console/status", read, endpoint);
}

Verdict trusted_entry_verdict(const StatedUrl& entry, const Container& console,
                              const Origin& origin) {
  const Fact<StatedUrl> own = public_url(console);
  if (own.fault) {
    return unknown(*own.fault, own.origin);
  }
  if (own.value && own.value->reading.sound() &&
      has_origin(entry, origin_of(own.value->reading.url))) {
    return pass();
  }
  if (needs_idna(entry)) {
    return undecided("an entry of CARACAL_WEB_ORIGIN", origin);
  }
  // Both may name the same host, one in Unicode and one in ASCII.
  if (own.value && needs_idna(*own.value)) {
    return undecided("CARACAL_AUTH_URL", own.origin);
  }
  const std::string wrong{entry.reading.sound() ? "is not the public origin"
                                                : words_for(entry.reading.fault)};
  return with_expected_observed(
      fail("a trusted entry of CARACAL_WEB_ORIGIN " + wrong, origin),
      "the origin of CARACAL_AUTH_URL, or one that split_origins declares", entry.shown);
}

Verdicts evaluate_declared_split(const Container& console, const Installation& installation) {
  const auto entries = further_origins(console);
  if (entries.fault) {
    return {unknown(*entries.fault, entries.origin)};
  }
  Verdicts verdicts;
  // Both directions: a declared origin that is missing breaks the split, an undeclared one is a
  // hole.
  for (const std::string& declared : installation.split_origins) {
    verdicts.push_back(declared_origin_verdict(declared, entries));
  }
  for (const StatedUrl& entry : entries.value.value_or(std::vector<StatedUrl>{})) {
    if (!is_declared(entry, installation.split_origins)) {
      verdicts.push_back(trusted_entry_verdict(entry, console, entries.origin));
    }
  }
  return verdicts;
}

}  // namespace compliance
