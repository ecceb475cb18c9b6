// Who may reach a pod past its release.
#include "checks/network_policy/shared/open_ingress.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::open_ingress_test {
namespace {

Messages words_of(const std::vector<IngressPath>& paths) {
  Messages words;
  for (const IngressPath& path : paths) {
    words.push_back(path.fault ? "?" : path.message);
  }
  return words;
}

Messages wide(Rules rules, bool is_public = false, Component component = Component::audit) {
  const InEffect in_effect{std::move(rules)};
  return words_of(overly_broad_ingress(in_effect.all(), pod_of(component), is_public));
}

const std::string whole_protocol = "NetworkPolicy caracal admits every source to every TCP port";

TEST(WideWaysIn, AreNoneForTheReleaseAndForSinglePorts) {
  EXPECT_EQ(wide({rule({release_pods()})}), Messages{});
  EXPECT_EQ(wide({rule({all_pods(), addresses("10.0.0.0/8")}, {port(9090)})}), Messages{});
  EXPECT_EQ(wide({}), Messages{});
}

TEST(WideWaysIn, AreRulesForEverybodyOnAPortOfThePod) {
  const std::string message = "NetworkPolicy caracal admits every source to ";
  EXPECT_EQ(wide({rule({}, {port(9090)})}), Messages{message + "TCP port 9090"});
  EXPECT_EQ(wide({rule({}, {port_named("http")})}), Messages{message + "a named TCP port"});
  EXPECT_EQ(wide({rule({})}), Messages{message + "every port"});
  EXPECT_EQ(wide({rule({}, {port(9091)})}), Messages{});
  EXPECT_EQ(wide({rule({}, {port(9090)})}, true), Messages{});
}

TEST(WideWaysIn, AreRulesForEveryPortOfAProtocolEvenToPublicPods) {
  EXPECT_EQ(wide({rule({}, {every_port_of("TCP")})}, true), Messages{whole_protocol});
  EXPECT_EQ(wide({rule({}, {ports(1, 65535)})}, true), Messages{whole_protocol});
  EXPECT_EQ(wide({rule({}, {ports(1, 65534)})}, true), Messages{});
}

TEST(WideWaysIn, AreStrangersWithoutPortsEvenToPublicPods) {
  for (const bool is_public : {true, false}) {
    EXPECT_EQ(wide({rule({release_pods(), pods_in("monitoring")})}, is_public),
              Messages{"NetworkPolicy caracal admits every pod of the namespace monitoring to "
                       "every port"});
    EXPECT_EQ(wide({rule({addresses("10.0.0.0/8")}, {every_port_of("TCP")})}, is_public),
              Messages{"NetworkPolicy caracal admits the addresses 10.0.0.0/8 to every TCP port"});
  }
}

TEST(WideWaysIn, CannotBeToldOfPodsThatMayBeTheReleases) {
  EXPECT_EQ(wide({rule({undecided_pods()})}), Messages{"?"});
  EXPECT_EQ(wide({rule({undecided_pods()}, {every_port_of("TCP")})}), Messages{"?"});
  EXPECT_EQ(wide({rule({undecided_pods()}, {port(9090)})}), Messages{});
  EXPECT_EQ(wide({rule({undecided_pods(), all_pods()})}),
            Messages{"NetworkPolicy caracal admits pods of every namespace to every port"});
}

TEST(WideWaysIn, AreBlocksThatLeaveNothingOut) {
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/0")}, {port(9090)})}),
            Messages{"NetworkPolicy caracal admits the addresses 0.0.0.0/0 to TCP port 9090"});
  EXPECT_EQ(wide({rule({addresses("::/0")}, {port_named("http")})}),
            Messages{"NetworkPolicy caracal admits the addresses ::/0 to TCP port 9090"});
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/0")}, {port(9090)})}, true), Messages{});
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/0")}, {port(9091)})}), Messages{});
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/0", {"10.0.0.0/8"})}, {port(9090)})}), Messages{});
}

TEST(WideWaysIn, AreBlocksOfSeveralRulesTogether) {
  const NetworkPolicyRule low = rule({addresses("0.0.0.0/1")}, {port(9090)});
  const NetworkPolicyRule high =
      rule({release_pods(), addresses("128.0.0.0/1")}, {ports(9000, 9100)});
  EXPECT_EQ(wide({rule({release_pods()}), low, high}),
            Messages{"NetworkPolicy caracal admits address blocks that together cover every "
                     "address to TCP port 9090"});
  EXPECT_EQ(wide({low, rule({addresses("128.0.0.0/1")}, {port(9091)})}), Messages{});
}

