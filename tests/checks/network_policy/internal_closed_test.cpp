// network-policy-internal-closed
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::internal_closed_test {
namespace {

constexpr auto id = "network-policy-internal-closed";

const AllowedIngress prometheus{.object_namespace = "monitoring",
                                .pods = {{"app", "prometheus"}},
                                .components = {Component::sts},
                                .ports = {8080}};

CheckResult judged(Component component, Rules rules, std::vector<AllowedIngress> allowed = {}) {
  Installation installation = with_ingress(component, std::move(rules));
  installation.allowed_ingress = std::move(allowed);
  return result_of(id, installation);
}

TEST(NetworkPolicyInternalClosed, PassesForTheReleaseItself) {
  EXPECT_EQ(judged(Component::sts, {rule({release_pods()})}).status, Outcome::pass);
  EXPECT_EQ(judged(Component::sts, {}).status, Outcome::pass);
}

TEST(NetworkPolicyInternalClosed, PassesForARuleOnPortsOfOtherPods) {
  EXPECT_EQ(judged(Component::sts, {rule({pods_in("ingress-nginx")}, {port(3002)})}).status,
            Outcome::pass);
}

TEST(NetworkPolicyInternalClosed, PassesForADeclaredPeer) {
  const Rules scraping{rule({pods_in("monitoring", {{"app", "prometheus"}})}, {port(8080)})};
  EXPECT_EQ(judged(Component::sts, scraping, {prometheus}).status, Outcome::pass);
  EXPECT_EQ(summary_of(judged(Component::sts, scraping)),
            "fail: NetworkPolicy caracal admits pods of the namespace monitoring to TCP port 8080 "
            "[manifests.yaml:71:1]");
}

TEST(NetworkPolicyInternalClosed, FailsForAStranger) {
  const CheckResult result =
      judged(Component::audit, {rule({release_pods(), pods_in("ingress-nginx")}, {port(9090)})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "NetworkPolicy caracal admits every pod of the namespace ingress-nginx to TCP port "
            "9090");
  EXPECT_EQ(finding.expected, "the release's pods and allowed_ingress");
  EXPECT_EQ(finding.observed, "other sources");
  EXPECT_EQ(finding.component, Component::audit);
  EXPECT_EQ(finding.object, "Deployment caracal-audit");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 71, 1));
}

TEST(NetworkPolicyInternalClosed, FailsForEverybody) {
  EXPECT_EQ(messages_of(judged(Component::audit, {rule({})})),
            Messages{"NetworkPolicy caracal admits every source to every port"});
}

TEST(NetworkPolicyInternalClosed, DoesNotApplyToPublicComponents) {
  EXPECT_EQ(judged(Component::web, {rule({pods_in("ingress-nginx")}, {port(3002)})}).status,
            Outcome::not_applicable);
  EXPECT_EQ(judged(Component::edge, {rule({})}).status, Outcome::not_applicable);
}

TEST(NetworkPolicyInternalClosed, LeavesUnselectedPodsToCoversAll) {
  Installation installation = with_ingress(Component::audit, {rule({})});
  installation.kubernetes.network.policies.front().has_ingress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyInternalClosed, IsUnknownWhereTheReleasesNamespaceDecides) {
  const CheckResult result = judged(Component::audit, {rule({undecided_pods()})});
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().message,
            "a NetworkPolicy admits pods of a namespace by name, but the namespace of the release "
            "is not known: set kubernetes.namespace");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 71, 1));
}

TEST(NetworkPolicyInternalClosed, IsUnknownForInternalPodsAloneWhereAnotherKindMayStandIn) {
  Installation installation = network_of({pod_of(Component::audit), pod_of(Component::web)}, {});
  for (NetworkPod& pod : installation.kubernetes.network.pods) {
    pod.other_policy = cilium();
  }
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::audit);
  EXPECT_EQ(summary_of(result.findings.front()),
            "unknown: no NetworkPolicy selects its pods for Ingress, and the CiliumNetworkPolicy "
            "that is present is not evaluated [manifests.yaml:95:1]");
}

}  // namespace
}  // namespace compliance::test::internal_closed_test
