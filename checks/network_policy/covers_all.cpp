// Whether NetworkPolicies select every pod in both directions. A direction without policy is open,
// whatever other policies say (FACTS.md T71). Whether a plug-in enforces them is not visible
// (FACTS.md T74).
#include "checks/network_policy/shared/evaluate_pods.h"

namespace compliance::network_policy {
namespace {

// Policies of another kind may cover what is missing, which makes it unknown.
Verdict covers_all_verdict(const Installation& installation, const NetworkPod& pod) {
  const bool ingress = is_selected(installation.kubernetes.network, pod, PolicyDirection::ingress);
  const bool egress = is_selected(installation.kubernetes.network, pod, PolicyDirection::egress);
  if (ingress && egress && !pod.fault) {
    return pass();
  }
  const auto missing = ingress ? PolicyDirection::egress : PolicyDirection::ingress;
  if (auto verdict = undecidable(installation, pod, missing)) {
    return *std::move(verdict);
  }
  if (!ingress && !egress) {
    return with_expected_observed(fail("no NetworkPolicy selects its pods", pod.origin),
                                  "Ingress and Egress", "neither");
  }
  return with_expected_observed(
      fail("no NetworkPolicy selects its pods for " + describe(missing), pod.origin),
      "Ingress and Egress", describe(ingress ? PolicyDirection::ingress : PolicyDirection::egress));
}

Verdicts evaluate_covers_all(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const NetworkPod& pod : installation.kubernetes.network.pods) {
    verdicts.push_back(
        attributed_to(covers_all_verdict(installation, pod), pod.component, pod.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check covers_all{
    .id = "network-policy-covers-all",
    .title = "NetworkPolicies cover every pod in both directions",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "Every pod of the cluster can reach a pod that no policy selects, and that pod can reach "
        "everything.",
    .remediation =
        "Add a NetworkPolicy whose podSelector matches the pod, in its namespace, with the "
        "policyTypes Ingress and Egress.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_covers_all},
};

}  // namespace compliance::network_policy