TEST(WideWaysIn, AreToldOnceForEachRule) {
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/0")})}),
            Messages{"NetworkPolicy caracal admits the addresses 0.0.0.0/0 to every port"});
  EXPECT_EQ(wide({rule({addresses("0.0.0.0/1")}), rule({addresses("128.0.0.0/1")}, {port(9090)})}),
            (Messages{"NetworkPolicy caracal admits the addresses 0.0.0.0/1 to every port",
                      "NetworkPolicy caracal admits address blocks that together cover every "
                      "address to TCP port 9090"}));
  NetworkPod pod = pod_of(Component::audit);
  pod.ports.push_back({.number = 9091});
  const InEffect in_effect{{rule({addresses("0.0.0.0/0")}, {port(9090), port(9091)})}};
  EXPECT_EQ(overly_broad_ingress(in_effect.all(), pod, false).size(), 1U);
}

TEST(WideWaysIn, StandWhereTheRuleStands) {
  NetworkPolicyRule first = rule({addresses("0.0.0.0/1")}, {port(9090)});
  first.origin = at(Source::kubernetes, 61, 5);
  const InEffect in_effect{
      {rule({release_pods()}), first, rule({addresses("128.0.0.0/1")}, {port(9090)})}};
  const auto paths = overly_broad_ingress(in_effect.all(), pod_of(Component::audit), false);
  ASSERT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths[0].origin, at(Source::kubernetes, 61, 5));
}

TEST(WideWaysIn, SayWhatAMisplacedPeerBecomes) {
  EXPECT_EQ(wide({bare_peer({port(9090)})}),
            Messages{"NetworkPolicy caracal admits every source to TCP port 9090: a peer is "
                     "written in place of a rule"});
}

const PolicyPeer prometheus = pods_in("monitoring", {{"app", "prometheus"}, {"tier", "x"}});
const NetworkPolicyRule scraping = rule({prometheus}, {port(9090)});

AllowedIngress scraper() {
  return {.object_namespace = "monitoring", .pods = {{"app", "prometheus"}}};
}

Messages undeclared(const NetworkPolicyRule& one, const std::vector<AllowedIngress>& allowed) {
  const InEffect in_effect{{one}};
  return words_of(undeclared_ingress(in_effect.all(), pod_of(Component::audit), allowed));
}

TEST(UndeclaredWaysIn, AreNoneForTheRelease) {
  EXPECT_EQ(undeclared(rule({release_pods()}), {}), Messages{});
}

TEST(UndeclaredWaysIn, AreOneForEachStranger) {
  EXPECT_EQ(
      undeclared(rule({all_pods(), release_pods(), addresses("10.0.0.0/8")}, {port(9090)}), {}),
      (Messages{"NetworkPolicy caracal admits pods of every namespace to TCP port 9090",
                "NetworkPolicy caracal admits the addresses 10.0.0.0/8 to TCP port 9090"}));
  EXPECT_EQ(undeclared(rule({all_pods()}, {port(9091)}), {}), Messages{});
}

TEST(UndeclaredWaysIn, AreRulesForEverybodyWhateverIsDeclared) {
  EXPECT_EQ(undeclared(rule({}, {port(9090)}), {scraper(), {.block = block("0.0.0.0/0")}}),
            Messages{"NetworkPolicy caracal admits every source to TCP port 9090"});
}

TEST(UndeclaredWaysIn, AreNoneForPodsThatAnEntryNames) {
  EXPECT_EQ(undeclared(scraping, {scraper()}), Messages{});
  EXPECT_EQ(undeclared(scraping, {{.object_namespace = "monitoring"}}), Messages{});
  EXPECT_EQ(undeclared(rule({pods_in("monitoring")}), {{.object_namespace = "monitoring"}}),
            Messages{});
}

struct Declaration {
  const char* name;
  AllowedIngress entry;
};

TEST(UndeclaredWaysIn, AreWhatNoEntryNamesWhole) {
  AllowedIngress elsewhere = scraper();
  elsewhere.object_namespace = "logging";
  AllowedIngress other_value = scraper();
  other_value.pods["app"] = "grafana";
  AllowedIngress more_labels = scraper();
  more_labels.pods["role"] = "scraper";
  AllowedIngress other_component = scraper();
  other_component.components = {Component::sts, Component::gateway};
  AllowedIngress other_port = scraper();
  other_port.ports = {8080, 8081};
  for (const Declaration& one : std::vector<Declaration>{{"another namespace", elsewhere},
                                                         {"another value", other_value},
                                                         {"more labels", more_labels},
                                                         {"other components", other_component},
                                                         {"other ports", other_port},
                                                         {"a block", {.block = block("::/0")}}}) {
    EXPECT_EQ(undeclared(scraping, {one.entry}).size(), 1U) << one.name;
    EXPECT_EQ(undeclared(scraping, {one.entry, scraper()}).size(), 0U) << one.name;
  }
}

