// Containers run under a seccomp profile. Docker has one by default, Kubernetes only where the pod
// or the kubelet says so.
#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// Of the types that Kubernetes knows, these two confine.
bool is_confining_type(const Fact<std::string>& type) {
  return type.is("RuntimeDefault") || type.is("Localhost");
}

// What the pod states and all containers override. Expects a fact that does not confine.
Verdict overridden_seccomp_verdict(const Fact<std::string>& fact) {
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  return with_expected_observed(
      fail("its pod states no seccomp profile for containers that do not say otherwise",
           fact.origin),
      "RuntimeDefault or Localhost", "another type");
}

// In Compose absent passes. Whether the engine runs without its default profile is not observable
// (FACTS.md 17).
Verdict effective_seccomp_verdict(const Container& container) {
  const Fact<std::string>& fact = container.security.seccomp;
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  if (container.platform == Platform::compose) {
    return fact.is("unconfined")
               ? with_expected_observed(fail("runs without a seccomp profile", fact.origin),
                                        "the engine's profile or one of your own", "unconfined")
               : pass();
  }
  if (is_confining_type(fact)) {
    return pass();
  }
  return with_expected_observed(fail("has no seccomp profile", fact.origin),
                                "RuntimeDefault or Localhost",
                                fact.absent() ? "not set" : "another type");
}

Verdict evaluate_seccomp(const Container& container, const Policy& /*policy*/) {
  if (container.windows) {
    return not_applicable();
  }
  Verdict verdict = effective_seccomp_verdict(container);
  const Fact<std::string>& overridden = container.overridden.seccomp;
  return verdict.outcome == Outcome::fail || overridden.absent() || is_confining_type(overridden)
             ? verdict
             : overridden_seccomp_verdict(overridden);
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
