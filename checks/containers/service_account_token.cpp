// Pods mount no token for the Kubernetes API. The packaged chart turns it off (FACTS.md 5.2).
#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// The pod's field wins over the ServiceAccount's; without either the token is mounted.
Verdict evaluate_service_account_token(const Container& container, const Policy& /*policy*/) {
  const Fact<bool>& fact = container.service_account_token;
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  if (fact.is(false)) {
    return pass();
  }
  return with_expected_observed(fail("mounts a token for the Kubernetes API", fact.origin),
                                "automountServiceAccountToken: false",
                                fact.absent() ? "not set, which mounts it" : "true");
}

}  // namespace

extern constinit const Check service_account_token{
    .id = "containers-service-account-token",
    .title = "Pods mount no service account token",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Caracal does not use the Kubernetes API; a token that nobody needs is only of use to an "
        "attacker.",
    .remediation =
        "Set automountServiceAccountToken: false in the pod's spec, which overrides the "
        "ServiceAccount.",
    .reference =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    .rule = RuleOn<Container>{&evaluate_service_account_token},
};

}  // namespace compliance::containers
