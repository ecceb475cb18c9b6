// Whether another variable contains what looks like a secret: one that neither the inventory nor
// the list of harmless names knows.
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"
#include "checks/secrets/shared/suspicious_value.h"

namespace compliance::secrets {
namespace {

// A password in a URL needs no suspicious name; anything else needs name and strength.
Verdict unknown_inline_values_verdict(const Variable& variable) {
  if (is_undecided_inline(variable)) {
    return looks_secret(variable.name) ? unknown(*variable.fault, variable.origin) : pass();
  }
  const std::string* text = inline_text(variable);
  if (text == nullptr) {
    return pass();
  }
  if (holds_password(*text)) {
    return with_expected_observed(fail(variable.name + " contains a password", variable.origin),
                                  "no password in the value", "an address with a password");
  }
  if (looks_secret(variable.name) && is_strong(*text)) {
    return with_expected_observed(
        fail(variable.name + " contains what looks like a secret", variable.origin),
        "a mounted secret file", "a long random text");
  }
  return pass();
}

// Variables of the inventory belong to secrets-no-inline-values.
Verdicts evaluate_unknown_inline_values(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    if (secret_of_variable(variable.name) == nullptr && !is_known_harmless(variable.name)) {
      verdicts.push_back(unknown_inline_values_verdict(variable));
    }
  }
  if (container.environment.incomplete) {
    verdicts.push_back(unknown(*container.environment.incomplete, container.origin));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check unknown_inline_values{
    .id = "secrets-unknown-inline-values",
    .title = "No other variable contains what looks like a secret",
    .area = Area::secrets,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Leaked secrets of other integrations give access as well.",
    .remediation =
        "Move the value to a mounted secret file, or waive the finding where the value "
        "is no secret.",
    .reference = "https://docs.docker.com/compose/how-tos/use-secrets/",
    .rule = &evaluate_unknown_inline_values,
};
}  // namespace compliance::secrets
