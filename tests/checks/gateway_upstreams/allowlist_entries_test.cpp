// gateway-upstreams-allowlist-entries
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"

namespace compliance::test::allowlist_entries_test {
namespace {

constexpr auto id = "gateway-upstreams-allowlist-entries";

TEST(GatewayUpstreamsAllowlistEntries, PassForBareHostsAndAddresses) {
  EXPECT_EQ(status_of(id, listing("api.example.net, MCP, tool_1.internal,x.example.net.,10.0.0.1,"
                                  "2001:DB8::1,::1,fe80::1%eth0,xn--bcher-kva.example.net")),
            Outcome::pass);
}

TEST(GatewayUpstreamsAllowlistEntries, DoNotApplyWithoutEntries) {
  EXPECT_EQ(status_of(id, listing("")), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, gateway_with({})), Outcome::not_applicable);
}

TEST(GatewayUpstreamsAllowlistEntries, FailOneByOneWithTheirPosition) {
  const CheckResult result = result_of(
      id, compose_installation({listing(",api.example.net, https://user:60303ae2@b.example.net/p,"
                                        "c.example.net:443")}));
  EXPECT_EQ(messages_of(result),
            (std::vector<std::string>{
                "entry 2 of UPSTREAM_HOST_ALLOWLIST can never match: it has a scheme",
                "entry 3 of UPSTREAM_HOST_ALLOWLIST can never match: it has a port"}));
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.expected, "a bare host name or address");
  EXPECT_EQ(finding.observed, "an entry that has a scheme");
  EXPECT_EQ(finding.object, "service gateway");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsAllowlistEntries, AreUnknownWhenTheListIs) {
  Container gateway = gateway_with({});
  set_unresolved_variable(gateway, "UPSTREAM_HOST_ALLOWLIST");
  const Finding finding = first_finding(id, gateway);
  EXPECT_EQ(finding.message, "X is not set");
  EXPECT_EQ(finding.object, "service gateway");
}

TEST(GatewayUpstreamsAllowlistEntries, AreEvaluatedOnlyForGateways) {
  Container sts =
      with_settings(hardened_service(Component::sts), {{"UPSTREAM_HOST_ALLOWLIST", "*"}});
  EXPECT_EQ(status_of(id, sts), Outcome::not_applicable);
  expect_fail(id, listing("*"),
              "entry 1 of UPSTREAM_HOST_ALLOWLIST can never match: it has a wildcard",
              at(Source::compose, 10, 7));
}

}  // namespace
}  // namespace compliance::test::allowlist_entries_test
