// Every pod is under a NetworkPolicy in both directions.
#include "checks/network_policy/judge_pods.h"

namespace compliance::network_policy {
namespace {

Verdict judge(const Installation& installation, const NetworkPod& pod) {
  const bool ingress = is_selected(installation.network, pod, PolicyDirection::ingress);
  const bool egress = is_selected(installation.network, pod, PolicyDirection::egress);
  if (ingress && egress && !pod.fault) {
    return pass();
  }
  if (auto verdict = undecidable(installation, pod,
                                 ingress ? PolicyDirection::egress : PolicyDirection::ingress)) {
    return *std::move(verdict);
  }
  const char* missing = ingress ? "Egress" : "Ingress";
  return comparing(
      fail(ingress || egress ? std::string{"no NetworkPolicy selects its pods for "} + missing
                             : "no NetworkPolicy selects its pods",
           pod.origin),
      "Ingress and Egress",
      ingress  ? "Ingress"
      : egress ? "Egress"
               : "neither");
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const NetworkPod& pod : installation.network.pods) {
    verdicts.push_back(about(judge(installation, pod), pod.component, pod.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check covers_all{
    .id = "network-policy-covers-all",
    .title = "NetworkPolicies cover every pod in both directions",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Evidence::kubernetes,
    .why =
        "A pod that no policy selects may be reached by every pod of the cluster and may reach "
        "everything.",
    .remediation =
        "Add a NetworkPolicy whose podSelector matches the pod, in its namespace, with the "
        "policyTypes Ingress and Egress.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate},
};

}  // namespace compliance::network_policy
