// network-policy-web-ingress
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test {
namespace {

constexpr auto id = "network-policy-web-ingress";

Installation routed(Rules rules, Component led_to = Component::web) {
  Installation installation = network_of({pod_of(Component::web), pod_of(Component::api)},
                                         {policy_with(std::move(rules), {})});
  installation.kubernetes.routes = {{.object = "Ingress caracal-web",
                                     .object_namespace = "caracal",
                                     .service = "caracal-web",
                                     .service_namespace = "caracal",
                                     .component = led_to}};
  return installation;
}

CheckResult judged(Rules rules) { return result_of(id, routed(std::move(rules))); }

TEST(NetworkPolicyWebIngress, PassesForAPeerOutsideTheRelease_T73) {
  const CheckResult result = judged({rule({pods_in("ingress-nginx")}, {port(3002)})});
  EXPECT_EQ(result.status, Outcome::pass);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(judged({rule({addresses("10.60.0.0/16")}, {port(3002)})}).status, Outcome::pass);
  EXPECT_EQ(judged({rule({release_pods(), all_pods()})}).status, Outcome::pass);
}

TEST(NetworkPolicyWebIngress, PassesByAnyOfItsRules_T73) {
  const NetworkPolicyRule named = rule({pods_in("ingress-nginx")}, {port_named("http")});
  EXPECT_EQ(judged({rule({release_pods()}), named}).status, Outcome::pass);
  EXPECT_EQ(judged({named, rule({}, {port(3002)})}).status, Outcome::pass);
  EXPECT_EQ(judged({rule({}, {port(3002)}), named}).status, Outcome::pass);
}

TEST(NetworkPolicyWebIngress, DoesNotApplyWithoutARouteToWeb_T73) {
  EXPECT_EQ(result_of(id, routed({rule({release_pods()})}, Component::api)).status,
            Outcome::not_applicable);
  EXPECT_EQ(result_of(id, with_ingress(Component::web, {})).status, Outcome::not_applicable);
}

TEST(NetworkPolicyWebIngress, FailsWhereOnlyTheReleaseGetsThrough_T73) {
  const CheckResult result = judged({rule({release_pods()})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no rule lets the controller of Ingress caracal-web in");
  EXPECT_EQ(finding.expected, "a rule with `from` for TCP port 3002");
  EXPECT_EQ(finding.observed, "none");
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, "Deployment caracal-web");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 30, 1));
  EXPECT_EQ(judged({}).status, Outcome::fail);
}

TEST(NetworkPolicyWebIngress, FailsForAnotherPort_T73) {
  EXPECT_EQ(judged({rule({pods_in("ingress-nginx")}, {port(3000)})}).status, Outcome::fail);
  EXPECT_EQ(judged({rule({pods_in("ingress-nginx")}, {port(3002, "UDP")})}).status, Outcome::fail);
}

TEST(NetworkPolicyWebIngress, FailsForARuleWithoutFrom_T73) {
  const CheckResult result = judged({rule({release_pods()}), rule({}, {port(3002)})});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "only a rule for every source lets the controller of Ingress caracal-web in");
  EXPECT_EQ(finding.expected, "a rule with `from` for TCP port 3002");
  EXPECT_EQ(finding.observed, "a rule without `from`");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyWebIngress, IsUnknownWhereTheReleasesNamespaceDecides) {
  const CheckResult result = judged({rule({undecided_pods()})});
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyWebIngress, LeavesUnselectedPodsToCoversAll) {
  Installation installation = routed({});
  installation.kubernetes.network.policies.front().has_ingress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyWebIngress, IsUnknownForWebAloneWhereAnotherKindMayStandIn) {
  Installation installation = routed({});
  installation.kubernetes.network.policies.front().has_ingress = false;
  for (NetworkPod& pod : installation.kubernetes.network.pods) {
    pod.other_policy = cilium();
  }
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
}

TEST(NetworkPolicyWebIngress, SaysOfEachWorkloadWhereItStands) {
  Installation installation = routed({});
  installation.kubernetes.network.pods[1].component = Component::web;
  installation.kubernetes.network.pods[1].ports = installation.kubernetes.network.pods[0].ports;
  installation.kubernetes.network.pods[1].origin = at(Source::kubernetes, 40, 1);
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].origin, at(Source::kubernetes, 30, 1));
  EXPECT_EQ(result.findings[1].origin, at(Source::kubernetes, 40, 1));
}

}  // namespace
}  // namespace compliance::test
