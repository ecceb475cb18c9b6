// gateway-upstreams-private-switch
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"
#include "tests/support/packaged.h"

namespace compliance::test::private_switch_test {
namespace {

constexpr auto id = "gateway-upstreams-private-switch";
constexpr auto variable = "ALLOW_PRIVATE_UPSTREAMS";
constexpr auto list = "UPSTREAM_HOST_ALLOWLIST";
constexpr auto stale = "ALLOW_PRIVATE_UPSTREAMS is stale: it has no effect since v2026.06.21";

TEST(GatewayUpstreamsPrivateSwitch, PassesWhereItIsNotSet) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  for (const Container& gateway : {gateway_with({}), gateway_with({{variable, ""}})}) {
    const Finding finding = first_finding(id, gateway);
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.message, "");
  }
}

TEST(GatewayUpstreamsPrivateSwitch, FailsWhenItIsOnWithoutAnAllowlist) {
  for (const char* value : {"true", "1", "t", "T", "TRUE", "True"}) {
    for (const Settings& settings :
         {Settings{{variable, value}}, Settings{{variable, value}, {list, " , "}}}) {
      const Finding finding = first_finding(id, gateway_with(settings));
      EXPECT_EQ(finding.message, "ALLOW_PRIVATE_UPSTREAMS is on without an allowlist") << value;
      EXPECT_EQ(finding.expected, "off, or an allowlist of hosts");
      EXPECT_EQ(finding.observed, "on, and UPSTREAM_HOST_ALLOWLIST empty");
      EXPECT_EQ(finding.severity, Severity::low);
      EXPECT_EQ(finding.object, "service gateway");
    }
  }
}

TEST(GatewayUpstreamsPrivateSwitch, IsNotedAsStaleWhenItIsOffOrListed) {
  for (const Settings& settings :
       {Settings{{variable, "false"}}, Settings{{variable, "yes"}}, Settings{{variable, "0"}},
        Settings{{variable, "true"}, {list, "api.example.net"}}}) {
    const Finding finding = first_finding(id, gateway_with(settings));
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.message, stale);
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
}

TEST(GatewayUpstreamsPrivateSwitch, IsUnknownWhenItOrTheListIsUndecided) {
  Container gateway = gateway_with({});
  set_unresolved_variable(gateway, variable);
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
  gateway = gateway_with({{variable, "true"}});
  set_unresolved_variable(gateway, list);
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
  set_variable(gateway, variable, "false");
  EXPECT_EQ(status_of(id, gateway), Outcome::pass);
  expect_unknown(id, with_unseen_variables(gateway_with({})),
                 {.reason = UnknownReason::missing_object, .message = "web.env does not exist"},
                 at(Source::compose, 5, 3));
}

TEST(GatewayUpstreamsPrivateSwitch, PassesWithAnyAllowlist) {
  Container gateway = listing("api.example.net");
  set_unresolved_variable(gateway, variable);
  EXPECT_EQ(status_of(id, gateway), Outcome::pass);
}

TEST(GatewayUpstreamsPrivateSwitch, EvaluatesOnlyGateways) {
  EXPECT_EQ(status_of(id, with_settings(hardened_service(Component::sts), {{variable, "true"}})),
            Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::private_switch_test
