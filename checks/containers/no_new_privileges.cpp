// No process of a container can gain privileges that its parent did not have.
#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// Absent fails on both platforms: Compose leaves it off, and Kubernetes allows escalation unless
// told otherwise (FACTS.md T64). Windows has no such bit.
Verdict evaluate_no_new_privileges(const Container& container, const Policy& /*policy*/) {
  const Fact<bool>& fact = container.security.no_new_privileges;
  if (container.windows) {
    return not_applicable();
  }
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  if (fact.is(true)) {
    return pass();
  }
  const Verdict verdict = fail("its processes can gain new privileges", fact.origin);
  if (container.platform == Platform::compose) {
    return with_expected_observed(verdict, "no-new-privileges:true in security_opt",
                                  fact.absent() ? "not set" : "false");
  }
  return with_expected_observed(verdict, "allowPrivilegeEscalation: false",
                                fact.absent() ? "not set, which allows it" : "true");
}

}  // namespace

extern constinit const Check no_new_privileges{
    .id = "containers-no-new-privileges",
    .title = "Containers cannot gain new privileges",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Without it a setuid program in the image lets a compromised service process become "
        "root.",
    .remediation =
        "Add no-new-privileges:true to security_opt (Compose) or set "
        "securityContext.allowPrivilegeEscalation: false on the container (Kubernetes).",
    .reference = "https://docs.kernel.org/userspace-api/no_new_privs.html",
    .rule = RuleOn<Container>{&evaluate_no_new_privileges},
};

}  // namespace compliance::containers
