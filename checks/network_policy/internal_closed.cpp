// Whether policies admit other peers than the release and the declared ones to internal components.
// A scraper or this exporter is declared in allowed_ingress (FACTS.md T75).
#include "checks/caracal/public_components.h"
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/open_ingress.h"

namespace compliance::network_policy {
namespace {

// For one path into a pod.
Verdict verdict_of(const IngressPath& path) {
  if (path.fault) {
    return unknown(*path.fault, path.origin);
  }
  return with_expected_observed(fail(path.message, path.origin),
                                "the release's pods and allowed_ingress", "other sources");
}

Verdicts evaluate_internal_closed(const Installation& installation, const Policy& /*policy*/) {
  const auto is_internal = [&installation](const NetworkPod& pod) {
    return !may_be_exposed(installation, pod.component);
  };
  const auto internal_closed_verdict = [&](const NetworkPod& pod,
                                           const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const IngressPath& path : undeclared_ingress(rules, pod, installation.allowed_ingress)) {
      verdicts.push_back(verdict_of(path));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return evaluate_pods(installation, PolicyDirection::ingress, is_internal,
                       internal_closed_verdict);
}

}  // namespace

extern constinit const Check internal_closed{
    .id = "network-policy-internal-closed",
    .title = "NetworkPolicies admit only declared peers to internal components",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "Everything that runs in an admitted namespace is one connection away from tokens, audit "
        "evidence and the admin API.",
    .remediation =
        "Apply the rule only to public pods, or list the peer in allowed_ingress if it needs "
        "access.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_internal_closed},
};

}  // namespace compliance::network_policy
