// gateway-upstreams-proxy-trust
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"

namespace compliance::test::proxy_trust_test {
namespace {

constexpr auto id = "gateway-upstreams-proxy-trust";
constexpr auto variable = "TRUST_PROXY";

Installation with_public_gateway(const Container& gateway) {
  Installation installation = compose_installation({gateway});
  installation.public_components = {Component::web, Component::gateway};
  return installation;
}

TEST(GatewayUpstreamsProxyTrust, PassesWhenItIsOff) {
  EXPECT_EQ(status_of(id, gateway_with({})), Outcome::pass);
  for (const char* value : {"", "false", "0", "yes", "on"}) {
    EXPECT_EQ(status_of(id, gateway_with({{variable, value}})), Outcome::pass) << value;
  }
}

TEST(GatewayUpstreamsProxyTrust, FailsWhenItIsOnAndTheGatewayIsNotPublic) {
  for (const char* value : {"true", "1"}) {
    const Finding finding = first_finding(id, gateway_with({{variable, value}}));
    EXPECT_EQ(finding.message, "TRUST_PROXY is on, though the Gateway is not public");
    EXPECT_EQ(finding.expected, "off, or gateway in public_components");
    EXPECT_EQ(finding.observed, "on");
    EXPECT_EQ(finding.object, "service gateway");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
}

TEST(GatewayUpstreamsProxyTrust, PassesWhereTheGatewayIsPublic) {
  EXPECT_EQ(status_of(id, with_public_gateway(gateway_with({{variable, "true"}}))), Outcome::pass);
  Container gateway = gateway_with({});
  set_unresolved_variable(gateway, variable);
  EXPECT_EQ(status_of(id, with_public_gateway(gateway)), Outcome::pass);
}

TEST(GatewayUpstreamsProxyTrust, IsUnknownWhenTheVariableIs) {
  Container gateway = gateway_with({});
  set_unresolved_variable(gateway, variable);
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
}

TEST(GatewayUpstreamsProxyTrust, EvaluatesOnlyGateways) {
  Container init = gateway_with({{variable, "true"}});
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, with_settings(hardened_service(Component::sts), {{variable, "true"}})),
            Outcome::not_applicable);
}

TEST(GatewayUpstreamsProxyTrust, IsOffUnlessItIsAskedFor) {
  const InstallationResult result = evaluate(compose_installation({}), EvaluationSettings{});
  EXPECT_TRUE(std::none_of(result.checks.begin(), result.checks.end(),
                           [](const CheckResult& check) { return check.check->id == id; }));
}

}  // namespace
}  // namespace compliance::test::proxy_trust_test
