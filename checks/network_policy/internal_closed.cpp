// Only the release itself and declared peers reach components that are not public.
#include "checks/caracal/public_components.h"
#include "checks/network_policy/shared/judge_pods.h"
#include "checks/network_policy/shared/open_ingress.h"

namespace compliance::network_policy {
namespace {

Verdict verdict_of(const IngressPath& way) {
  if (way.fault) {
    return unknown(*way.fault, way.origin);
  }
  return with_expected_observed(fail(way.message, way.origin),
                                "the release's pods and allowed_ingress", "other sources");
}

Verdicts evaluate_internal_closed(const Installation& installation, const Policy& /*policy*/) {
  const auto is_internal = [&installation](const NetworkPod& pod) {
    return !may_be_exposed(installation, pod.component);
  };
  const auto internal_closed_verdict = [&](const NetworkPod& pod,
                                           const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const IngressPath& way : undeclared_ways_in(rules, pod, installation.allowed_ingress)) {
      verdicts.push_back(verdict_of(way));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return evaluate_pods(installation, PolicyDirection::ingress, is_internal,
                       internal_closed_verdict);
}

}  // namespace

extern constinit const Check internal_closed{
    .id = "network-policy-internal-closed",
    .title = "NetworkPolicies let no stranger reach internal components",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Evidence::kubernetes,
    .why =
        "Tokens, audit evidence and the admin API are one connection away from whatever runs in "
        "a namespace that is let in.",
    .remediation =
        "Let the rule select only the pods that are public, or name the peer in allowed_ingress "
        "if it is meant to get there.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_internal_closed},
};

}  // namespace compliance::network_policy
