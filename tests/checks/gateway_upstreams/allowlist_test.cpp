// gateway-upstreams-allowlist
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"
#include "tests/support/packaged.h"

namespace compliance::test::allowlist_test {
namespace {

constexpr auto id = "gateway-upstreams-allowlist";

TEST(GatewayUpstreamsAllowlist, PassesForOneHost) {
  for (const char* hosts : {"api.example.net", " , API.example.net ,", "10.0.0.1", "*.dead.net"}) {
    EXPECT_EQ(status_of(id, listing(hosts)), Outcome::pass) << hosts;
  }
}

TEST(GatewayUpstreamsAllowlist, IsNotedAsWeakerWhereTheReleaseFollowsRedirects) {
  Container gateway = listing("api.example.net");
  for (const auto& [tag, note] :
       Settings{{"v2026.06.22-rc.1", "this release follows redirects to hosts outside the list"},
                {"v2026.07.02", "this release follows redirects to hosts outside the list"},
                {"v2026.07.03-rc.1", ""},
                {"v0.1.0", ""},
                {"unknown", ""}}) {
    gateway.release = parse_release(tag);
    const Finding finding = first_finding(id, gateway);
    EXPECT_EQ(finding.outcome, Outcome::pass) << tag;
    EXPECT_EQ(finding.message, note) << tag;
  }
}

TEST(GatewayUpstreamsAllowlist, FailsForAListWithoutHosts) {
  for (const char* hosts : {"", " ", ",", " , ,\t"}) {
    const Finding finding = first_finding(id, listing(hosts));
    EXPECT_EQ(finding.message, "UPSTREAM_HOST_ALLOWLIST names no host") << hosts;
    EXPECT_EQ(finding.expected, "at least one host");
    EXPECT_EQ(finding.observed, "no host");
    EXPECT_EQ(finding.severity, Severity::low);
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
    EXPECT_EQ(finding.object, "service gateway");
    EXPECT_EQ(finding.component, Component::gateway);
  }
}

TEST(GatewayUpstreamsAllowlist, FailsWhereItIsNotSet) {
  const Finding finding = first_finding(id, gateway_with({}));
  EXPECT_EQ(finding.message, "UPSTREAM_HOST_ALLOWLIST names no host");
  EXPECT_EQ(finding.observed, "not set");
  expect_fail(id, packaged_compose(), "UPSTREAM_HOST_ALLOWLIST names no host",
              at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsAllowlist, DoesNotApplyWhereNoneIsExpected) {
  Installation installation = compose_installation({listing("")});
  installation.upstream_allowlist_expected = false;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
  containers_in(installation) = {listing("api.example.net")};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(GatewayUpstreamsAllowlist, IsUnknownWhenTheListIsUndecided) {
  Container gateway = gateway_with({});
  expect_unknown(id, with_unseen_variables(gateway),
                 {.reason = UnknownReason::missing_object, .message = "web.env does not exist"},
                 at(Source::compose, 5, 3));
  set_unresolved_variable(gateway, "UPSTREAM_HOST_ALLOWLIST");
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
  set_secret_reference(gateway, "UPSTREAM_HOST_ALLOWLIST", "settings", "hosts");
  expect_unknown(
      id, gateway,
      {.reason = UnknownReason::not_observable,
       .message = "UPSTREAM_HOST_ALLOWLIST comes from a Secret: its value is not visible"},
      at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsAllowlist, EvaluatesEachGatewayAndNothingElse) {
  expect_fail(id, compose_installation({listing("api.example.net"), listing("")}),
              "UPSTREAM_HOST_ALLOWLIST names no host", at(Source::compose, 10, 7));
  Container init = listing("");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::sts)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::allowlist_test
