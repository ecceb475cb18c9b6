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

// "fails on PORTS" of what is rejected, "notes PORTS" of what only strict_egress rejects.
Messages open_by(Rules rules) {
  const std::string opens = "NetworkPolicy caracal allows egress to every destination on ";
  Messages open;
  for (const Finding& finding : judged(std::move(rules)).findings) {
    if (finding.message.starts_with(opens)) {
      open.push_back((finding.outcome == Outcome::fail ? "fails on " : "notes ") +
                     finding.message.substr(opens.size()));
    }
  }
  return open;
}

const NetworkPolicyRule packaged = rule({}, tcp_ports({5432, 6379, 4317, 4318}));

TEST(NetworkPolicyEgressMinimal, PassesForThePackagedRules) {
  const CheckResult result = judged({rule({release_pods()}), packaged});
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(messages_of(result), Messages{});
  EXPECT_EQ(strictly({rule({release_pods()}), packaged}), Outcome::pass);
}

TEST(NetworkPolicyEgressMinimal, FailsForAnEmptyRule) {
  const CheckResult result = judged({packaged, rule({})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "NetworkPolicy caracal allows egress to every destination on every port");
  EXPECT_EQ(finding.expected, "the destinations needed, or single ports");
  EXPECT_EQ(finding.observed, "every port");
  EXPECT_EQ(finding.component, Component::sts);
  EXPECT_EQ(finding.object, "Deployment caracal-sts");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyEgressMinimal, SaysWhatABarePeerBecomes) {
  EXPECT_EQ(messages_of(judged({bare_peer()})),
            Messages{"NetworkPolicy caracal allows egress to every destination on every port: a "
                     "peer is written in place of a rule"});
}

TEST(NetworkPolicyEgressMinimal, AcceptsSixPortsAndNotSeven) {
  EXPECT_EQ(judged({packaged, rule({}, tcp_ports({6380, 9000}))}).status, Outcome::pass);
  const CheckResult result = judged({packaged, rule({}, tcp_ports({6380, 9000, 9001}))});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "policies allow egress to every destination on too many ports");
  EXPECT_EQ(finding.expected, "at most 6");
  EXPECT_EQ(finding.observed, "7");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyEgressMinimal, CountsAPortOfTwoPoliciesOnce) {
  EXPECT_EQ(judged({packaged, packaged, rule({}, tcp_ports({5432, 6380, 9000}))}).status,
            Outcome::pass);
}

TEST(NetworkPolicyEgressMinimal, FailsForPortsThatLeadAnywhere) {
  for (const std::uint16_t number : std::initializer_list<std::uint16_t>{22, 80}) {
    EXPECT_EQ(open_by({rule({}, {port(number)})}),
              Messages{"fails on TCP port " + std::to_string(number)});
  }
  for (const std::uint16_t number : std::initializer_list<std::uint16_t>{21, 23, 79, 81}) {
    EXPECT_EQ(judged({rule({}, {port(number)})}).status, Outcome::pass) << number;
  }
  EXPECT_EQ(summary_of(judged({rule({}, {ports(5432, 5433)})})),
            "fail: NetworkPolicy caracal allows egress to every destination on TCP ports 5432 to "
            "5433 [manifests.yaml:80:1]");
  EXPECT_EQ(summary_of(judged({rule({}, {every_port_of("TCP")})})),
            "fail: NetworkPolicy caracal allows egress to every destination on every TCP port "
            "[manifests.yaml:30:1]");
  EXPECT_EQ(summary_of(judged({rule({}, {port(5432, "UDP")})})),
            "fail: NetworkPolicy caracal allows egress to every destination on UDP port 5432 "
            "[manifests.yaml:80:1]");
}

TEST(NetworkPolicyEgressMinimal, NotesOpenDnsAndOpenHttps) {
  const CheckResult result =
      judged({rule({}, {port(53, "UDP"), port(53)}), rule({addresses("0.0.0.0/0")}, {port(443)})});
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(messages_of(result),
            (Messages{"NetworkPolicy caracal allows egress to every destination on UDP port 53",
                      "NetworkPolicy caracal allows egress to every destination on TCP port 53",
                      "NetworkPolicy caracal allows egress to every destination on TCP port 443"}));
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 80, 1));
}

TEST(NetworkPolicyEgressMinimal, FailsForOpenDnsAndOpenHttpsWhenStrict) {
  EXPECT_EQ(strictly({rule({}, {port(53, "UDP")})}), Outcome::fail);
  EXPECT_EQ(strictly({rule({}, {port(443)})}), Outcome::fail);
  EXPECT_EQ(strictly({rule({addresses("10.0.0.0/8")}, {port(443)})}), Outcome::pass);
}

TEST(OpenEgress, PassesWithADestination) {
  EXPECT_EQ(open_by({}), Messages{});
  EXPECT_EQ(open_by({rule({release_pods()}), rule({all_pods()}, {port(443)})}), Messages{});
  EXPECT_EQ(open_by({rule({addresses("10.0.0.0/8")})}), Messages{});
}

TEST(NetworkPolicyEgressMinimal, FailsForARuleWithoutPorts) {
  EXPECT_EQ(open_by({rule({})}), Messages{"fails on every port"});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/0")})}), Messages{"fails on every port"});
}

struct PortCase {
  const char* name;
  PolicyPort entry;
  const char* expected;  // null: accepted
};

