// Which browser origins the console may trust beside its own.
#include "checks/web_edge/shared/trusted_origin.h"

#include <algorithm>

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

bool is_https(const std::string& origin) { return origin.rfind("https://", 0) == 0; }

bool is_listed(const std::vector<StatedUrl>& entries, const std::string& origin) {
  return std::any_of(entries.begin(), entries.end(),
                     [&origin](const StatedUrl& entry) { return has_origin(entry, origin); });
}

bool is_declared(const StatedUrl& entry, const std::vector<std::string>& declared) {
  return std::any_of(declared.begin(), declared.end(),
                     [&entry](const auto& origin) { return has_origin(entry, origin); });
}

Verdict undecided(const std::string& name, const Origin& origin) {
  return unknown(UnknownReason::unparsable,
                 name + " " + std::string{words_for(WebUrlFault::non_ascii_host)}, origin);
}

Verdict judge_declared(const std::string& declared, const Fact<std::vector<StatedUrl>>& entries) {
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

// An unset list has it at June, and later outside production.
Verdict judge_default_origins(const Container& console, const Origin& origin) {
  const Fact<bool> june = is_before_v0_1_0(console);
  const Fact<bool> production = runs_production(console);
  if (june.is(true) || production.is(false)) {
    return with_expected_observed(
        fail("trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set", origin),
        "CARACAL_WEB_ORIGIN set, empty if need be", "not set");
  }
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  return production.fault ? unknown(*production.fault, production.origin) : pass();
}

}  // namespace

Verdict judge_development_origin(const Container& console) {
  const auto origins = further_origins(console);
  if (origins.fault) {
    return unknown(*origins.fault, origins.origin);
  }
  if (!origins.value) {
    return judge_default_origins(console, origins.origin);
  }
  return is_listed(*origins.value, std::string{development_origin})
             ? with_expected_observed(
                   fail("CARACAL_WEB_ORIGIN trusts the developers' origin", origins.origin),
                   "not listed", std::string{development_origin})
             : pass();
}

Verdicts judge_further_origins(const Container& console) {
  const auto origins = further_origins(console);
  if (origins.fault) {
    return {unknown(*origins.fault, origins.origin)};
  }
  Verdicts verdicts;
  for (const StatedUrl& entry : origins.value.value_or(std::vector<StatedUrl>{})) {
    verdicts.push_back(judge_own_origin(entry, console, origins.origin));
  }
  return findings_or_pass(std::move(verdicts));
}

Verdict judge_one_origin(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& page = endpoint.web.answers[ConsoleRequest::page];
  const Fact<HttpAnswer>& read = endpoint.web.answers[ConsoleRequest::status];
  if (!page.value) {
    return unanswered(page);
  }
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

Verdict judge_own_origin(const StatedUrl& entry, const Container& console, const Origin& origin) {
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
  if (own.value && needs_idna(*own.value)) {
    return undecided("CARACAL_AUTH_URL", own.origin);
  }
  const std::string wrong{entry.reading.sound() ? "is another origin than the public one"
                                                : words_for(entry.reading.fault)};
  return with_expected_observed(
      fail("a trusted entry of CARACAL_WEB_ORIGIN " + wrong, origin),
      "the origin of CARACAL_AUTH_URL, or one that split_origins declares", entry.shown);
}

Verdicts judge_split_origins(const Container& console, const Installation& installation) {
  const auto entries = further_origins(console);
  if (entries.fault) {
    return {unknown(*entries.fault, entries.origin)};
  }
  Verdicts verdicts;
  for (const std::string& declared : installation.split_origins) {
    verdicts.push_back(judge_declared(declared, entries));
  }
  for (const StatedUrl& entry : entries.value.value_or(std::vector<StatedUrl>{})) {
    if (!is_declared(entry, installation.split_origins)) {
      verdicts.push_back(judge_own_origin(entry, console, entries.origin));
    }
  }
  return verdicts;
}

}  // namespace compliance
