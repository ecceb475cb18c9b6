// network-policy-upstream-egress
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::upstream_egress_test {
namespace {

constexpr auto id = "network-policy-upstream-egress";
constexpr auto variable = "UPSTREAM_HOST_ALLOWLIST";

Installation pinned(Rules rules, const std::string& list = "api.example.com") {
  Container gateway = hardened_pod_container(Component::gateway);
  set_variable(gateway, variable, list);
  Installation installation = with_egress(Component::gateway, std::move(rules));
  containers_in(installation) = {gateway};
  return installation;
}

Outcome judged(Rules rules) { return status_of(id, pinned(std::move(rules))); }

TEST(NetworkPolicyUpstreamEgress, PassesWithAWayToHttps) {
  EXPECT_EQ(judged({rule({release_pods()}), rule({addresses("0.0.0.0/0")}, {port(443)})}),
            Outcome::pass);
  EXPECT_EQ(judged({rule({}, {port(443)})}), Outcome::pass);
}

TEST(NetworkPolicyUpstreamEgress, FailsWithoutOne) {
  const CheckResult result =
      result_of(id, pinned({rule({release_pods()}), rule({}, {port(5432)})}));
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no egress rule allows https to the upstreams of its allowlist");
  EXPECT_EQ(finding.expected, "a rule for TCP port 443");
  EXPECT_EQ(finding.observed, "none");
  EXPECT_EQ(finding.component, Component::gateway);
  EXPECT_EQ(finding.object, "Deployment caracal-gateway");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 30, 1));
}

TEST(NetworkPolicyUpstreamEgress, DoesNotApplyWithoutAHostInTheAllowlist) {
  EXPECT_EQ(status_of(id, pinned({}, "")), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, pinned({}, " , ,")), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, with_egress(Component::gateway, {})), Outcome::not_applicable);
}

TEST(NetworkPolicyUpstreamEgress, IsUnknownWhenTheAllowlistCannotBeTold) {
  Installation installation = pinned({});
  set_unresolved_variable(containers_in(installation).front(), variable);
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  installation.kubernetes.network.policies.front().egress = {rule({}, {port(443)})};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(NetworkPolicyUpstreamEgress, IsAboutTheGatewayAlone) {
  Installation installation = pinned({});
  installation.kubernetes.network.pods = {pod_of(Component::api), pod_of(Component::sts)};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
  for (NetworkPod& pod : installation.kubernetes.network.pods) {
    pod.fault = unclear();
  }
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(NetworkPolicyUpstreamEgress, LeavesUnselectedPodsToCoversAll) {
  Installation installation = pinned({});
  installation.kubernetes.network.policies.front().has_egress = false;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(NetworkPolicyUpstreamEgress, IsUnknownWhenItCannotBeToldWhatSelectsTheGateway) {
  Installation installation = pinned({});
  installation.kubernetes.network.pods.front().fault = unclear();
  EXPECT_EQ(summary_of(id, installation),
            "unknown: the namespace is not known [manifests.yaml:30:1]");
}

}  // namespace
}  // namespace compliance::test::upstream_egress_test
