// Judges the keys that the endpoint of sts serves.
#include "checks/token_issuer/shared/key_set.h"

#include "checks/caracal/service_answer.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"
#include "checks/token_issuer/shared/token_issuer.h"

namespace compliance {
namespace {

bool is_from_sts(const HttpAnswer& answer, const std::string& zone) {
  return zone.empty() ? is_key_set_without_zone(answer) : is_key_set(answer);
}

// Keys that nobody named a zone for may be another server's, redirects may lead to the right ones,
// and a limiter says nothing.
bool is_undecided(const HttpAnswer& answer) {
  return is_key_set(answer) || answer.status / 100 == 3 || answer.status == 429;
}

}  // namespace

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

Verdict judge_key_set(const Endpoint& endpoint) {
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

}  // namespace compliance
