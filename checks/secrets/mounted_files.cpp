// Whether the files that secrets are read from are on secret mounts. Variables that the service
// does not read may point anywhere (FACTS.md 3.4, T49).
#include "checks/caracal/secret_mount.h"
#include "checks/caracal/settings.h"
#include "checks/check.h"

namespace compliance::secrets {
namespace {

// An undecided mount may be the one that provides the file.
Verdict mounted_files_verdict(const Container& container, const Variable& variable) {
  if (!variable.value) {
    return unknown(variable.fault.value_or(Fault{.reason = UnknownReason::not_observable,
                                                 .message = variable.name + " has no text"}),
                   variable.origin);
  }
  const SecretProvision provision = provision_of(container, *variable.value);
  if (provision == SecretProvision::provided) {
    return pass();
  }
  if (provision == SecretProvision::undecided) {
    const Mount& undecided = *undecided_mount(container);
    return unknown(*undecided.fault, undecided.origin);
  }
  return with_expected_observed(
      fail(variable.name + " points to a file " + std::string{fault_of(provision)},
           variable.origin),
      "a file on a secret mount", std::string{name_of(provision)});
}

Verdicts evaluate_mounted_files(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    const std::string_view name = secret_setting(container.component, variable.name);
    // Inline values and references win over the file, and are other checks' findings.
    if (!name.empty() && setting_in_effect(container.environment, name).variable == &variable) {
      verdicts.push_back(mounted_files_verdict(container, variable));
    }
  }
  if (container.environment.incomplete && is_packaged(container.component)) {
    verdicts.push_back(unknown(*container.environment.incomplete, container.origin));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check mounted_files{
    .id = "secrets-mounted-files",
    .title = "Secret files are on secret mounts",
    .area = Area::secrets,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "A secret in an image, a ConfigMap or a writable volume can be read by more than the "
        "service, or replaced.",
    .remediation = "Mount the secret and set NAME_FILE to a file on that mount.",
    .reference = "https://kubernetes.io/docs/concepts/configuration/secret/",
    .rule = &evaluate_mounted_files,
};
}  // namespace compliance::secrets
