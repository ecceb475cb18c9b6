// Egress to everywhere.
#include "checks/network_policy/shared/open_egress.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test {
namespace {

std::string_view name_of(OpenPort kind) {
  switch (kind) {
    case OpenPort::accepted:
      return "accepted";
    case OpenPort::dns:
      return "dns";
    case OpenPort::https:
      return "https";
    case OpenPort::forbidden:
      return "forbidden";
  }
  return "";
}

// "KIND PORTS" of everything that is open.
Messages open_by(Rules rules) {
  const InEffect in_effect{std::move(rules)};
  Messages open;
  for (const OpenEgress& one : open_egress(in_effect.all())) {
    open.push_back(std::string{name_of(one.kind)} + " " + describe_ports(one));
  }
  return open;
}

TEST(OpenEgress, IsNoneWithADestination) {
  EXPECT_EQ(open_by({}), Messages{});
  EXPECT_EQ(open_by({rule({release_pods()}), rule({all_pods()}, {port(443)})}), Messages{});
  EXPECT_EQ(open_by({rule({addresses("10.0.0.0/8")})}), Messages{});
}

TEST(OpenEgress, IsEveryPortWithoutPorts_T69) {
  EXPECT_EQ(open_by({rule({})}), Messages{"forbidden every port"});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/0")})}), Messages{"forbidden every port"});
}

struct PortCase {
  const char* name;
  PolicyPort entry;
  const char* expected;
};

TEST(OpenEgress, KnowsWhichPortsLeadAnywhere_T69_T70) {
  const std::vector<PortCase> cases{
      {"a data store", port(5432), "accepted TCP port 5432"},
      {"the lowest", port(1), "accepted TCP port 1"},
      {"beside ssh", port(23), "accepted TCP port 23"},
      {"ssh", port(22), "forbidden TCP port 22"},
      {"the plain web", port(80), "forbidden TCP port 80"},
      {"dns", port(53, "UDP"), "dns UDP port 53"},
      {"dns over TCP", port(53), "dns TCP port 53"},
      {"https", port(443), "https TCP port 443"},
      {"https over QUIC", port(443, "UDP"), "https UDP port 443"},
      {"other UDP", port(5432, "UDP"), "forbidden UDP port 5432"},
      {"SCTP", port(5432, "SCTP"), "forbidden SCTP port 5432"},
      {"SCTP of a known number", port(53, "SCTP"), "forbidden SCTP port 53"},
      {"a range", ports(5432, 5433), "forbidden TCP ports 5432 to 5433"},
      {"a range of one", ports(5432, 5432), "accepted TCP port 5432"},
      {"a protocol", every_port_of("TCP"), "forbidden every TCP port"},
      {"a name", port_named("postgres"), "accepted a named TCP port"},
      {"a name of UDP", port_named("syslog", "UDP"), "forbidden a named UDP port"},
      {"the name dns", port_named("dns", "UDP"), "dns a named UDP port"},
      {"the name dns-tcp", port_named("dns-tcp"), "dns a named TCP port"},
      {"the name domain", port_named("domain"), "dns a named TCP port"},
      {"the name https", port_named("https"), "https a named TCP port"},
      {"the name http", port_named("http"), "forbidden a named TCP port"},
      {"the name ssh", port_named("ssh"), "forbidden a named TCP port"}};
  for (const PortCase& one : cases) {
    EXPECT_EQ(open_by({rule({}, {one.entry})}), Messages{one.expected}) << one.name;
  }
}

TEST(OpenEgress, GoesToAddressBlocksThatLeaveOutThePrivateOnesAlone_T70) {
  const NetworkPolicyRule but_private = rule(
      {addresses("0.0.0.0/0", {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"})}, {port(443)});
  EXPECT_EQ(open_by({but_private}), Messages{"https TCP port 443"});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/0", {"8.0.0.0/8"})}, {port(443)})}), Messages{});
  EXPECT_EQ(open_by({rule({addresses("0.0.0.0/1"), addresses("128.0.0.0/1")}, {port(443)})}),
            Messages{"https TCP port 443"});
}

const PolicyPeer low = addresses("0.0.0.0/1");
const PolicyPeer high = addresses("128.0.0.0/1");

TEST(OpenEgress, IsFoundAcrossRules) {
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({release_pods(), high}, {port(443)})}),
            Messages{"https TCP port 443"});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high}, {port(444)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high}, {port(443, "UDP")})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {port(443)}), rule({high})}), Messages{"https TCP port 443"});
  EXPECT_EQ(open_by({rule({low}), rule({high})}),
            (Messages{"forbidden every TCP port", "forbidden every UDP port",
                      "forbidden every SCTP port"}));
}

