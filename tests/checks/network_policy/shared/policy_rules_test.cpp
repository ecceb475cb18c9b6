// What NetworkPolicies let through.
#include "checks/network_policy/shared/policy_rules.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::policy_rules_test {
namespace {

const PodPort web{.name = "http", .number = 3002};

TEST(PolicyRules, AreThoseOfThePoliciesThatSelectThePodForTheDirection) {
  NetworkPolicy ingress_only = policy_with({rule({release_pods()})}, {rule({all_pods()})});
  ingress_only.has_egress = false;
  NetworkPolicy egress_only = policy_with({rule({all_pods()})}, {rule({}), rule({})});
  egress_only.has_ingress = false;
  Installation installation = network_of({pod_of(Component::web), pod_of(Component::api)},
                                         {ingress_only, egress_only, policy_with({}, {})});
  NetworkFacts& facts = installation.kubernetes.network;
  facts.policy_sets = {{0, 1}, {}};
  facts.pods[1].policy_set = 1;
  const auto ingress = rules_in_effect(facts, facts.pods[0], PolicyDirection::ingress);
  ASSERT_EQ(ingress.size(), 1U);
  EXPECT_EQ(ingress[0].rule, facts.policies[0].ingress.data());
  EXPECT_EQ(ingress[0].policy, facts.policies.data());
  const auto egress = rules_in_effect(facts, facts.pods[0], PolicyDirection::egress);
  ASSERT_EQ(egress.size(), 2U);
  EXPECT_EQ(egress[1].rule, &facts.policies[1].egress[1]);
  EXPECT_TRUE(rules_in_effect(facts, facts.pods[1], PolicyDirection::ingress).empty());
}

TEST(PolicyRules, SelectAPodByOneOfItsPolicies) {
  NetworkPolicy ingress_only = policy_with({}, {});
  ingress_only.has_egress = false;
  const Installation installation =
      network_of({pod_of(Component::web)}, {ingress_only, ingress_only});
  const NetworkFacts& facts = installation.kubernetes.network;
  EXPECT_TRUE(is_selected(facts, facts.pods[0], PolicyDirection::ingress));
  EXPECT_FALSE(is_selected(facts, facts.pods[0], PolicyDirection::egress));
}

struct PortCase {
  const char* name;
  PolicyPort entry;
  bool expected;
};

TEST(PolicyRules, IncludeAPortByNumberRangeNameOrProtocol) {
  const std::vector<PortCase> cases{
      {"its number", port(3002), true},
      {"the number below", port(3001), false},
      {"the number above", port(3003), false},
      {"another protocol", port(3002, "UDP"), false},
      {"a range from it", ports(3002, 3005), true},
      {"a range up to it", ports(3000, 3002), true},
      {"a range below", ports(3000, 3001), false},
      {"a range above", ports(3003, 3005), false},
      {"its name", port_named("http"), true},
      {"its name, another protocol", port_named("http", "UDP"), false},
      {"another name", port_named("https"), false},
      {"the protocol", every_port_of("TCP"), true},
      {"another whole protocol", every_port_of("SCTP"), false}};
  for (const PortCase& one : cases) {
    EXPECT_EQ(includes(one.entry, web), one.expected) << one.name;
    EXPECT_EQ(includes(rule({}, {port(1), one.entry}), web), one.expected) << one.name;
  }
  EXPECT_TRUE(includes(rule({}), web));
}

TEST(PolicyRules, CountForAPodWithOneOfTheirPorts) {
  NetworkPod pod = pod_of(Component::web);
  pod.ports.push_back({.number = 9999, .protocol = "UDP"});
  EXPECT_TRUE(counts_for(rule({}, {port(3002)}), pod));
  EXPECT_TRUE(counts_for(rule({}, {port(9999, "UDP")}), pod));
  EXPECT_FALSE(counts_for(rule({}, {port(9999)}), pod));
  EXPECT_TRUE(counts_for(rule({}), pod));
  pod.ports.clear();
  EXPECT_TRUE(counts_for(rule({}), pod));
  EXPECT_FALSE(counts_for(rule({}, {every_port_of("TCP")}), pod));
}

TEST(PolicyRules, HaveEveryPortWithoutPortsOrWithAWholeProtocol) {
  EXPECT_TRUE(has_every_port(rule({})));
  EXPECT_TRUE(has_every_port(rule({}, {port(3002), every_port_of("UDP")})));
  EXPECT_TRUE(has_every_port(rule({}, {ports(1, 65535)})));
  EXPECT_FALSE(has_every_port(rule({}, {ports(2, 65535)})));
  EXPECT_FALSE(has_every_port(rule({}, {ports(1, 65534)})));
  EXPECT_FALSE(has_every_port(rule({}, {port(3002)})));
  EXPECT_FALSE(has_every_port(rule({}, {port_named("http")})));
}

TEST(PolicyRules, AdmitAddressesOfTheBlockButItsExceptions) {
  const PolicyPeer peer = addresses("10.0.0.0/8", {"10.1.0.0/16", "10.2.0.0/16"});
  EXPECT_TRUE(admits(peer, *parse_address("10.3.0.1")));
  EXPECT_FALSE(admits(peer, *parse_address("10.1.0.1")));
  EXPECT_FALSE(admits(peer, *parse_address("10.2.0.1")));
  EXPECT_FALSE(admits(peer, *parse_address("11.0.0.1")));
  EXPECT_FALSE(admits(pods_in("caracal"), *parse_address("10.3.0.1")));
}

OtherPod pod_in(const std::string& name, const Labels& labels) {
  return {.object_namespace = name,
          .namespace_labels = {{"kubernetes.io/metadata.name", name}},
          .labels = labels};
}

TEST(PolicyRules, AdmitPodsByNamespaceAndLabels) {
  const OtherPod prometheus = pod_in("monitoring", {{"app", "prometheus"}});
  const OtherPod grafana = pod_in("monitoring", {{"app", "grafana"}});
  const OtherPod own = pod_in("caracal", {{"app", "prometheus"}});
  EXPECT_TRUE(admits(pods_in("monitoring"), "caracal", prometheus));
  EXPECT_FALSE(admits(pods_in("monitoring"), "caracal", own));
  const PolicyPeer both = pods_in("monitoring", {{"app", "prometheus"}});
  EXPECT_TRUE(admits(both, "caracal", prometheus));
  EXPECT_FALSE(admits(both, "caracal", grafana));
  EXPECT_TRUE(admits(all_pods(), "caracal", grafana));
  EXPECT_FALSE(admits(addresses("0.0.0.0/0"), "caracal", grafana));
}

TEST(PolicyRules, AdmitPodsOfThePolicysNamespaceWithoutANamespaceSelector) {
  const PolicyPeer peer{.pods = with_labels({{"app", "prometheus"}})};
  EXPECT_TRUE(admits(peer, "caracal", pod_in("caracal", {{"app", "prometheus"}})));
  EXPECT_FALSE(admits(peer, "caracal", pod_in("caracal", {})));
  EXPECT_FALSE(admits(peer, "caracal", pod_in("monitoring", {{"app", "prometheus"}})));
}

TEST(PolicyRules, KnowWhereTheirPeersAre) {
  const NetworkPolicyRule mixed = rule({release_pods(), all_pods()});
  EXPECT_TRUE(has_peer(mixed, PeerScope::release));
  EXPECT_TRUE(has_peer(mixed, PeerScope::outside));
  EXPECT_FALSE(has_peer(mixed, PeerScope::undecided));
  EXPECT_FALSE(has_peer(rule({}), PeerScope::outside));
}

TEST(PolicyWords, DescribePeersWithoutLabels) {
  PolicyPeer chosen = all_pods();
  chosen.namespaces = with_labels({{"team", "hush"}});
  PolicyPeer two = pods_in("a", {{"app", "hush"}});
  two.bound_namespaces = {{"a", "b"}};
  EXPECT_EQ(describe(addresses("10.0.0.0/8")), "the addresses 10.0.0.0/8");
  EXPECT_EQ(describe(pods_in("monitoring")), "every pod of the namespace monitoring");
  EXPECT_EQ(describe(pods_in("monitoring", {{"app", "hush"}})), "pods of the namespace monitoring");
  EXPECT_EQ(describe(all_pods()), "pods of every namespace");
  EXPECT_EQ(describe(chosen), "pods of namespaces chosen by label");
  EXPECT_EQ(describe(two), "pods of 2 namespaces");
  EXPECT_EQ(describe(pods_in("")), "every pod of its namespace");
}

TEST(PolicyWords, ShowNoTextThatIsNoNamespace) {
  for (const std::string& text : {std::string{"hush hush"}, std::string{"Hush"},
                                  std::string{"hush/1"}, std::string(64, 'a')}) {
    EXPECT_EQ(describe(pods_in(text)), "every pod of its namespace");
  }
  EXPECT_EQ(describe(pods_in("z0-9")), "every pod of the namespace z0-9");
  EXPECT_EQ(describe(pods_in(std::string(63, 'a'))),
            "every pod of the namespace " + std::string(63, 'a'));
}

TEST(PolicyWords, DescribePortsWithoutNames) {
  EXPECT_EQ(describe(port(3002)), "TCP port 3002");
  EXPECT_EQ(describe(ports(1, 9, "UDP")), "UDP ports 1 to 9");
  EXPECT_EQ(describe(port_named("hush")), "a named TCP port");
  EXPECT_EQ(describe(every_port_of("SCTP")), "every SCTP port");
  EXPECT_EQ(describe(ports(1, 65535)), "every TCP port");
}

TEST(PolicyWords, DescribeThePortsOfARuleByTheWidest) {
  EXPECT_EQ(describe_ports(rule({})), "every port");
  EXPECT_EQ(describe_ports(rule({}, {port(1)})), "TCP port 1");
  EXPECT_EQ(describe_ports(rule({}, {port(1), port(2), port(3)})), "TCP port 1 and 2 more");
  EXPECT_EQ(describe_ports(rule({}, {port(1), every_port_of("TCP")})), "every TCP port and 1 more");
}

TEST(PolicyWords, NameTheDirections) {
  EXPECT_EQ(describe(PolicyDirection::ingress), "Ingress");
  EXPECT_EQ(describe(PolicyDirection::egress), "Egress");
}

}  // namespace
}  // namespace compliance::test::policy_rules_test
