// The exporter's bearer tokens cannot be guessed.
#include <cmath>

#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// As for the tokens of the installation. Source: checks.md, secrets.
constexpr double required_bits = 128;

std::string in_words(double bits) {
  return std::to_string(static_cast<int>(std::floor(bits))) + " bits";
}

Verdict bearer_token_strength_verdict(const Fact<SecretProperties>& fact) {
  if (!fact.value) {
    return unseen(fact, "the bearer token could not be read");
  }
  if (fact.value->placeholder) {
    return with_expected_observed(fail("the bearer token is a well-known placeholder", fact.origin),
                                  "a random token", "a placeholder");
  }
  if (fact.value->estimated_bits >= required_bits) {
    return pass();
  }
  return with_expected_observed(
      fail("the bearer token is easier to guess than it should be", fact.origin),
      "at least " + in_words(required_bits), in_words(fact.value->estimated_bits));
}

Verdicts evaluate_bearer_token_strength(const ProcessPosture& process, const Policy& /*policy*/) {
  if (process.bearer_tokens.empty()) {
    return {unknown(UnknownReason::not_observable, "no bearer token file is known",
                    process.users.origin)};
  }
  Verdicts verdicts;
  for (const BearerTokenFile& file : process.bearer_tokens) {
    verdicts.push_back(bearer_token_strength_verdict(file.shape));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check bearer_token_strength{
    .id = "exporter-posture-bearer-token-strength",
    .title = "The exporter's bearer tokens cannot be guessed",
    .area = Area::exporter_posture,
    .severity = Severity::high,
    .evidence = Evidence::process,
    .why = "A weak token is found by trying, and it shows where the installation is weak.",
    .remediation =
        "Generate it anew from 32 random bytes, for example openssl rand -hex 32; the "
        "exporter takes it over without a restart.",
    .reference = "https://www.rfc-editor.org/rfc/rfc6750#section-5.2",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_bearer_token_strength},
};

}  // namespace compliance::exporter_posture
