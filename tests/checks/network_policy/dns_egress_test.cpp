// network-policy-dns-egress
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::dns_egress_test {
namespace {

constexpr auto id = "network-policy-dns-egress";

CheckResult judged(Rules rules, Component component = Component::sts) {
  return result_of(id, with_egress(component, std::move(rules)));
}

const NetworkPolicyRule to_name_servers =
    rule({pods_in("kube-system")}, {port(53, "UDP"), port(53)});

TEST(NetworkPolicyDnsEgress, PassesWithARuleForNameServers) {
  EXPECT_EQ(judged({rule({release_pods()}), to_name_servers}).status, Outcome::pass);
  EXPECT_EQ(judged({rule({}, {port(53, "UDP")})}).status, Outcome::pass);
}

TEST(NetworkPolicyDnsEgress, FailsForTheOldChartWithDefaults) {
  const CheckResult result =
      judged({rule({release_pods()}), rule({}, {port(5432), port(6379), port(4317), port(4318)})});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no egress rule allows DNS");
  EXPECT_EQ(finding.expected, "a rule for UDP port 53");
  EXPECT_EQ(finding.observed, "none");
  EXPECT_EQ(finding.component, Component::sts);
  EXPECT_EQ(finding.object, "Deployment caracal-sts");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 30, 1));
}

TEST(NetworkPolicyDnsEgress, FailsForABarePeerWithAndWithoutPorts) {
  for (const NetworkPolicyRule& malformed : {bare_peer(), bare_peer({port(53, "UDP"), port(53)})}) {
    const CheckResult result = judged({rule({release_pods()}), malformed});
    ASSERT_EQ(result.status, Outcome::fail);
    const Finding& finding = result.findings.front();
    EXPECT_EQ(finding.message,
              "the only egress rule for DNS is a bare peer, whose fields the API server drops");
    EXPECT_EQ(finding.expected, "a rule with `to`");
    EXPECT_EQ(finding.observed, "a peer in place of a rule");
    EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
  }
}

TEST(NetworkPolicyDnsEgress, PassesForABarePeerBesideAGoodRule) {
  EXPECT_EQ(judged({bare_peer(), to_name_servers}).status, Outcome::pass);
  EXPECT_EQ(judged({to_name_servers, bare_peer()}).status, Outcome::pass);
}

TEST(NetworkPolicyDnsEgress, AppliesToWhatFindsOthersByName) {
  for (const Component component :
       {Component::web, Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::migrate, Component::auth_migrate, Component::edge}) {
    EXPECT_EQ(summary_of(judged({}, component)),
              "fail: no egress rule allows DNS [manifests.yaml:30:1]")
        << name_of(component);
  }
  for (const Component component :
       {Component::postgres, Component::redis, Component::replay_init, Component::other}) {
    EXPECT_EQ(judged({}, component).status, Outcome::not_applicable) << name_of(component);
  }
}

TEST(NetworkPolicyDnsEgress, LeavesUnselectedPodsToCoversAll) {
  Installation installation = with_egress(Component::sts, {});
  installation.kubernetes.network.policies.front().has_egress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyDnsEgress, IsUnknownWhereAnotherKindOfPolicyMayStandIn) {
  Installation installation = network_of({pod_of(Component::sts), pod_of(Component::redis)}, {});
  for (NetworkPod& pod : installation.kubernetes.network.pods) {
    pod.other_policy = cilium();
  }
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::sts);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
}

}  // namespace
}  // namespace compliance::test::dns_egress_test
