// No container runs privileged.
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// A known true fails even where another fact cannot be decided, and where every container overrides
// what its pod states.
Verdict container_privilege_verdict(const Container& container) {
  const SecurityFacts& security = container.security;
  const Fact<bool>& of_pod = container.overridden.host_process;
  if (security.privileged.is(true)) {
    return with_expected_observed(fail("runs privileged", security.privileged.origin),
                                  "false or absent", "true");
  }
  if (security.host_process.is(true)) {
    return with_expected_observed(
        fail("runs as a Windows host process", security.host_process.origin), "false or absent",
        "true");
  }
  if (of_pod.is(true)) {
    return with_expected_observed(fail("its pod is one of Windows host processes", of_pod.origin),
                                  "false or absent", "true");
  }
  for (const Fact<bool>* fact : {&security.privileged, &security.host_process, &of_pod}) {
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
  Verdicts verdicts{container_privilege_verdict(container)};
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
