// No container runs privileged.
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// A known true fails even where the other fact cannot be decided.
Verdict container_privilege_verdict(const SecurityFacts& security) {
  if (security.privileged.is(true)) {
    return with_expected_observed(fail("runs privileged", security.privileged.origin),
                                  "false or absent", "true");
  }
  if (security.host_process.is(true)) {
    return with_expected_observed(
        fail("runs as a Windows host process", security.host_process.origin), "false or absent",
        "true");
  }
  for (const Fact<bool>* fact : {&security.privileged, &security.host_process}) {
    if (fact->fault) {
      return unknown(*fact->fault, fact->origin);
    }
  }
  return pass();
}

// A hook runs in the container with its own rights.
Verdict hook_privilege_verdict(const Fact<bool>& privileged) {
  if (privileged.fault) {
    return unknown(*privileged.fault, privileged.origin);
  }
  return privileged.is(true)
             ? with_expected_observed(fail("runs a hook privileged", privileged.origin),
                                      "false or absent", "true")
             : pass();
}

Verdicts evaluate_not_privileged(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts{container_privilege_verdict(container.security)};
  for (const LifecycleHook& hook : container.hooks) {
    verdicts.push_back(hook_privilege_verdict(hook.privileged));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check not_privileged{
    .id = "containers-not-privileged",
    .title = "Containers do not run privileged",
    .area = Area::containers,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "A privileged container has every capability and every host device: compromising it means "
        "compromising the host.",
    .remediation =
        "Remove privileged (Compose), securityContext.privileged or windowsOptions.hostProcess "
        "(Kubernetes), or set it to false.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_not_privileged},
};

}  // namespace compliance::containers
