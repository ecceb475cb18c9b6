// Published and declared ports, in every syntax (T27, T28, T29).
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::ports_test {
namespace {

struct Expected {
  std::string address{};
  std::uint16_t host_first = 0;
  std::uint16_t host_last = 0;
  std::uint16_t container_first = 0;
  std::uint16_t container_last = 0;
  std::string protocol = "tcp";
};

struct Case {
  const char* name;
  std::string entry;
  Expected expected;
};

class PortForms : public testing::TestWithParam<Case> {};

TEST_P(PortForms, AreReadAsComposeReadsThem) {
  const Container container = app("ports:\n  - " + GetParam().entry);
  ASSERT_EQ(container.published_ports.size(), 1U);
  const PublishedPort& port = container.published_ports.front();
  const Expected& expected = GetParam().expected;
  EXPECT_EQ(port.host_address, expected.address);
  EXPECT_EQ(port.host_first, expected.host_first);
  EXPECT_EQ(port.host_last, expected.host_last);
  EXPECT_EQ(port.container_first, expected.container_first);
  EXPECT_EQ(port.container_last, expected.container_last);
  EXPECT_EQ(port.protocol, expected.protocol);
  EXPECT_EQ(port.fault, std::nullopt);
  EXPECT_EQ(port.origin, in_file(5, 9));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PortForms,
    testing::Values(
        Case{"Loopback", "\"127.0.0.1:8080:80\"", {"127.0.0.1", 8080, 8080, 80, 80}},
        Case{"SingleQuotes", "'127.0.0.1:8080:80'", {"127.0.0.1", 8080, 8080, 80, 80}},
        Case{"WithoutQuotes", "127.0.0.1:8080:80", {"127.0.0.1", 8080, 8080, 80, 80}},
        Case{"ContainerPortAlone", "8080", {"", 0, 0, 8080, 8080}},
        Case{"ContainerPortInQuotes", "\"8080\"", {"", 0, 0, 8080, 8080}},
        Case{"ContainerRange", "8080-8090", {"", 0, 0, 8080, 8090}},
        Case{"TwoPorts", "\"8080:80\"", {"", 8080, 8080, 80, 80}},
        Case{"Sexagesimal", "22:22", {"", 22, 22, 22, 22}},
        Case{"Udp", "\"5353:53/udp\"", {"", 5353, 5353, 53, 53, "udp"}},
        Case{"UpperCaseProtocol", "5353:53/UDP", {"", 5353, 5353, 53, 53, "udp"}},
        Case{"Sctp", "53/sctp", {"", 0, 0, 53, 53, "sctp"}},
        Case{"EveryAddress", "0.0.0.0:80:80", {"0.0.0.0", 80, 80, 80, 80}},
        Case{"EveryAddressAndRandomPort", "\"0.0.0.0::80\"", {"0.0.0.0", 0, 0, 80, 80}},
        Case{"EmptyAddress", "\":80:81\"", {"", 80, 80, 81, 81}},
        Case{"Ipv6Loopback", "\"[::1]:8080:80\"", {"::1", 8080, 8080, 80, 80}},
        Case{"Ipv6Every", "\"[::]:8080:80\"", {"::", 8080, 8080, 80, 80}},
        Case{"Ranges", "\"9090-9091:8080-8081\"", {"", 9090, 9091, 8080, 8081}},
        Case{"RangeToChooseFrom", "\"3000-3005:80\"", {"", 3000, 3005, 80, 80}},
        Case{"AddressAndRanges",
             "\"127.0.0.1:5000-5010:5000-5010\"",
             {"127.0.0.1", 5000, 5010, 5000, 5010}},
        Case{"LongForm",
             "{target: 80, published: \"8080\", host_ip: 127.0.0.1, protocol: udp, mode: host}",
             {"127.0.0.1", 8080, 8080, 80, 80, "udp"}},
        Case{"LongFormWithNumbers", "{target: 80, published: 8080}", {"", 8080, 8080, 80, 80}},
        Case{"LongFormWithARange", "{target: 80, published: 8080-8090}", {"", 8080, 8090, 80, 80}},
        Case{"LongFormWithoutPublished", "{target: 80}", {"", 0, 0, 80, 80}},
        Case{"LongFormWithEmptyPublished",
             "{target: 80, published: \"${NO:-}\"}",
             {"", 0, 0, 80, 80}},
        Case{"DefaultOfAVariable",
             "\"127.0.0.1:${NO:-3001}:3002\"",
             {"127.0.0.1", 3001, 3001, 3002, 3002}},
        Case{"TheLargestPort", "65535:65535", {"", 65535, 65535, 65535, 65535}}),
    [](const auto& row) { return std::string{row.param.name}; });

struct BadCase {
  const char* name;
  std::string entry;
};

class BadPorts : public testing::TestWithParam<BadCase> {};

TEST_P(BadPorts, AreRefusedWhereTheyStand) {
  const LocatedFault fault = app_fault("ports:\n  - " + GetParam().entry);
  EXPECT_EQ(fault.origin, in_file(5, 9));
  EXPECT_EQ(fault.fault.reason, UnknownReason::unparsable);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BadPorts,
    testing::Values(BadCase{"Word", "http"}, BadCase{"HostName", "localhost:80:80"},
                    BadCase{"TooLarge", "65536"}, BadCase{"Negative", "\"-1\""},
                    BadCase{"Float", "80.5"}, BadCase{"NoContainerPort", "\"80:\""},
                    BadCase{"Protocol", "80/icmp"}, BadCase{"BackwardRange", "90-80"},
                    BadCase{"RangesOfDifferentLength", "\"1-3:1-2\""},
                    BadCase{"OneHostPortForARange", "\"80:80-81\""},
                    BadCase{"Ipv6WithoutBrackets", "\"::1:80:80\""},
                    BadCase{"AddressOutOfRange", "256.0.0.1:80:80"}, BadCase{"Empty", "\"\""},
                    BadCase{"LongFormWithoutTarget", "{published: 80}"},
                    BadCase{"LongFormWithWord", "{target: http}"},
                    BadCase{"LongFormWithHostName", "{target: 80, host_ip: localhost}"},
                    BadCase{"LongFormWithEmptyAddress", "{target: 80, host_ip: \"\"}"},
                    BadCase{"LongFormWithBadProtocol", "{target: 80, protocol: x}"},
                    BadCase{"LongFormWithBadPublished", "{target: 80, published: x}"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Ports, OfAnUnsetVariableAreUndecidedButTheAddressIsKnown) {
  const PublishedPort port = app("ports:\n  - \"127.0.0.1:${NO}:80\"").published_ports.at(0);
  EXPECT_EQ(port.fault, unset("NO"));
  EXPECT_EQ(port.host_address, "127.0.0.1");
  EXPECT_EQ(port.container_first, 80);
  EXPECT_EQ(port.container_last, 80);
}

TEST(Ports, OfAnUnsetAddressAreUndecided) {
  const PublishedPort port = app("ports:\n  - \"${NO}:8080:80\"").published_ports.at(0);
  EXPECT_EQ(port.fault, unset("NO"));
  EXPECT_EQ(port.host_address, "");
  EXPECT_EQ(port.container_first, 80);
}

TEST(Ports, OfAnUnsetAddressInsideAreUndecided) {
  const PublishedPort port =
      app("ports:\n  - \"127.0.0.${NO}1:8080:${NO}80\"").published_ports.at(0);
  EXPECT_EQ(port.fault, unset("NO"));
  EXPECT_EQ(port.host_address, "");
  EXPECT_EQ(port.container_first, 0);
}

TEST(Ports, OfAnUnsetVariableInTheLongFormAreUndecided) {
  const PublishedPort port =
      app("ports:\n  - {target: 80, published: \"${NO}\", host_ip: 127.0.0.1}")
          .published_ports.at(0);
  EXPECT_EQ(port.fault, unset("NO"));
  EXPECT_EQ(port.host_address, "127.0.0.1");
  EXPECT_EQ(port.container_first, 80);
}

TEST(Ports, AreListedOnceWhenTheySayTheSame) {
  const Container container =
      app("ports:\n  - 80:80\n  - \"0.0.0.0:80:80/tcp\"\n  - 80:80/udp\n  - 81:80\n  - "
          "127.0.0.1:80:80");
  ASSERT_EQ(container.published_ports.size(), 4U);
  EXPECT_EQ(container.published_ports[0].origin, in_file(6, 9));
  EXPECT_EQ(container.published_ports[1].protocol, "udp");
  EXPECT_EQ(container.published_ports[2].host_first, 81);
  EXPECT_EQ(container.published_ports[3].host_address, "127.0.0.1");
}

TEST(Ports, AreNoneWhereNothingIsPublished) { EXPECT_TRUE(app("user: x").published_ports.empty()); }

TEST(Expose, DeclaresPortsAndRanges) {
  const Container container = app("expose:\n  - 3000\n  - \"8000-8001\"\n  - 53/udp");
  ASSERT_EQ(container.declared_ports.size(), 4U);
  EXPECT_EQ(container.declared_ports[0].number, 3000);
  EXPECT_EQ(container.declared_ports[0].protocol, "TCP");
  EXPECT_EQ(container.declared_ports[0].origin, in_file(5, 9));
  EXPECT_EQ(container.declared_ports[1].number, 8000);
  EXPECT_EQ(container.declared_ports[2].number, 8001);
  EXPECT_EQ(container.declared_ports[3].number, 53);
  EXPECT_EQ(container.declared_ports[3].protocol, "UDP");
}

TEST(Expose, RefusesWhatIsNoPort) {
  EXPECT_EQ(app_fault("expose: [http]").fault.reason, UnknownReason::unparsable);
  EXPECT_EQ(app_fault("expose: [80/x]").fault.reason, UnknownReason::unparsable);
}

TEST(Expose, LeavesOutWhatAnUnsetVariableDecides) {
  EXPECT_TRUE(app("expose: [\"${NO}\"]").declared_ports.empty());
}

TEST(Expose, HasALimit) {
  EXPECT_EQ(app("expose: [1-65535]").declared_ports.size(), 65535U);
  EXPECT_EQ(app_fault("expose: [1-65535, 1-2/udp]").fault.reason, UnknownReason::limit_exceeded);
}

}  // namespace
}  // namespace compliance::test::ports_test
