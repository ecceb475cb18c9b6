// network-policy-egress-minimal
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/checks/network_policy/policies.h"

namespace compliance::test::egress_minimal_test {
namespace {

constexpr auto id = "network-policy-egress-minimal";

Ports tcp_ports(std::initializer_list<std::uint16_t> numbers) {
  Ports entries;
  for (const std::uint16_t number : numbers) {
    entries.push_back(port(number));
  }
  return entries;
}

CheckResult judged(Rules rules) {
  return result_of(id, with_egress(Component::sts, std::move(rules)));
}

Outcome strictly(Rules rules) {
  const auto* check = find_check(id);
  EvaluationSettings settings;
  settings.policy.strict_egress = true;
  return evaluate_check(*check, with_egress(Component::sts, std::move(rules)), settings).status;
}

const NetworkPolicyRule packaged = rule({}, tcp_ports({5432, 6379, 4317, 4318}));

TEST(NetworkPolicyEgressMinimal, PassesForThePackagedRules_T69) {
  const CheckResult result = judged({rule({release_pods()}), packaged});
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(messages_of(result), Messages{});
  EXPECT_EQ(strictly({rule({release_pods()}), packaged}), Outcome::pass);
}

TEST(NetworkPolicyEgressMinimal, FailsForAnEmptyRule_T69) {
  const CheckResult result = judged({packaged, rule({})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "NetworkPolicy caracal lets every destination be reached on every port");
  EXPECT_EQ(finding.expected, "the destinations needed, or single ports");
  EXPECT_EQ(finding.observed, "every port");
  EXPECT_EQ(finding.component, Component::sts);
  EXPECT_EQ(finding.object, "Deployment caracal-sts");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyEgressMinimal, SaysWhatABarePeerBecomes_T69) {
  EXPECT_EQ(messages_of(judged({bare_peer()})),
            Messages{"NetworkPolicy caracal lets every destination be reached on every port: a "
                     "peer stands there in place of a rule"});
}

TEST(NetworkPolicyEgressMinimal, AcceptsSixPortsAndNotSeven_T69) {
  EXPECT_EQ(judged({packaged, rule({}, tcp_ports({6380, 9000}))}).status, Outcome::pass);
  const CheckResult result = judged({packaged, rule({}, tcp_ports({6380, 9000, 9001}))});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "policies let every destination be reached on many ports");
  EXPECT_EQ(finding.expected, "at most 6");
  EXPECT_EQ(finding.observed, "7");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyEgressMinimal, CountsAPortOfTwoPoliciesOnce_T69) {
  EXPECT_EQ(judged({packaged, packaged, rule({}, tcp_ports({5432, 6380, 9000}))}).status,
            Outcome::pass);
}

TEST(NetworkPolicyEgressMinimal, FailsForPortsThatLeadAnywhere_T69) {
  for (const std::uint16_t number : std::initializer_list<std::uint16_t>{22, 80}) {
    EXPECT_EQ(judged({rule({}, {port(number)})}).status, Outcome::fail) << number;
  }
  for (const std::uint16_t number : std::initializer_list<std::uint16_t>{21, 23, 79, 81}) {
    EXPECT_EQ(judged({rule({}, {port(number)})}).status, Outcome::pass) << number;
  }
  EXPECT_EQ(judged({rule({}, {ports(5432, 5433)})}).status, Outcome::fail);
  EXPECT_EQ(judged({rule({}, {every_port_of("TCP")})}).status, Outcome::fail);
  EXPECT_EQ(judged({rule({}, {port(5432, "UDP")})}).status, Outcome::fail);
}

TEST(NetworkPolicyEgressMinimal, NotesOpenDnsAndOpenHttps_T70) {
  const CheckResult result =
      judged({rule({}, {port(53, "UDP"), port(53)}), rule({addresses("0.0.0.0/0")}, {port(443)})});
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(messages_of(result),
            (Messages{"NetworkPolicy caracal lets every destination be reached on UDP port 53",
                      "NetworkPolicy caracal lets every destination be reached on TCP port 53",
                      "NetworkPolicy caracal lets every destination be reached on TCP port 443"}));
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 80, 1));
}

TEST(NetworkPolicyEgressMinimal, FailsForOpenDnsAndOpenHttpsWhenStrict_T70) {
  EXPECT_EQ(strictly({rule({}, {port(53, "UDP")})}), Outcome::fail);
  EXPECT_EQ(strictly({rule({}, {port(443)})}), Outcome::fail);
  EXPECT_EQ(strictly({rule({addresses("10.0.0.0/8")}, {port(443)})}), Outcome::pass);
}

TEST(NetworkPolicyEgressMinimal, LeavesUnselectedPodsToCoversAll) {
  Installation installation = with_egress(Component::sts, {rule({})});
  installation.kubernetes.network.policies.front().has_egress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyEgressMinimal, IsUnknownWhereAnotherKindOfPolicyMayStandIn) {
  Installation installation = with_egress(Component::sts, {});
  installation.kubernetes.network.policies.front().has_egress = false;
  installation.kubernetes.network.pods.front().other_policy = cilium();
  EXPECT_EQ(result_of(id, installation).findings.front().reason, UnknownReason::not_observable);
}

}  // namespace
}  // namespace compliance::test::egress_minimal_test
