// AppArmor, SELinux, the masks of /proc and sysctls stay as the engine sets them.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/module_faults.h"

namespace compliance::containers {
namespace {

Verdicts evaluate_security_modules(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const ModuleFault& found : module_faults(container)) {
    verdicts.push_back(found.fault
                           ? unknown(*found.fault, found.origin)
                           : with_expected_observed(fail(std::string{found.message}, found.origin),
                                                    std::string{found.expected}, found.observed));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check security_modules{
    .id = "containers-security-modules",
    .title = "Containers keep AppArmor, SELinux, masked /proc and safe sysctls",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "These walls hold where another has failed; without them a container can read or change "
        "settings of the kernel that all others share.",
    .remediation =
        "Remove apparmor:unconfined, label:disable, foreign SELinux options, procMount Unmasked "
        "and sysctls outside the safe set.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_security_modules},
};

}  // namespace compliance::containers
