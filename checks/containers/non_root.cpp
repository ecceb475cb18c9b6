// Containers do not run as root.
#include "checks/check.h"
#include "checks/containers/shared/container_user.h"

namespace compliance::containers {
namespace {

Verdict evaluate_non_root(const Container& container, const Policy& /*policy*/) {
  const UserJudgement user = judge_user(container);
  switch (user.kind) {
    case UserKind::other:
      return pass();
    case UserKind::allowed_root:
      return pass("may run as root", user.origin);
    case UserKind::root:
      return with_expected_observed(fail("runs as root", user.origin), "a user other than root",
                                    "root");
    case UserKind::not_enforced:
      return with_expected_observed(fail("is not kept from running as root", user.origin),
                                    "runAsNonRoot: true", "false or not set");
    case UserKind::undecided:
      break;
  }
  return unknown(user.fault, user.origin);
}

}  // namespace

extern constinit const Check non_root{
    .id = "containers-non-root",
    .title = "Containers do not run as root",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "Root in a container is root on the host as soon as one wall fails: a kernel fault, a "
        "wrong mount, a leaked descriptor.",
    .remediation =
        "Set runAsNonRoot: true and no runAsUser 0 (Kubernetes), or user to a number other "
        "than 0 (Compose).",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOn<Container>{&evaluate_non_root},
};

}  // namespace compliance::containers
