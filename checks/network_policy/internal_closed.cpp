// Only the release itself and declared peers reach components that are not public.
#include "checks/network_policy/judge_pods.h"
#include "checks/subject/open_ingress.h"
#include "checks/subject/public_components.h"

namespace compliance::network_policy {
namespace {

Verdict verdict_of(const WayIn& way) {
  if (way.fault) {
    return unknown(*way.fault, way.origin);
  }
  return comparing(fail(way.message, way.origin), "the release's pods and allowed_ingress",
                   "other sources");
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  const auto is_internal = [&installation](const NetworkPod& pod) {
    return !may_be_exposed(installation, pod.component);
  };
  const auto judge = [&](const NetworkPod& pod, const std::vector<RuleInEffect>& rules) {
    Verdicts verdicts;
    for (const WayIn& way : undeclared_ways_in(rules, pod, installation.allowed_ingress)) {
      verdicts.push_back(verdict_of(way));
    }
    return findings_or_pass(std::move(verdicts));
  };
  return judge_pods(installation, PolicyDirection::ingress, is_internal, judge);
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
    .rule = RuleOnEach<Installation>{&evaluate},
};

}  // namespace compliance::network_policy
