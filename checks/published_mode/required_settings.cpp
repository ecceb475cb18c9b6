// Every service has the settings that it demands before it starts.
#include "checks/caracal/start_requirements.h"
#include "checks/check.h"

namespace compliance::published_mode {
namespace {

Verdict required_settings_verdict(const StartRequirement& requirement) {
  switch (requirement.state) {
    case RequirementState::met:
      return pass();
    case RequirementState::missing:
      return fail(requirement.names + " is not set", requirement.origin);
    case RequirementState::undecided:
      return unknown(requirement.fault.reason, requirement.names + ": " + requirement.fault.message,
                     requirement.origin);
  }
  return pass();
}

Verdicts evaluate_required_settings(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const StartRequirement& requirement : start_requirements(container)) {
    verdicts.push_back(required_settings_verdict(requirement));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check required_settings{
    .id = "published-mode-required-settings",
    .title = "Services have the settings that they demand at start",
    .area = Area::published_mode,
    .severity = Severity::low,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "The service refuses to start without them, and a refusal under pressure is mended by "
        "loosening something.",
    .remediation = "Set the variable, for secrets NAME_FILE with a mounted secret file.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_required_settings,
};
}  // namespace compliance::published_mode
