// Pods can resolve names.
#include "checks/network_policy/judge_pods.h"
#include "checks/subject/needed_egress.h"

namespace compliance::network_policy {
namespace {

bool needs_names(const NetworkPod& pod) { return resolves_names(pod.component); }

Verdicts judge(const NetworkPod& /*pod*/, const std::vector<RuleInEffect>& rules) {
  const DnsWay way = way_to_dns(rules);
  switch (way.state) {
    case DnsEgress::present:
      return {pass()};
    case DnsEgress::bare_peer:
      return {comparing(
          fail("the egress rule that could let its pods resolve names is a bare peer, whose fields "
               "the API server drops",
               way.origin),
          "a rule with `to`", "a peer in place of a rule")};
    case DnsEgress::absent:
      break;
  }
  return {comparing(fail("no egress rule lets its pods resolve names", {}),
                    "a rule for UDP port 53", "none")};
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  return judge_pods(installation, PolicyDirection::egress, &needs_names, &judge);
}

}  // namespace

extern constinit const Check dns_egress{
    .id = "network-policy-dns-egress",
    .title = "Pods can resolve names",
    .area = Area::network_policy,
    .severity = Severity::medium,
    .evidence = Evidence::kubernetes,
    .why =
        "Without it no service finds its database, and the quick way out is to turn the policies "
        "off.",
    .remediation =
        "Add an egress rule with `to` the cluster's name servers and the ports 53 of UDP and TCP "
        "(networkPolicy.dnsEgress, as a whole rule).",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
    .rule = RuleOnEach<Installation>{&evaluate},
};

}  // namespace compliance::network_policy
