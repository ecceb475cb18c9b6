// Policies let pods reach no more destinations than needed.
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/open_egress.h"

namespace compliance::network_policy {
namespace {

std::string message_of(const OpenEgress& open) {
  return "NetworkPolicy " + open.policy + " lets every destination be reached on " +
         words_for_open(open) + (open.bare_peer ? ": a peer stands there in place of a rule" : "");
}

Verdicts egress_minimal_verdict(const std::vector<RuleInEffect>& rules, bool strict) {
  Verdicts verdicts;
  const std::vector<OpenEgress> all = open_egress(rules);
  for (const OpenEgress& open : all) {
    if (open.kind == OpenPort::forbidden || (strict && open.kind != OpenPort::accepted)) {
      verdicts.push_back(with_expected_observed(fail(message_of(open), open.origin),
                                                "the destinations needed, or single ports",
                                                words_for_open(open)));
    } else if (open.kind != OpenPort::accepted) {
      verdicts.push_back(pass(message_of(open), open.origin));
    }
  }
  if (const std::size_t count = accepted_ports(all); count > most_accepted_ports) {
    verdicts.push_back(with_expected_observed(
        fail("policies let every destination be reached on many ports", rules.front().rule->origin),
        "at most " + std::to_string(most_accepted_ports), std::to_string(count)));
  }
  return findings_or_pass(std::move(verdicts));
}

Verdicts evaluate_egress_minimal(const Installation& installation, const Policy& policy) {
  return evaluate_pods(
      installation, PolicyDirection::egress, &every_pod,
      [&policy](const NetworkPod& /*pod*/, const std::vector<RuleInEffect>& rules) {
        return egress_minimal_verdict(rules, policy.strict_egress);
      });
}

}  // namespace

extern constinit const Check egress_minimal{
    .id = "network-policy-egress-minimal",
    .title = "NetworkPolicies open no way to everywhere",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Evidence::kubernetes,
    .why = "A service that was taken over can carry secrets to any place that it can reach.",
    .remediation = "Give the egress rule a `to` with the destinations needed, or single ports.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_egress_minimal},
};

}  // namespace compliance::network_policy
