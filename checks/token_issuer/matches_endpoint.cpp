// Whether the issuer is the origin by which sts is reached. Untouched defaults name localhost or a
// cluster's Service: they work inside and fail for clients outside (FACTS.md 8.4, T81).
#include "checks/check.h"
#include "checks/formats/web_url.h"
#include "checks/token_issuer/shared/token_issuer.h"

namespace compliance::token_issuer {
namespace {

// `endpoint` is the origin of the configured endpoint; a path behind the issuer's host is ignored.
Verdict matches_endpoint_verdict(const IssuerSetting& setting, const std::string& endpoint) {
  if (setting.text.fault) {
    return unknown(*setting.text.fault, setting.text.origin);
  }
  if (!setting.text.value) {
    return not_applicable();  // an unset issuer is a finding of published-mode-required-settings
  }
  const WebUrlReading reading = read_web_url(*setting.text.value);
  if (reading.fault == WebUrlFault::non_ascii_host) {
    return unknown(UnknownReason::unparsable,
                   std::string{setting.variable} + " " + std::string{words_for(reading.fault)},
                   setting.text.origin);
  }
  if (reading.sound() && origin_of(reading.url) == endpoint) {
    return pass();
  }
  return with_expected_observed(
      fail(std::string{setting.variable} + " is not the configured endpoint of sts",
           setting.text.origin),
      endpoint, shown_origin(*setting.text.value));
}

// Without an endpoint one verdict says so for all services.
Verdicts evaluate_matches_endpoint(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = endpoint_of(installation, Component::sts);
  Verdicts verdicts;
  for (const IssuerSetting& setting : issuer_settings(installation)) {
    if (endpoint == nullptr) {
      return {attributed_to(unknown(UnknownReason::not_configured,
                                    "no endpoint of sts is configured to compare the issuer with",
                                    setting.text.origin),
                            *setting.container)};
    }
    const std::string origin = origin_of(read_web_url(endpoint->url).url);
    verdicts.push_back(
        attributed_to(matches_endpoint_verdict(setting, origin), *setting.container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check matches_endpoint{
    .id = "token-issuer-matches-endpoint",
    .title = "The token issuer is the origin by which sts is reached",
    .area = Area::token_issuer,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Verifiers fetch the keys from the issuer's URL: if that is another host, its keys decide.",
    .remediation = "Set the issuer to the public URL of sts, or correct endpoints.sts.url.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_matches_endpoint,
};
}  // namespace compliance::token_issuer
