// Whether policies let pods reach more destinations than needed. The chart itself opens four ports
// to everywhere (FACTS.md 5.5, T69), so single ports are tolerated up to a number.
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/open_egress.h"

namespace compliance::network_policy {
namespace {

// Names the policy, since several may add up.
std::string message_of(const OpenEgress& open) {
  return "NetworkPolicy " + open.policy + " allows egress to every destination on " +
         describe_ports(open) + (open.bare_peer ? ": a peer is written in place of a rule" : "");
}

// 53 and 443 leave a note, and fail only with strict_egress (FACTS.md T70).
Verdicts egress_minimal_verdict(const std::vector<RuleInEffect>& rules, bool strict) {
  Verdicts verdicts;
  const std::vector<OpenEgress> all = open_egress(rules);
  for (const OpenEgress& open : all) {
    if (open.kind == OpenPort::forbidden || (strict && open.kind != OpenPort::accepted)) {
      verdicts.push_back(with_expected_observed(fail(message_of(open), open.origin),
                                                "the destinations needed, or single ports",
                                                describe_ports(open)));
    } else if (open.kind != OpenPort::accepted) {
      verdicts.push_back(pass(message_of(open), open.origin));
    }
  }
  if (const std::size_t count = accepted_ports(all); count > max_accepted_ports) {
    verdicts.push_back(with_expected_observed(
        fail("policies allow egress to every destination on too many ports",
             rules.front().rule->origin),
        "at most " + std::to_string(max_accepted_ports), std::to_string(count)));
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
    .title = "NetworkPolicies do not allow egress to every destination",
    .area = Area::network_policy,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why = "A compromised service can send secrets to every destination that it can reach.",
    .remediation = "Give the egress rule a `to` with the destinations needed, or single ports.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_egress_minimal},
};

}  // namespace compliance::network_policy
