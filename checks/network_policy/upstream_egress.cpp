// Whether egress policies let the Gateway reach the upstreams of its allowlist. Only port 443 is
// looked for: which ports the upstreams have, the list does not say (FACTS.md 7.5).
#include <algorithm>

#include "checks/caracal/upstream_allowlist.h"
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/needed_egress.h"

namespace compliance::network_policy {
namespace {

// The first allowlist that names a host or is not known; null when there is none.
const UpstreamAllowlist* pinned(const std::vector<UpstreamAllowlist>& lists) {
  const auto found = std::find_if(lists.begin(), lists.end(), [](const UpstreamAllowlist& list) {
    return list.entries.fault || (list.entries.value && !list.entries.value->empty());
  });
  return found == lists.end() ? nullptr : &*found;
}

// Without an allowlist nothing tells what the Gateway has to reach.
Verdicts evaluate_upstream_egress(const Installation& installation, const Policy& /*policy*/) {
  const std::vector<UpstreamAllowlist> lists = upstream_allowlists(installation);
  const UpstreamAllowlist* list = pinned(lists);
  const auto is_pinned = [list](const NetworkPod& pod) {
    return list != nullptr && pod.component == Component::gateway;
  };
  const auto upstream_egress_verdict = [list](const NetworkPod& /*pod*/,
                                              const std::vector<RuleInEffect>& rules) -> Verdicts {
    if (reaches_https(rules)) {
      return {pass()};
    }
    if (list->entries.fault) {
      return {unknown(*list->entries.fault, list->entries.origin)};
    }
    return {with_expected_observed(
        fail("no egress rule allows https to the upstreams of its allowlist", {}),
        "a rule for TCP port 443", "none")};
  };
  return evaluate_pods(installation, PolicyDirection::egress, is_pinned, upstream_egress_verdict);
}

}  // namespace

extern constinit const Check upstream_egress{
    .id = "network-policy-upstream-egress",
    .title = "The Gateway can reach its upstreams",
    .area = Area::network_policy,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "An allowlist whose upstreams cannot be reached is turned off in the first outage.",
    .remediation = "Add an egress rule for the Gateway with the upstreams and port 443.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_upstream_egress},
};

}  // namespace compliance::network_policy
