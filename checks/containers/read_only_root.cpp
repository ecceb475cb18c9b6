// The root file system of a container is read-only. postgres and redis of the packaging write to
// theirs (FACTS.md 4.1, T57), and what a mesh injects to set up the network runs before them.
#include "checks/caracal/packaged_exceptions.h"
#include "checks/check.h"

namespace compliance::containers {
namespace {

// The exception comes before faults: where writing is allowed, an undecided value is no doubt.
Verdict evaluate_read_only_root(const Container& container, const Policy& /*policy*/) {
  const Fact<bool>& fact = container.security.read_only_root;
  if (fact.is(true)) {
    return pass();
  }
  if (may_write_root(container)) {
    return pass("needs a writable root file system, as packaged", fact.origin);
  }
  if (sets_up_network(container)) {
    return pass("may have a writable root file system as an injected init container", fact.origin);
  }
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  return with_expected_observed(fail("its root file system is writable", fact.origin), "true",
                                fact.absent() ? "not set" : "false");
}

}  // namespace

extern constinit const Check read_only_root{
    .id = "containers-read-only-root",
    .title = "Containers have a read-only root file system",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "On a writable root file system an attacker can replace programs and leave tools that "
        "survive a restart of the process.",
    .remediation =
        "Set read_only: true (Compose) or securityContext.readOnlyRootFilesystem: true "
        "(Kubernetes), and mount a tmpfs or emptyDir where the service writes.",
    .reference = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    .rule = RuleOn<Container>{&evaluate_read_only_root},
};

}  // namespace compliance::containers