TEST(OpenEgress, IsFoundAcrossRulesWherePortsOverlap) {
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(15, 30)})}),
            Messages{"forbidden TCP ports 15 to 20"});
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(20, 30)})}),
            Messages{"accepted TCP port 20"});
  EXPECT_EQ(open_by({rule({low}, {ports(10, 20)}), rule({high}, {ports(21, 30)})}), Messages{});
  EXPECT_EQ(open_by({rule({low}, {every_port_of("TCP")}), rule({high}, {ports(60000, 65535)})}),
            Messages{"forbidden TCP ports 60000 to 65535"});
  EXPECT_EQ(open_by({rule({low}, {port(7), ports(5, 9)}), rule({high}, {port(7)})}),
            Messages{"accepted TCP port 7"});
  EXPECT_EQ(open_by({rule({low}, {port_named("a")}), rule({high}, {port_named("a")})}), Messages{});
}

TEST(OpenEgress, SaysWhichRuleOpensIt) {
  NetworkPolicyRule first = rule({low}, {port(443)});
  first.origin = at(Source::kubernetes, 61, 5);
  const InEffect joint{
      {rule({addresses("10.0.0.0/8")}, {port(1)}), first, rule({high}, {port(443)})}};
  ASSERT_EQ(open_egress(joint.all()).size(), 1U);
  EXPECT_EQ(open_egress(joint.all())[0].origin, at(Source::kubernetes, 61, 5));
  EXPECT_EQ(open_egress(joint.all())[0].policy, "caracal");
  EXPECT_FALSE(open_egress(joint.all())[0].bare_peer);

  const InEffect single{{rule({}, {port(443)}), bare_peer()}};
  const auto open = open_egress(single.all());
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].origin, at(Source::kubernetes, 80, 1));
  EXPECT_EQ(open[0].policy, "caracal");
  EXPECT_FALSE(open[0].bare_peer);
  EXPECT_EQ(open[1].origin, at(Source::kubernetes, 60, 5));
  EXPECT_TRUE(open[1].bare_peer);
}

TEST(OpenEgress, CountsAcceptedPortsOnce_T69) {
  const auto count = [](Rules rules) {
    const InEffect in_effect{std::move(rules)};
    return accepted_ports(open_egress(in_effect.all()));
  };
  EXPECT_EQ(count({}), 0U);
  EXPECT_EQ(count({rule({}, {port(5432), port(6379), port(5432)}), rule({}, {port(6379)})}), 2U);
  EXPECT_EQ(count({rule({}, {port_named("a"), port_named("b"), port_named("a")})}), 2U);
  EXPECT_EQ(count({rule({}, {port(53), port(443), port(80), port(5432)})}), 1U);
}

TEST(OpenEgress, AnswersSoonForManyRules) {
  Rules rules;
  for (std::uint16_t number = 1; number <= 1000; ++number) {
    rules.push_back(rule({number % 2 == 0 ? low : high}, {port(number), port(9000)}));
  }
  EXPECT_EQ(open_by(std::move(rules)), Messages{"accepted TCP port 9000"});
}

}  // namespace
}  // namespace compliance::test
