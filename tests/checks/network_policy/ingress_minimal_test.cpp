// network-policy-ingress-minimal
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::ingress_minimal_test {
namespace {

constexpr auto id = "network-policy-ingress-minimal";

CheckResult judged(Component component, Rules rules) {
  return result_of(id, with_ingress(component, std::move(rules)));
}

TEST(NetworkPolicyIngressMinimal, PassesForThePackagedRule) {
  EXPECT_EQ(judged(Component::audit, {rule({release_pods()})}).status, Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, PassesWithoutRules) {
  EXPECT_EQ(judged(Component::audit, {}).status, Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, PassesForAStrangerOnASinglePort) {
  EXPECT_EQ(judged(Component::audit, {rule({pods_in("monitoring")}, {port(9090)})}).status,
            Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, PassesForARuleOnPortsOfOtherPods) {
  EXPECT_EQ(judged(Component::audit, {rule({}, {port(3002)})}).status, Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, PassesWhenEverybodyReachesAPublicComponent) {
  EXPECT_EQ(judged(Component::web, {rule({}, {port(3002)})}).status, Outcome::pass);
  EXPECT_EQ(judged(Component::edge, {rule({addresses("0.0.0.0/0")}, {port(443)})}).status,
            Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, FailsForARuleForEverybody) {
  const CheckResult result =
      judged(Component::audit, {rule({release_pods()}), rule({}, {port(9090)})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "NetworkPolicy caracal admits every source to TCP port 9090");
  EXPECT_EQ(finding.component, Component::audit);
  EXPECT_EQ(finding.object, "Deployment caracal-audit");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyIngressMinimal, FailsForEveryoneOnEveryPortEvenOfWeb) {
  EXPECT_EQ(summary_of(judged(Component::web, {rule({})})),
            "fail: NetworkPolicy caracal admits every source to every port [manifests.yaml:60:5]");
}

TEST(NetworkPolicyIngressMinimal, FailsForAStrangerWithoutPorts) {
  for (const Component component : {Component::audit, Component::web}) {
    EXPECT_EQ(messages_of(judged(component, {rule({pods_in("ingress-nginx")})})),
              Messages{"NetworkPolicy caracal admits every pod of the namespace ingress-nginx to "
                       "every port"});
  }
}

TEST(NetworkPolicyIngressMinimal, FailsForBlocksThatCoverAFamilyTogether) {
  const Rules halves{rule({addresses("0.0.0.0/1")}, {port(9090)}),
                     rule({addresses("128.0.0.0/1")}, {port(9090)})};
  EXPECT_EQ(summary_of(judged(Component::audit, halves)),
            "fail: NetworkPolicy caracal admits address blocks that together cover every address "
            "to TCP port 9090 [manifests.yaml:60:5]");
  EXPECT_EQ(judged(Component::audit, {halves[0]}).status, Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, SaysWhatABarePeerBecomes) {
  EXPECT_EQ(messages_of(judged(Component::audit, {bare_peer()})),
            Messages{"NetworkPolicy caracal admits every source to every port: a peer is written "
                     "in place of a rule"});
}

TEST(NetworkPolicyIngressMinimal, FollowsThePublicComponentsOfTheSite) {
  Installation installation = with_ingress(Component::gateway, {rule({}, {port(8081)})});
  EXPECT_EQ(
      summary_of(result_of(id, installation)),
      "fail: NetworkPolicy caracal admits every source to TCP port 8081 [manifests.yaml:60:5]");
  installation.public_components = {Component::gateway};
  EXPECT_EQ(result_of(id, installation).status, Outcome::pass);
}

TEST(NetworkPolicyIngressMinimal, LeavesUnselectedPodsToCoversAll) {
  Installation installation = with_ingress(Component::audit, {rule({})});
  installation.kubernetes.network.policies.front().has_ingress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyIngressMinimal, IsUnknownWhereTheReleasesNamespaceDecides) {
  const CheckResult result = judged(Component::audit, {rule({undecided_pods()})});
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyIngressMinimal, IsUnknownWhereAnotherKindOfPolicyMayStandIn) {
  Installation installation = with_ingress(Component::audit, {});
  installation.kubernetes.network.policies.front().has_ingress = false;
  installation.kubernetes.network.pods.front().other_policy = cilium();
  EXPECT_EQ(result_of(id, installation).findings.front().reason, UnknownReason::not_observable);
}

TEST(NetworkPolicyIngressMinimal, SaysOfEveryPodWhatItsPolicyOpens) {
  const auto open = policy_with({rule({})}, {});
  const CheckResult result =
      result_of(id, network_of({pod_of(Component::audit), pod_of(Component::coordinator)}, {open}));
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].object, "Deployment caracal-audit");
  EXPECT_EQ(result.findings[1].object, "Deployment caracal-coordinator");
}

}  // namespace
}  // namespace compliance::test::ingress_minimal_test
