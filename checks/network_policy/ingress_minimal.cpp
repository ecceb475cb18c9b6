// Policies admit no more sources than needed.
#include "checks/caracal/public_components.h"
#include "checks/network_policy/shared/judge_pods.h"
#include "checks/network_policy/shared/open_ingress.h"

namespace compliance::network_policy {
namespace {

Verdicts evaluate_ingress_minimal(const Installation& installation, const Policy& /*policy*/) {
  const auto ingress_minimal_verdict = [&](const NetworkPod& pod,
                                           const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const IngressPath& way :
         overly_broad_ingress(rules, pod, may_be_exposed(installation, pod.component))) {
      verdicts.push_back(way.fault ? unknown(*way.fault, way.origin)
                                   : fail(way.message, way.origin));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return evaluate_pods(installation, PolicyDirection::ingress, &every_pod, ingress_minimal_verdict);
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
    .rule = RuleOnEach<Installation>{&evaluate_ingress_minimal},
};

}  // namespace compliance::network_policy
