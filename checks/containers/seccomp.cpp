// Containers run under a seccomp profile. Docker has one by default, Kubernetes only where the pod
// or the kubelet says so.
#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// In Compose absent passes. Whether the engine runs without its default profile is not observable
// (FACTS.md 17).
Verdict evaluate_seccomp(const Container& container, const Policy& /*policy*/) {
  const Fact<std::string>& fact = container.security.seccomp;
  if (container.windows) {
    return not_applicable();
  }
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  if (container.platform == Platform::compose) {
    return fact.is("unconfined")
               ? with_expected_observed(fail("runs without a seccomp profile", fact.origin),
                                        "the engine's profile or one of your own", "unconfined")
               : pass();
  }
  if (fact.is("RuntimeDefault") || fact.is("Localhost")) {
    return pass();
  }
  return with_expected_observed(fail("has no seccomp profile", fact.origin),
                                "RuntimeDefault or Localhost",
                                fact.absent() ? "not set" : "another type");
}

}  // namespace

extern constinit const Check seccomp{
    .id = "containers-seccomp",
    .title = "Containers run under a seccomp profile",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "The profile blocks system calls that no service needs and that kernel exploits rely "
        "on.",
    .remediation =
        "Set seccompProfile.type: RuntimeDefault on the pod (Kubernetes), or remove "
        "seccomp:unconfined from security_opt (Compose).",
    .reference = "https://kubernetes.io/docs/tutorials/security/seccomp/",
    .rule = RuleOn<Container>{&evaluate_seccomp},
};

}  // namespace compliance::containers
