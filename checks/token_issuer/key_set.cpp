// Whether the issuer's origin serves the keys of sts. Source: FACTS.md 8.2, 8.4.
#include "checks/caracal/service_answer.h"
#include "checks/check.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"
#include "checks/token_issuer/shared/token_issuer.h"

namespace compliance::token_issuer {
namespace {

// Without a configured zone the probe names none, and asking for one is the healthy answer.
bool is_from_sts(const HttpAnswer& answer, const std::string& zone) {
  return zone.empty() ? is_key_set_without_zone(answer) : is_key_set(answer);
}

// Keys served without a zone may be another server's, redirects may lead to the right keys, and a
// rate limit proves nothing.
bool is_undecided(const HttpAnswer& answer) {
  return is_key_set(answer) || answer.status / 100 == 3 || answer.status == 429;
}

// True where the files name issuers, and none of them has the endpoint's origin.
bool is_issued_elsewhere(const Installation& installation, const Endpoint& endpoint) {
  const std::string origin = origin_of(read_web_url(endpoint.url).url);
  bool stated = false;
  for (const IssuerSetting& setting : issuer_settings(installation)) {
    if (!setting.text.value) {
      continue;
    }
    stated = true;
    const WebUrlReading issuer = read_web_url(*setting.text.value);
    if (issuer.sound() && origin_of(issuer.url) == origin) {
      return false;
    }
  }
  return stated;
}

// Passes for the answer of sts: 400 that asks for a zone where none is configured (FACTS.md T35),
// else the keys. Fails for a page, text that is not JSON, and errors (FACTS.md T83).
Verdict key_set_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& keys = endpoint.service[ServiceRequest::key_set];
  if (!keys.value) {
    return unanswered(keys);
  }
  const HttpAnswer& answer = *keys.value;
  if (is_from_sts(answer, endpoint.zone)) {
    return pass();
  }
  if (is_undecided(answer)) {
    return undecided(answer, "/.well-known/jwks.json", keys.origin);
  }
  const std::string expected =
      endpoint.zone.empty() ? "status 400 with JSON that asks for a zone" : "status 200 with keys";
  return with_expected_observed(
      fail("serves no keys of sts", keys.origin), expected,
      status_in_words(answer) + ", " +
          (content_type(answer) == "text/html" ? "a page" : "another answer"));
}

// Which zones exist is not known from outside, so only a configured zone is asked for.
Verdicts evaluate_key_set(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::sts);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::sts)};
  }
  return {attributed_to(
      is_issued_elsewhere(installation, *endpoint)
          ? unknown(UnknownReason::not_observable,
                    "is not the issuer's origin, so its keys prove nothing", endpoint->origin)
          : key_set_verdict(*endpoint),
      *endpoint)};
}

}  // namespace

extern constinit const Check key_set{
    .id = "token-issuer-key-set",
    .title = "The issuer's origin serves the keys of sts",
    .area = Area::token_issuer,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "Verifiers fetch signing keys from the issuer's URL: without them every token is rejected, "
        "and with another server's keys foreign tokens are accepted.",
    .remediation = "Route /.well-known/jwks.json of the issuer's host to sts on port 8080.",
    .reference = "https://www.rfc-editor.org/rfc/rfc7517#section-5",
    .rule = &evaluate_key_set,
};

}  // namespace compliance::token_issuer
