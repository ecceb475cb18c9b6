// network-policy-covers-all
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::covers_all_test {
namespace {

constexpr auto id = "network-policy-covers-all";

NetworkPolicy for_directions(bool ingress, bool egress) {
  NetworkPolicy policy = policy_with({}, {});
  policy.has_ingress = ingress;
  policy.has_egress = egress;
  return policy;
}

CheckResult judged(std::vector<NetworkPolicy> policies, NetworkPod pod = pod_of(Component::audit)) {
  return result_of(id, network_of({std::move(pod)}, std::move(policies)));
}

TEST(NetworkPolicyCoversAll, PassesWhenOnePolicyIsForBothDirections) {
  EXPECT_EQ(judged({for_directions(true, true)}).status, Outcome::pass);
}

TEST(NetworkPolicyCoversAll, PassesWhenTwoPoliciesShareTheDirections) {
  EXPECT_EQ(judged({for_directions(true, false), for_directions(false, true)}).status,
            Outcome::pass);
}

TEST(NetworkPolicyCoversAll, FailsWithoutAPolicyForEgress) {
  const CheckResult result = judged({for_directions(true, false)});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no NetworkPolicy selects its pods for Egress");
  EXPECT_EQ(finding.expected, "Ingress and Egress");
  EXPECT_EQ(finding.observed, "Ingress");
  EXPECT_EQ(finding.component, Component::audit);
  EXPECT_EQ(finding.object, "Deployment caracal-audit");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 30, 1));
}

TEST(NetworkPolicyCoversAll, FailsWithoutAPolicyForIngress) {
  const CheckResult result = judged({for_directions(false, true)});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "no NetworkPolicy selects its pods for Ingress");
  EXPECT_EQ(result.findings.front().observed, "Egress");
}

TEST(NetworkPolicyCoversAll, FailsWithoutAnyPolicy) {
  const CheckResult result = judged({});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "no NetworkPolicy selects its pods");
  EXPECT_EQ(result.findings.front().expected, "Ingress and Egress");
  EXPECT_EQ(result.findings.front().observed, "neither");
}

TEST(NetworkPolicyCoversAll, FailsForEveryPodThatIsLeftOut) {
  Installation installation =
      network_of({pod_of(Component::web), pod_of(Component::sts), pod_of(Component::other)},
                 {for_directions(true, true)});
  installation.kubernetes.network.policy_sets.emplace_back();
  installation.kubernetes.network.pods[1].policy_set = 1;
  installation.kubernetes.network.pods[2].policy_set = 1;
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 3U);
  EXPECT_EQ(result.findings[0].object, "Deployment caracal-sts");
  EXPECT_EQ(result.findings[1].object, "Deployment caracal-other");
  EXPECT_EQ(summary_of(result.findings[1]),
            "fail: no NetworkPolicy selects its pods [manifests.yaml:30:1]");
  EXPECT_EQ(result.findings[2].outcome, Outcome::pass);
}

TEST(NetworkPolicyCoversAll, IsUnknownWhereAnotherKindOfPolicyMayStandIn) {
  NetworkPod pod = pod_of(Component::audit);
  pod.other_policy = cilium();
  EXPECT_EQ(judged({for_directions(true, true)}, pod).status, Outcome::pass);
  const CheckResult result = judged({for_directions(true, false)}, pod);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
  EXPECT_EQ(result.findings.front().message,
            "no NetworkPolicy selects its pods for Egress, and the CiliumNetworkPolicy that is "
            "present is not evaluated");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 95, 1));
  EXPECT_EQ(judged({for_directions(false, true)}, pod).findings.front().message,
            "no NetworkPolicy selects its pods for Ingress, and the CiliumNetworkPolicy that is "
            "present is not evaluated");
}

TEST(NetworkPolicyCoversAll, IsUnknownWhereAPolicyThatCannotBeReadMayStandIn) {
  NetworkPod pod = pod_of(Component::audit);
  pod.unread_policy = Fault{.reason = UnknownReason::unparsable, .message = "np"};
  expect_unknown(judged({for_directions(true, false)}, pod), *pod.unread_policy, pod.origin);
  EXPECT_EQ(judged({for_directions(true, true)}, pod).status, Outcome::pass);
}

TEST(NetworkPolicyCoversAll, IsUnknownWhenItCannotBeToldWhatSelectsThePod) {
  NetworkPod pod = pod_of(Component::audit);
  pod.fault = unclear();
  for (const auto& policies : {std::vector{for_directions(true, true)}, {}}) {
    const CheckResult result = judged(policies, pod);
    ASSERT_EQ(result.status, Outcome::unknown);
    EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
    EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 30, 1));
  }
}

TEST(NetworkPolicyCoversAll, DoesNotApplyWithoutPods) {
  EXPECT_EQ(result_of(id, network_of({}, {})).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::covers_all_test