TEST(UndeclaredWaysIn, FollowComponentsAndPorts) {
  AllowedIngress entry = scraper();
  entry.components = {Component::sts, Component::audit};
  entry.ports = {9090};
  EXPECT_EQ(undeclared(scraping, {entry}).size(), 0U);
  EXPECT_EQ(undeclared(rule({prometheus}), {entry}).size(), 1U);
  EXPECT_EQ(undeclared(rule({prometheus}, {every_port_of("TCP")}), {entry}).size(), 1U);
  EXPECT_EQ(undeclared(rule({prometheus}, {ports(9000, 9100)}), {entry}).size(), 0U);
}

TEST(UndeclaredWaysIn, NeedEachPortOfThePodNamed) {
  NetworkPod pod = pod_of(Component::audit);
  pod.ports.push_back({.number = 9091});
  const InEffect in_effect{{rule({prometheus}, {port(9090), port(9091)})}};
  AllowedIngress first = scraper();
  first.ports = {9090};
  AllowedIngress second = scraper();
  second.ports = {9091};
  EXPECT_EQ(undeclared_ingress(in_effect.all(), pod, {first}).size(), 1U);
  EXPECT_EQ(undeclared_ingress(in_effect.all(), pod, {first, second}).size(), 0U);
}

TEST(UndeclaredWaysIn, NeedEachNamespaceNamed) {
  PolicyPeer two = prometheus;
  two.bound_namespaces = {{"monitoring", "logging"}};
  AllowedIngress logging = scraper();
  logging.object_namespace = "logging";
  EXPECT_EQ(undeclared(rule({two}, {port(9090)}), {scraper()}).size(), 1U);
  EXPECT_EQ(undeclared(rule({two}, {port(9090)}), {scraper(), logging}).size(), 0U);
  two.bound_namespaces.reset();
  EXPECT_EQ(undeclared(rule({two}, {port(9090)}), {scraper(), logging}).size(), 1U);
}

TEST(UndeclaredWaysIn, NeedALabelDemandedWithThatValueAlone) {
  const auto peer = [](LabelOperator op, std::vector<std::string> values) {
    PolicyPeer result = pods_in("monitoring");
    result.pods = {.requirements = {{.key = "app", .op = op, .values = std::move(values)}}};
    return rule({result}, {port(9090)});
  };
  EXPECT_EQ(undeclared(peer(LabelOperator::in, {"prometheus"}), {scraper()}).size(), 0U);
  EXPECT_EQ(undeclared(peer(LabelOperator::in, {"prometheus", "x"}), {scraper()}).size(), 1U);
  EXPECT_EQ(undeclared(peer(LabelOperator::not_in, {"prometheus"}), {scraper()}).size(), 1U);
  EXPECT_EQ(undeclared(peer(LabelOperator::exists, {}), {scraper()}).size(), 1U);
  EXPECT_EQ(undeclared(rule({pods_in("monitoring")}, {port(9090)}), {scraper()}).size(), 1U);
}

TEST(UndeclaredWaysIn, FollowAddressBlocks) {
  const NetworkPolicyRule one = rule({addresses("10.1.0.0/16")}, {port(9090)});
  EXPECT_EQ(undeclared(one, {{.block = block("10.0.0.0/8")}}).size(), 0U);
  EXPECT_EQ(undeclared(one, {{.block = block("10.1.0.0/16")}}).size(), 0U);
  EXPECT_EQ(undeclared(one, {{.block = block("10.1.0.0/17")}}).size(), 1U);
  EXPECT_EQ(undeclared(one, {{.block = block("10.2.0.0/16")}}).size(), 1U);
  EXPECT_EQ(undeclared(one, {{.object_namespace = "caracal"}}).size(), 1U);
  EXPECT_EQ(undeclared(scraping, {{.block = block("0.0.0.0/0")}}).size(), 1U);
}

TEST(UndeclaredWaysIn, CannotBeToldOfPodsThatMayBeTheReleases) {
  EXPECT_EQ(undeclared(rule({undecided_pods()}), {}), Messages{"?"});
  EXPECT_EQ(undeclared(rule({undecided_pods()}), {{.object_namespace = "caracal"}}), Messages{});
}

}  // namespace
}  // namespace compliance::test::open_ingress_test
