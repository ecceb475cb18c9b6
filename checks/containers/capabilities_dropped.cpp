// Containers drop all capabilities and add only what their component is known to need.
#include <utility>

#include "checks/caracal/packaged_exceptions.h"
#include "checks/check.h"
#include "checks/containers/shared/capabilities.h"

namespace compliance::containers {
namespace {

Verdict judge_added(const Container& container, const Located<std::string>& added) {
  const std::string name = capability_name(added.value);
  if (may_add_capability(container, name)) {
    return pass();
  }
  if (sets_up_network(container) && (name == "NET_ADMIN" || name == "NET_RAW")) {
    return pass("adds " + name + " as an injected init container", added.origin);
  }
  return with_expected_observed(fail("adds a capability that it should not have", added.origin),
                                "what the component is packaged with", described_capability(name));
}

Verdict judge_dropped(const Container& container) {
  const SecurityFacts& security = container.security;
  if (security.capabilities_fault) {
    return unknown(*security.capabilities_fault, container.origin);
  }
  if (drops_all(security.capabilities_dropped)) {
    return pass();
  }
  return with_expected_observed(
      fail("does not drop all capabilities", container.origin), "ALL dropped",
      security.capabilities_dropped.empty() ? "none dropped" : "single ones dropped");
}

Verdicts evaluate_capabilities_dropped(const Container& container, const Policy& /*policy*/) {
  if (container.windows) {
    return {not_applicable()};
  }
  Verdicts verdicts{judge_dropped(container)};
  for (const Located<std::string>& added : container.security.capabilities_added) {
    verdicts.push_back(judge_added(container, added));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check capabilities_dropped{
    .id = "containers-capabilities-dropped",
    .title = "Containers drop all Linux capabilities",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Each capability is a part of root's power that a stolen process can use at once.",
    .remediation = "Drop ALL (cap_drop, capabilities.drop), and remove what is added.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_capabilities_dropped},
};

}  // namespace compliance::containers
