// Ways out that a pod cannot do without.
#include "checks/network_policy/shared/needed_egress.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::needed_egress_test {
namespace {

DnsEgressPath dns_way(Rules rules) {
  const InEffect in_effect{std::move(rules)};
  return dns_egress_of(in_effect.all());
}

bool resolves(const NetworkPolicyRule& one) { return dns_way({one}).state == DnsEgress::present; }

bool reaches(const NetworkPolicyRule& one) {
  const InEffect in_effect{{one}};
  return reaches_https(in_effect.all());
}

struct Case {
  const char* name;
  NetworkPolicyRule rule;
  bool expected;
};

TEST(NeededEgress, KnowsAWayToDnsByItsPort) {
  const std::vector<Case> cases{
      {"to everywhere", rule({}, {port(53, "UDP")}), true},
      {"to an address", rule({addresses("10.96.0.10/32")}, {port(53, "UDP")}), true},
      {"to a namespace", rule({pods_in("kube-system")}, {port(53, "UDP")}), true},
      {"to any namespace but the release", rule({pods_in("dns")}, {port(53, "UDP")}), true},
      {"to what may be the release", rule({undecided_pods()}, {port(53, "UDP")}), true},
      {"to the release alone", rule({release_pods()}, {port(53, "UDP")}), false},
      {"to both", rule({release_pods(), all_pods()}, {port(53, "UDP")}), true},
      {"to the port of OpenShift", rule({pods_in("openshift-dns")}, {port(5353, "UDP")}), true},
      {"to a named port", rule({pods_in("kube-system")}, {port_named("dns", "UDP")}), true},
      {"to a port named otherwise", rule({pods_in("x")}, {port_named("a-dns", "UDP")}), false},
      {"over TCP alone", rule({pods_in("kube-system")}, {port(53)}), false},
      {"beside another port", rule({pods_in("x")}, {port(1), port(53, "UDP")}), true},
      {"in a range", rule({pods_in("x")}, {ports(50, 60, "UDP")}), true},
      {"below a range", rule({pods_in("x")}, {ports(54, 60, "UDP")}), false},
      {"above a range", rule({pods_in("x")}, {ports(40, 52, "UDP")}), false},
      {"on another port", rule({pods_in("kube-system")}, {port(54, "UDP")}), false}};
  for (const Case& one : cases) {
    EXPECT_EQ(resolves(one.rule), one.expected) << one.name;
  }
}

TEST(NeededEgress, KnowsAWayToDnsOnEveryPort) {
  PolicyPeer chosen = all_pods();
  chosen.namespaces = with_labels({{"role", "system"}});
  PolicyPeer two = pods_in("a");
  two.bound_namespaces = {{"a", "kube-system"}};
  const std::vector<Case> cases{
      {"to everywhere", rule({}), true},
      {"to an address", rule({addresses("10.96.0.0/16")}), true},
      {"to the usual namespace", rule({pods_in("kube-system")}), true},
      {"to that of OpenShift", rule({pods_in("openshift-dns")}), true},
      {"to another one", rule({pods_in("monitoring")}), false},
      {"to two of which one is it", rule({two}), true},
      {"to namespaces chosen by label", rule({chosen}), true},
      {"to every namespace", rule({all_pods()}), true},
      {"to the release", rule({release_pods()}), false},
      {"on every UDP port", rule({pods_in("kube-system")}, {every_port_of("UDP")}), true},
      {"on every TCP port", rule({pods_in("kube-system")}, {every_port_of("TCP")}), false}};
  for (const Case& one : cases) {
    EXPECT_EQ(resolves(one.rule), one.expected) << one.name;
  }
}

TEST(NeededEgress, TellsAMisplacedPeerFromARule) {
  NetworkPolicyRule second = bare_peer();
  second.origin = at(Source::kubernetes, 66, 5);
  const DnsEgressPath path =
      dns_way({rule({release_pods()}), bare_peer({port(53, "UDP")}), second});
  EXPECT_EQ(path.state, DnsEgress::bare_peer);
  EXPECT_EQ(path.origin, at(Source::kubernetes, 60, 5));
  EXPECT_EQ(dns_way({bare_peer(), rule({}, {port(53, "UDP")})}).state, DnsEgress::present);
  EXPECT_EQ(dns_way({}).state, DnsEgress::absent);
}

TEST(NeededEgress, KnowsAWayToHttps) {
  const std::vector<Case> cases{
      {"to everywhere", rule({}, {port(443)}), true},
      {"to an address", rule({addresses("192.0.2.0/24")}, {port(443)}), true},
      {"to a namespace", rule({pods_in("upstreams")}, {port(443)}), true},
      {"on every port", rule({addresses("192.0.2.0/24")}), true},
      {"in a range", rule({}, {ports(400, 500)}), true},
      {"to the pod's own port", rule({pods_in("upstreams")}, {port(8443)}), true},
      {"to a port of that name", rule({pods_in("upstreams")}, {port_named("https")}), true},
      {"to what may be the release", rule({undecided_pods()}, {port(443)}), true},
      {"to the release alone", rule({release_pods()}), false},
      {"to the release and beyond", rule({release_pods(), all_pods()}, {port(443)}), true},
      {"over UDP", rule({}, {port(443, "UDP")}), false},
      {"to an address on 8443", rule({addresses("192.0.2.0/24")}, {port(8443)}), false},
      {"to everywhere on 8443", rule({}, {port(8443)}), false},
      {"to an address by a name", rule({addresses("192.0.2.0/24")}, {port_named("https")}), false},
      {"to data stores", rule({}, {port(5432), port(6379)}), false}};
  for (const Case& one : cases) {
    EXPECT_EQ(reaches(one.rule), one.expected) << one.name;
  }
}

TEST(NeededEgress, KnowsAWayToHttpsInAnyRule) {
  const InEffect last{{rule({release_pods()}), rule({}, {port(443)})}};
  const InEffect none{{}};
  EXPECT_TRUE(reaches_https(last.all()));
  EXPECT_FALSE(reaches_https(none.all()));
}

}  // namespace
}  // namespace compliance::test::needed_egress_test
