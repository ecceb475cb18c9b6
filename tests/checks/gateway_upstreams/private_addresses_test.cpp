// gateway-upstreams-private-addresses
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"

namespace compliance::test {
namespace {

constexpr auto id = "gateway-upstreams-private-addresses";

Installation declaring(const std::string& hosts, std::vector<std::string> declared) {
  Installation installation = compose_installation({listing(hosts)});
  installation.private_upstreams = std::move(declared);
  return installation;
}

TEST(GatewayUpstreamsPrivateAddresses, PassForOthers) {
  EXPECT_EQ(status_of(id, listing("api.example.net,8.8.8.8,127.0.0.1,100.64.0.1,172.32.0.0,"
                                  "192.169.0.0,11.0.0.0,fbff::1,fe80::1,fd00:ec2::254")),
            Outcome::pass);
}

TEST(GatewayUpstreamsPrivateAddresses, FailUndeclared) {
  for (const auto& [entry, address] : Settings{{"10.1.2.3", "10.1.2.3"},
                                               {"172.16.0.0", "172.16.0.0"},
                                               {"172.31.255.255", "172.31.255.255"},
                                               {"192.168.1.1", "192.168.1.1"},
                                               {"FC00::1", "fc00::1"},
                                               {"fdff::1", "fdff::1"},
                                               {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
                                               {"64:ff9b::10.0.0.1", "64:ff9b::a00:1"},
                                               {"0xa000001", "10.0.0.1"}}) {
    const Finding finding = first_finding(id, listing("api.example.net," + entry));
    EXPECT_EQ(finding.message,
              "entry 2 (" + address + ") of UPSTREAM_HOST_ALLOWLIST is a private address");
    EXPECT_EQ(finding.expected, "a public host, or one that private_upstreams names");
    EXPECT_EQ(finding.observed, "an undeclared private address");
    EXPECT_EQ(finding.object, "service gateway");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
}

TEST(GatewayUpstreamsPrivateAddresses, PassWhereTheyAreDeclared) {
  EXPECT_EQ(status_of(id, declaring("10.1.2.3", {"a.net", "10.1.2.3"})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring("10.1.2.3", {" 0xa010203 "})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring("FD00::1", {"fd00:0::1"})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring("10.1.2.3", {"10.1.2.4"})), Outcome::fail);
  EXPECT_EQ(status_of(id, declaring("10.1.2.3,10.1.2.4", {"10.1.2.4"})), Outcome::fail);
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownWhenTheListIs) {
  Container gateway = gateway_with({});
  EXPECT_EQ(status_of(id, gateway), Outcome::not_applicable);
  set_unresolved_variable(gateway, "UPSTREAM_HOST_ALLOWLIST");
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
}

}  // namespace
}  // namespace compliance::test
