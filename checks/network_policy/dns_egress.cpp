// Whether egress policies let pods resolve names. The production render of 2026.06.22 has no such
// rule, and the examples write a malformed one (FACTS.md 5.5).
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/needed_egress.h"

namespace compliance::network_policy {
namespace {

// Others may go without, and a rule for them is no fault either.
bool needs_names(const NetworkPod& pod) { return resolves_names(pod.component); }

// A misplaced peer gets a message of its own, since its author believes in the rule.
Verdicts dns_egress_verdict(const NetworkPod& /*pod*/, const std::vector<RuleInEffect>& rules) {
  const DnsEgressPath path = dns_egress_of(rules);
  switch (path.state) {
    case DnsEgress::present:
      return {pass()};
    case DnsEgress::bare_peer:
      return {with_expected_observed(
          fail("the only egress rule for DNS is a bare peer, whose fields the API server drops",
               path.origin),
          "a rule with `to`", "a peer in place of a rule")};
    case DnsEgress::absent:
      break;
  }
  return {with_expected_observed(fail("no egress rule allows DNS", {}), "a rule for UDP port 53",
                                 "none")};
}

Verdicts evaluate_dns_egress(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_pods(installation, PolicyDirection::egress, &needs_names, &dns_egress_verdict);
}

}  // namespace

extern constinit const Check dns_egress{
    .id = "network-policy-dns-egress",
    .title = "Pods can resolve names",
    .area = Area::network_policy,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Without DNS no service finds its database, and the quick fix is to turn the policies off.",
    .remediation =
        "Add an egress rule with `to` the cluster's name servers and the ports 53 of UDP and TCP "
        "(networkPolicy.dnsEgress, as a whole rule).",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
    .rule = RuleOnEach<Installation>{&evaluate_dns_egress},
};

}  // namespace compliance::network_policy
