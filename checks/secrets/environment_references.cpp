// Whether secrets reach the environment by reference where the packaged chart does not do so.
// Source: FACTS.md 3.5.
#include <algorithm>
#include <string_view>

#include "checks/caracal/secret_inventory.h"
#include "checks/check.h"
#include "checks/facts/component.h"
#include "checks/facts/container.h"

namespace compliance::secrets {
namespace {

// True for the four variables of web and the two of auth-migrate.
bool is_packaged_reference(Component component, std::string_view variable) {
  if (component == Component::web &&
      (variable == "CARACAL_ADMIN_TOKEN" || variable == "CARACAL_COORDINATOR_TOKEN")) {
    return true;
  }
  return (component == Component::web || component == Component::auth_migrate) &&
         (variable == "CARACAL_AUTH_DATABASE_URL" || variable == "CARACAL_AUTH_SECRET");
}

// By envFrom, which brings each key as a variable of its own.
bool is_taken_whole(const Container& container, const std::string& secret) {
  const auto& whole = container.environment.secret_references;
  return std::any_of(whole.begin(), whole.end(), [&](const Located<std::string>& reference) {
    return reference.value == secret;
  });
}

// A reference is no literal (FACTS.md T48); it only moves the secret into the environment.
Verdict environment_references_verdict(const Container& container, const Variable& variable) {
  if (is_packaged_reference(container.component, variable.name)) {
    return pass();
  }
  return with_expected_observed(fail(variable.name + " comes from a Secret", variable.origin),
                                "a mounted secret file", "secretKeyRef");
}

Verdicts evaluate_environment_references(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    // A variable of a Secret that is taken whole is part of that one finding.
    if (variable.from == ValueFrom::secret_reference && !is_known_harmless(variable.name) &&
        !is_taken_whole(container, variable.reference_name)) {
      verdicts.push_back(environment_references_verdict(container, variable));
    }
  }
  for (const Located<std::string>& reference : container.environment.secret_references) {
    verdicts.push_back(with_expected_observed(
        fail("the environment takes the whole Secret " + reference.value, reference.origin),
        "a mounted secret file", "envFrom.secretRef"));
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

}  // namespace

extern constinit const Check environment_references{
    .id = "secrets-environment-references",
    .title = "Secrets are files, not references in the environment",
    .area = Area::secrets,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "The environment of a process appears in dumps and is inherited by its children.",
    .remediation =
        "Mount the Secret as a volume and set NAME_FILE; only web and auth-migrate "
        "read their packaged variables by secretKeyRef.",
    .reference = "https://kubernetes.io/docs/concepts/configuration/secret/",
    .rule = &evaluate_environment_references,
};

}  // namespace compliance::secrets
