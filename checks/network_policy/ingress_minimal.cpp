// Whether policies admit more sources than needed: everybody, or every port to somebody outside
// (FACTS.md T72).
#include "checks/caracal/public_components.h"
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/open_ingress.h"

namespace compliance::network_policy {
namespace {

// A public pod may admit everybody, on its own ports alone.
Verdicts evaluate_ingress_minimal(const Installation& installation, const Policy& /*policy*/) {
  const auto ingress_minimal_verdict = [&](const NetworkPod& pod,
                                           const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const IngressPath& path :
         overly_broad_ingress(rules, pod, may_be_exposed(installation, pod.component))) {
      verdicts.push_back(path.fault ? unknown(*path.fault, path.origin)
                                    : fail(path.message, path.origin));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return evaluate_pods(installation, PolicyDirection::ingress, &every_pod, ingress_minimal_verdict);
}

}  // namespace

extern constinit const Check ingress_minimal{
    .id = "network-policy-ingress-minimal",
    .title = "NetworkPolicies admit only the sources that are needed",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "Policies are additive: one rule without sources or ports opens every pod that its policy "
        "selects, including audit and coordinator.",
    .remediation =
        "Give the rule a `from` with the pods or addresses that need it, and the `ports` that they "
        "need; move it to a policy that selects only those pods.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_ingress_minimal},
};

}  // namespace compliance::network_policy
