// The exporter's bearer tokens are strong.
#include <cmath>

#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// As for the tokens of the installation: CATALOGUE.md, secrets-token-strength.
constexpr double required_bits = 128;

// Rounded down, so that a shown value never looks like enough when it is not.
std::string shown_bits(double bits) {
  return std::to_string(static_cast<int>(std::floor(bits))) + " bits";
}

// A placeholder fails whatever its length.
Verdict token_verdict(const Fact<SecretProperties>& fact) {
  if (!fact.value) {
    return unobserved(fact, "the bearer token could not be read");
  }
  if (fact.value->placeholder) {
    return with_expected_observed(fail("the bearer token is a well-known placeholder", fact.origin),
                                  "a random token", "a placeholder");
  }
  if (fact.value->estimated_bits >= required_bits) {
    return pass();
  }
  return with_expected_observed(fail("the bearer token is too easy to guess", fact.origin),
                                "at least " + shown_bits(required_bits),
                                shown_bits(fact.value->estimated_bits));
}

// Every configured token counts: each of them opens the same pages.
Verdicts evaluate_bearer_token_strength(const ProcessPosture& process, const Policy& /*policy*/) {
  if (process.bearer_tokens.empty()) {
    return {unknown(UnknownReason::not_observable, "no bearer token file is known",
                    process.users.origin)};
  }
  Verdicts verdicts;
  for (const BearerTokenFile& file : process.bearer_tokens) {
    verdicts.push_back(token_verdict(file.shape));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check bearer_token_strength{
    .id = "exporter-posture-bearer-token-strength",
    .title = "The exporter's bearer tokens are strong",
    .area = Area::exporter_posture,
    .severity = Severity::high,
    .evidence = Source::process,
    .why = "A weak token can be guessed, and it shows where the installation is weak.",
    .remediation =
        "Generate a new token from 32 random bytes, for example with openssl rand -hex 32; the "
        "exporter reloads it without a restart.",
    .reference = "https://www.rfc-editor.org/rfc/rfc6750#section-5.2",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_bearer_token_strength},
};

}  // namespace compliance::exporter_posture
