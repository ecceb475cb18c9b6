// Whether an environment variable contains a secret as text. A non-empty NAME wins over NAME_FILE,
// so both together are an inline secret (FACTS.md 3.1, T46).
#include "checks/check.h"
#include "checks/facts/container.h"
#include "checks/secrets/shared/suspicious_value.h"

namespace compliance::secrets {
namespace {

// How the value got there, without the value.
std::string described(const Variable& variable) {
  if (variable.from == ValueFrom::config_map) {
    return "a value from a ConfigMap";
  }
  return variable.interpolated ? "a value through interpolation" : "a literal value";
}

// Optional secrets of the inventory pass while they are empty (FACTS.md 3.7).
Verdict no_inline_values_verdict(const Variable& variable, const KnownSecret& secret) {
  if (is_undecided_inline(variable)) {
    return unknown(*variable.fault, variable.origin);
  }
  const std::string* text = inline_text(variable);
  if (text == nullptr || !is_secret_text(secret, *text)) {
    return pass();
  }
  return with_expected_observed(
      fail(variable.name + " contains a plaintext secret", variable.origin),
      variable.name + "_FILE with a mounted secret file", described(variable));
}

// Of the variables that a container or one of its hooks states at `origin`.
void add_inline_values(Verdicts& verdicts, const EnvironmentFacts& environment,
                       const Origin& origin) {
  for (const Variable& variable : environment.variables) {
    if (const KnownSecret* secret = secret_of_variable(variable.name)) {
      verdicts.push_back(no_inline_values_verdict(variable, *secret));
    }
  }
  if (environment.incomplete) {
    verdicts.push_back(unknown(*environment.incomplete, origin));
  }
}

Verdicts evaluate_no_inline_values(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  add_inline_values(verdicts, container.environment, container.origin);
  for (const LifecycleHook& hook : container.hooks) {
    add_inline_values(verdicts, hook.environment, hook.origin);
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

}  // namespace

extern constinit const Check no_inline_values{
    .id = "secrets-no-inline-values",
    .title = "No environment variable contains a secret",
    .area = Area::secrets,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Anyone who can read the file, the process list or the container's inspection output has "
        "the secret.",
    .remediation =
        "Store the value in a secret file, mount it and set NAME_FILE to it; leave NAME unset, "
        "since it takes precedence. Then replace the secret.",
    .reference = "https://docs.docker.com/compose/how-tos/use-secrets/",
    .rule = &evaluate_no_inline_values,
};
}  // namespace compliance::secrets
