// Policies admit no more sources than needed.
#include "checks/network_policy/judge_pods.h"
#include "checks/subject/open_ingress.h"
#include "checks/subject/public_components.h"

namespace compliance::network_policy {
namespace {

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  const auto judge = [&](const NetworkPod& pod, const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const WayIn& way : wide_ways_in(rules, pod, may_be_exposed(installation, pod.component))) {
      verdicts.push_back(way.fault ? unknown(*way.fault, way.origin)
                                   : fail(way.message, way.origin));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return judge_pods(installation, PolicyDirection::ingress, &every_pod, judge);
}

}  // namespace

extern constinit const Check ingress_minimal{
    .id = "network-policy-ingress-minimal",
    .title = "NetworkPolicies admit no source without need",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Evidence::kubernetes,
    .why =
        "Policies add up: one rule without sources or without ports opens every pod that its "
        "policy selects, the audit service and the coordinator too.",
    .remediation =
        "Give the rule a `from` with the pods or addresses that need it, and the `ports` that "
        "they need; put it into a policy that selects only the pods it is for.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate},
};

}  // namespace compliance::network_policy