TEST(NetworkPolicyEgressMinimal, KnowsWhichPortsLeadAnywhere) {
  const std::vector<PortCase> cases{
      {"a data store", port(5432), nullptr},
      {"the lowest", port(1), nullptr},
      {"beside ssh", port(23), nullptr},
      {"ssh", port(22), "fails on TCP port 22"},
      {"the plain web", port(80), "fails on TCP port 80"},
      {"dns", port(53, "UDP"), "notes UDP port 53"},
      {"dns over TCP", port(53), "notes TCP port 53"},
      {"https", port(443), "notes TCP port 443"},
      {"https over QUIC", port(443, "UDP"), "notes UDP port 443"},
      {"other UDP", port(5432, "UDP"), "fails on UDP port 5432"},
      {"SCTP", port(5432, "SCTP"), "fails on SCTP port 5432"},
      {"SCTP of a known number", port(53, "SCTP"), "fails on SCTP port 53"},
      {"a range", ports(5432, 5433), "fails on TCP ports 5432 to 5433"},
      {"a range of one", ports(5432, 5432), nullptr},
      {"a protocol", every_port_of("TCP"), "fails on every TCP port"},
      {"a name", port_named("postgres"), nullptr},
      {"a name of UDP", port_named("syslog", "UDP"), "fails on a named UDP port"},
      {"the name dns", port_named("dns", "UDP"), "notes a named UDP port"},
      {"the name dns-tcp", port_named("dns-tcp"), "notes a named TCP port"},
      {"the name domain", port_named("domain"), "notes a named TCP port"},
      {"the name https", port_named("https"), "notes a named TCP port"},
      {"the name http", port_named("http"), "fails on a named TCP port"},
      {"the name ssh", port_named("ssh"), "fails on a named TCP port"}};
  for (const PortCase& one : cases) {
    const Messages expected = one.expected == nullptr ? Messages{} : Messages{one.expected};
    EXPECT_EQ(open_by({rule({}, {one.entry})}), expected) << one.name;
  }
}

TEST(NetworkPolicyEgressMinimal, FindsAddressBlocksThatLeaveOutOnlyPrivateAddresses) {
  const NetworkPolicyRule but_private = rule(
      {addresses("0.0.0.0/0", {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"})}, {port(443)});
  EXPECT_EQ(open_by({but_private}), Messages{"notes TCP port 443"});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/0", {"8.0.0.0/8"})}, {port(443)})}), Messages{});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/1"), addresses("128.0.0.0/1")}, {port(443)})}),
            Messages{"notes TCP port 443"});
}

const PolicyPeer low = addresses("0.0.0.0/1");
const PolicyPeer high = addresses("128.0.0.0/1");

TEST(NetworkPolicyEgressMinimal, FindsPortsThatRulesOpenTogether) {
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({release_pods(), high}, {port(443)})}),
            Messages{"notes TCP port 443"});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high}, {port(444)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high}, {port(443, "UDP")})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high})}), Messages{"notes TCP port 443"});
  EXPECT_EQ(
      open_by({rule({low}), rule({high})}),
      (Messages{"fails on every TCP port", "fails on every UDP port", "fails on every SCTP port"}));
}

TEST(NetworkPolicyEgressMinimal, FindsPortsOfRulesThatOverlap) {
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(15, 30)})}),
            Messages{"fails on TCP ports 15 to 20"});
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(20, 30)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(21, 30)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {every_port_of("TCP")}), rule({high}, {ports(60000, 65535)})}),
            Messages{"fails on TCP ports 60000 to 65535"});
  EXPECT_EQ(open_by({rule({low}, {port(7), ports(5, 9)}), rule({high}, {port(7)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {port_named("a")}), rule({high}, {port_named("a")})}), Messages{});
}

TEST(NetworkPolicyEgressMinimal, SaysWhichRuleOpensAPort) {
  NetworkPolicyRule first = rule({low}, {port(80)});
  first.origin = at(Source::kubernetes, 61, 5);
  const CheckResult joint =
      judged({rule({addresses("10.0.0.0/8")}, {port(1)}), first, rule({high}, {port(80)})});
  ASSERT_EQ(joint.findings.size(), 1U);
  EXPECT_EQ(joint.findings[0].origin, at(Source::kubernetes, 61, 5));
  EXPECT_EQ(joint.findings[0].message,
            "NetworkPolicy caracal allows egress to every destination on TCP port 80");
  const CheckResult single = judged({rule({}, {port(80)}), bare_peer()});
  ASSERT_EQ(single.findings.size(), 2U);
  EXPECT_EQ(single.findings[0].origin, at(Source::kubernetes, 80, 1));
  EXPECT_EQ(single.findings[1].origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyEgressMinimal, CountsAcceptedPortsOnce) {
  const auto seven = tcp_ports({1, 2, 3, 4, 5, 6, 7});
  const auto six = tcp_ports({1, 2, 3, 4, 5, 6});
  const Messages too_many{"policies allow egress to every destination on too many ports"};
  EXPECT_EQ(messages_of(judged({rule({}, seven)})), too_many);
  EXPECT_EQ(messages_of(judged({rule({}, six), rule({}, six)})), Messages{});
  Ports named = tcp_ports({1, 2, 3, 4, 5});
  named.insert(named.end(), {port_named("a"), port_named("a")});
  EXPECT_EQ(messages_of(judged({rule({}, named)})), Messages{});
  named.push_back(port_named("b"));
  EXPECT_EQ(messages_of(judged({rule({}, named)})), too_many);
  EXPECT_EQ(messages_of(judged({rule({low}, {ports(20, 30)}), rule({high}, {port(20)})})),
            Messages{});
}

TEST(NetworkPolicyEgressMinimal, AnswersSoonForManyRules) {
  Rules rules;
  for (std::uint16_t number = 1; number <= 1000; ++number) {
    rules.push_back(rule({number % 2 == 0 ? low : high}, {port(number), port(80)}));
  }
  EXPECT_EQ(open_by(std::move(rules)), Messages{"fails on TCP port 80"});
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
