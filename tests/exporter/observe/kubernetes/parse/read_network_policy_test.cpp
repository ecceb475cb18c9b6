// NetworkPolicies as the API server stores them.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/resolve/networks.h"

namespace compliance::test::read_network_policy_test {
namespace {

// The only ingress rule that the text of one gives.
NetworkPolicyRule ingress_rule(const std::string& rule) {
  const NetworkPolicy policy = policy_of("podSelector: {}, ingress: [" + rule + "]");
  EXPECT_EQ(policy.ingress.size(), 1U) << rule;
  return policy.ingress.empty() ? NetworkPolicyRule{} : policy.ingress.front();
}

PolicyPort port_of(const std::string& entry) {
  const NetworkPolicyRule rule = ingress_rule("{ports: [" + entry + "]}");
  EXPECT_EQ(rule.ports.size(), 1U) << entry;
  return rule.ports.empty() ? PolicyPort{} : rule.ports.front();
}

PolicyPeer peer_of(const std::string& entry) { return peer_among(release_workload("api"), entry); }

std::string refusal_of(const std::string& spec) {
  return fault_of(policy_object(spec)).fault.message;
}

std::string refusal_of_peer(const std::string& peer) {
  return refusal_of("podSelector: {}, ingress: [{from: [" + peer + "]}]");
}

std::string refusal_of_port(const std::string& port) {
  return refusal_of("podSelector: {}, egress: [{ports: [" + port + "]}]");
}

TEST(ReadNetworkPolicy, SaysWhatItIs) {
  const NetworkPolicy policy =
      policy_of("podSelector: {matchLabels: {tier: x}}, ingress: [{}], egress: [{}, {}]");
  EXPECT_EQ(policy.name, "np");
  EXPECT_EQ(policy.object_namespace, "caracal");
  EXPECT_EQ(policy.pods.requirements.size(), 1U);
  EXPECT_EQ(policy.ingress.size(), 1U);
  EXPECT_EQ(policy.egress.size(), 2U);
  EXPECT_EQ(policy.origin, origin_at(4, 1));
  EXPECT_EQ(policy.ingress[0].origin, origin_at(5, 58));
}

TEST(ReadNetworkPolicy, SelectsEveryPodWithAnEmptyOrMissingSelector) {
  EXPECT_TRUE(policy_of("podSelector: {}").pods.requirements.empty());
  EXPECT_TRUE(policy_of("policyTypes: [Egress]").pods.requirements.empty());
  EXPECT_TRUE(policy_of("podSelector: null").pods.requirements.empty());
}

struct Directions {
  const char* name;
  const char* spec;
  bool ingress;
  bool egress;
};

TEST(ReadNetworkPolicy, HasTheDirectionsOfPolicyTypesOrTheirDefault) {
  const std::vector<Directions> cases{
      {"nothing", "podSelector: {}", true, false},
      {"ingress rules", "ingress: [{}]", true, false},
      {"egress rules", "egress: [{}]", true, true},
      {"an empty list of egress rules", "egress: []", true, false},
      {"an empty list of types", "egress: [{}], policyTypes: []", true, true},
      {"null for types", "policyTypes: null", true, false},
      {"Ingress", "egress: [{}], policyTypes: [Ingress]", true, false},
      {"Egress", "ingress: [{}], policyTypes: [Egress]", false, true},
      {"both", "policyTypes: [Ingress, Egress]", true, true},
      {"both, the other way round", "policyTypes: [Egress, Ingress]", true, true}};
  for (const Directions& one : cases) {
    const NetworkPolicy policy = policy_of(one.spec);
    EXPECT_EQ(policy.has_ingress, one.ingress) << one.name;
    EXPECT_EQ(policy.has_egress, one.egress) << one.name;
  }
}

TEST(ReadNetworkPolicy, IsForEverybodyWithoutPeers) {
  for (const char* rule : {"{}", "{from: []}", "{from: null}", "null", "{ports: []}"}) {
    EXPECT_TRUE(ingress_rule(rule).peers.empty()) << rule;
    EXPECT_TRUE(ingress_rule(rule).ports.empty()) << rule;
    EXPECT_FALSE(ingress_rule(rule).bare_peer) << rule;
  }
}

TEST(ReadNetworkPolicy, TakesFromForIngressAndToForEgress) {
  const std::string peer = "[{podSelector: {}}]";
  EXPECT_EQ(ingress_rule("{from: " + peer + "}").peers.size(), 1U);
  EXPECT_EQ(ingress_rule("{to: " + peer + "}").peers.size(), 0U);
  EXPECT_EQ(policy_of("egress: [{to: " + peer + "}]").egress[0].peers.size(), 1U);
  EXPECT_EQ(policy_of("egress: [{from: " + peer + "}]").egress[0].peers.size(), 0U);
}

TEST(ReadNetworkPolicy, MakesAnEmptyRuleOfABarePeer) {
  for (const char* peer : {"{ipBlock: {cidr: 10.0.0.0/8}}", "{podSelector: {}}",
                           "{namespaceSelector: {matchLabels: {a: b}}}"}) {
    const NetworkPolicy policy = policy_of("egress: [" + std::string{peer} + "]");
    ASSERT_EQ(policy.egress.size(), 1U);
    EXPECT_TRUE(policy.egress[0].bare_peer) << peer;
    EXPECT_TRUE(policy.egress[0].peers.empty()) << peer;
    EXPECT_TRUE(policy.egress[0].ports.empty()) << peer;
  }
}

TEST(ReadNetworkPolicy, KeepsThePortsOfABarePeer) {
  const NetworkPolicyRule rule =
      ingress_rule("{namespaceSelector: {}, ports: [{port: 53, protocol: UDP}]}");
  EXPECT_TRUE(rule.bare_peer);
  EXPECT_TRUE(rule.peers.empty());
  ASSERT_EQ(rule.ports.size(), 1U);
  EXPECT_EQ(rule.ports[0].first, 53);
}

TEST(ReadNetworkPolicy, TakesNoBarePeerBesideGoodOnes) {
  const NetworkPolicyRule rule = ingress_rule("{podSelector: {}, from: [{podSelector: {}}]}");
  EXPECT_FALSE(rule.bare_peer);
  EXPECT_EQ(rule.peers.size(), 1U);
}

TEST(ReadNetworkPolicy, ReadsPeersByWhatTheySelect) {
  const PolicyPeer pods = peer_of("{podSelector: {matchLabels: {a: b}}}");
  EXPECT_FALSE(pods.namespaces);
  ASSERT_TRUE(pods.pods);
  EXPECT_EQ(pods.pods->requirements.at(0).key, "a");
  const PolicyPeer both = peer_of("{podSelector: {}, namespaceSelector: {}}");
  EXPECT_TRUE(both.namespaces && both.pods && !both.addresses);
  const PolicyPeer namespaces = peer_of("{podSelector: null, namespaceSelector: {}}");
  EXPECT_TRUE(namespaces.namespaces && !namespaces.pods);
  EXPECT_EQ(namespaces.origin, origin_at(5, 44));
}

TEST(ReadNetworkPolicy, ReadsEveryOperatorOfASelector) {
  const PolicyPeer peer = peer_of(
      "{podSelector: {matchLabels: {z: 'y'}, matchExpressions: [{key: a, operator: In, values: "
      "[b, c]}, {key: d, operator: NotIn, values: [e]}, {key: f, operator: Exists}, {key: g, "
      "operator: DoesNotExist}]}}");
  ASSERT_TRUE(peer.pods);
  EXPECT_EQ(*peer.pods, (LabelSelector{{{.key = "z", .values = {"y"}},
                                        {.key = "a", .values = {"b", "c"}},
                                        {.key = "d", .op = LabelOperator::not_in, .values = {"e"}},
                                        {.key = "f", .op = LabelOperator::exists},
                                        {.key = "g", .op = LabelOperator::does_not_exist}}}));
}

TEST(ReadNetworkPolicy, ReadsAddressBlocksAndTheirExceptions) {
  const PolicyPeer peer =
      peer_of("{ipBlock: {cidr: 10.1.2.3/8, except: [10.1.0.0/16, 10.2.0.0/16]}}");
  ASSERT_TRUE(peer.addresses);
  EXPECT_EQ(text_of(peer.addresses->block), "10.0.0.0/8");
  ASSERT_EQ(peer.addresses->except.size(), 2U);
  EXPECT_EQ(text_of(peer.addresses->except[1]), "10.2.0.0/16");
  EXPECT_EQ(text_of(peer_of("{ipBlock: {cidr: 'fd00::/8'}}").addresses->block), "fd00::/8");
}

TEST(ReadNetworkPolicy, ReadsPortsByNumberRangeNameAndProtocol) {
  const PolicyPort number = port_of("{port: 3002}");
  EXPECT_EQ(number.protocol, "TCP");
  EXPECT_EQ(number.first, 3002);
  EXPECT_EQ(number.last, 3002);
  EXPECT_EQ(number.name, "");
  EXPECT_EQ(number.origin, origin_at(5, 45));
  const PolicyPort range = port_of("{port: 3000, endPort: 4000, protocol: UDP}");
  EXPECT_EQ(range.protocol, "UDP");
  EXPECT_EQ(range.first, 3000);
  EXPECT_EQ(range.last, 4000);
  EXPECT_EQ(port_of("{port: 3000, endPort: 3000}").last, 3000);
  EXPECT_EQ(port_of("{port: 3000, endPort: null}").last, 3000);
  const PolicyPort name = port_of("{port: http, protocol: SCTP}");
  EXPECT_EQ(name.protocol, "SCTP");
  EXPECT_EQ(name.name, "http");
  EXPECT_EQ(name.first, 0);
  EXPECT_EQ(port_of("{port: 'a-1-b'}").name, "a-1-b");
}

TEST(ReadNetworkPolicy, TakesAnEntryWithoutPortForEveryPortOfItsProtocol) {
  for (const char* entry : {"{}", "{protocol: TCP}", "{port: null}", "null", "{protocol: ''}"}) {
    const PolicyPort port = port_of(entry);
    EXPECT_EQ(port.protocol, "TCP") << entry;
    EXPECT_EQ(port.first, 0) << entry;
    EXPECT_EQ(port.last, 0) << entry;
    EXPECT_EQ(port.name, "") << entry;
  }
}

TEST(ReadNetworkPolicy, RefusesPeersThatTheApiServerRefuses) {
  const std::string none = "a peer of a NetworkPolicy has no ipBlock and no selector";
  EXPECT_EQ(refusal_of_peer("{}"), none);
  EXPECT_EQ(refusal_of_peer("{podSelector: null}"), none);
  EXPECT_EQ(refusal_of_peer("null"), "a peer of a NetworkPolicy is not a mapping");
  EXPECT_EQ(refusal_of_peer("any"), "a peer of a NetworkPolicy is not a mapping");
  EXPECT_EQ(refusal_of_peer("{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}"),
            "a peer of a NetworkPolicy has an ipBlock beside a selector");
}

TEST(ReadNetworkPolicy, RefusesBlocksThatAreNone) {
  const std::string no_block = "'cidr' of an ipBlock is not an address block";
  for (const char* block : {"{}", "{cidr: 10.0.0.0}", "{cidr: 10.0.0.0/33}", "{cidr: any}",
                            "{cidr: [10.0.0.0/8]}", "{cidr: null}"}) {
    EXPECT_EQ(refusal_of_peer("{ipBlock: " + std::string{block} + "}"), no_block) << block;
  }
  EXPECT_EQ(refusal_of_peer("{ipBlock: {cidr: 10.0.0.0/8, except: [any]}}"),
            "'except' of an ipBlock is not an address block");
  for (const char* except : {"11.0.0.0/16", "10.0.0.0/8", "0.0.0.0/0", "'fd00::/16'"}) {
    EXPECT_EQ(
        refusal_of_peer("{ipBlock: {cidr: 10.0.0.0/8, except: [" + std::string{except} + "]}}"),
        "'except' of an ipBlock is not a part of its 'cidr'")
        << except;
  }
}

TEST(ReadNetworkPolicy, RefusesPortsThatAreNone) {
  const std::string no_port = "'port' of a NetworkPolicy is not a port number or a name";
  for (const char* port : {"'80'", "Http", "a--b", "-a", "a-", "a_b", "'1-2'", "abcdefghijklmnop",
                           "''", "[80]", "{a: b}"}) {
    EXPECT_NE(refusal_of_port("{port: " + std::string{port} + "}"), "") << port;
  }
  EXPECT_EQ(refusal_of_port("{port: '80'}"), no_port);
  for (const char* port : {"0", "65536", "-1", "true", "1.5"}) {
    EXPECT_EQ(refusal_of_port("{port: " + std::string{port} + "}"), "'port' is not a port number")
        << port;
  }
  EXPECT_EQ(refusal_of_port("80"), "a port of a NetworkPolicy is not a mapping");
  EXPECT_EQ(refusal_of_port("{protocol: tcp}"),
            "'protocol' of a NetworkPolicy is none of TCP, UDP and SCTP");
}

TEST(ReadNetworkPolicy, RefusesAnEndPortThatEndsNothing) {
  const std::string message = "'endPort' of a NetworkPolicy does not follow a port number";
  EXPECT_EQ(refusal_of_port("{port: 3000, endPort: 2999}"), message);
  EXPECT_EQ(refusal_of_port("{port: http, endPort: 2999}"), message);
  EXPECT_EQ(refusal_of_port("{endPort: 2999}"), message);
  EXPECT_EQ(refusal_of_port("{port: 3000, endPort: last}"), "'endPort' is not a port number");
}

TEST(ReadNetworkPolicy, RefusesOtherShapes) {
  EXPECT_EQ(refusal_of("policyTypes: [Both]"),
            "an entry of 'policyTypes' is neither Ingress nor Egress");
  EXPECT_EQ(refusal_of("ingress: {}"), "'ingress' is not a list");
  EXPECT_EQ(refusal_of("ingress: [any]"), "a rule of a NetworkPolicy is not a mapping");
  EXPECT_EQ(refusal_of("ingress: [{from: {}}]"), "'from' is not a list");
  EXPECT_EQ(refusal_of("podSelector: any"), "'podSelector' is not a mapping");
  EXPECT_EQ(refusal_of_peer("{ipBlock: any}"), "'ipBlock' is not a mapping");
  EXPECT_EQ(refusal_of_peer("{podSelector: {matchExpressions: [{key: a, operator: Is}]}}"),
            "'operator' of a selector is none of In, NotIn, Exists and DoesNotExist");
}

}  // namespace
}  // namespace compliance::test::read_network_policy_test
