// Whether the issuer is https where external clients verify its tokens.
#include "checks/check.h"
#include "checks/formats/web_url.h"
#include "checks/token_issuer/shared/token_issuer.h"

namespace compliance::token_issuer {
namespace {

// Internationalised hosts need no conversion here: the scheme decides.
Verdict https_verdict(const IssuerSetting& setting) {
  if (setting.text.fault) {
    return unknown(*setting.text.fault, setting.text.origin);
  }
  if (!setting.text.value) {
    return not_applicable();  // an unset issuer is a finding of published-mode-required-settings
  }
  const WebUrlReading reading = read_web_url(*setting.text.value);
  const bool readable = reading.sound() || reading.fault == WebUrlFault::non_ascii_host;
  if (readable && reading.url.scheme == "https") {
    return pass();
  }
  const std::string wrong{readable ? "is plain http" : words_for(reading.fault)};
  return with_expected_observed(
      fail(std::string{setting.variable} + " " + wrong, setting.text.origin), "an https URL",
      shown_origin(*setting.text.value));
}

// Published mode accepts an http issuer, which works while all verifiers are inside (FACTS.md 8.5).
Verdicts evaluate_https(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  if (!has_public_sts(installation)) {
    return verdicts;
  }
  for (const IssuerSetting& setting : issuer_settings(installation)) {
    verdicts.push_back(attributed_to(https_verdict(setting), *setting.container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check https{
    .id = "token-issuer-https",
    .title = "The token issuer is https where external clients verify tokens",
    .area = Area::token_issuer,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "External verifiers fetch signing keys from the issuer's URL: over plain http an attacker "
        "can substitute keys, and most clients reject it.",
    .remediation =
        "Set the issuer (packaged Compose: CARACAL_STS_ISSUER_URL) to the public https URL of sts.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_https,
};
}  // namespace compliance::token_issuer
