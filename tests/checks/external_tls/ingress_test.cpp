// external-tls-ingress
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test {
namespace {

constexpr auto id = "external-tls-ingress";

Route web_route() {
  return {.object = "Ingress caracal-web",
          .object_namespace = "caracal",
          .host = "caracal.example.com",
          .service = "caracal-web",
          .service_namespace = "caracal",
          .component = Component::web,
          .tls = {.value = "spec.tls"},
          .origin = at(Source::kubernetes, 995, 13)};
}

CheckResult judged(std::vector<Route> routes) {
  Installation installation = kubernetes_installation({});
  installation.routes = std::move(routes);
  return result_of(id, installation);
}

TEST(ExternalTlsIngress, PassesWhenTheHostHasTls) {
  EXPECT_EQ(judged({web_route()}).status, Outcome::pass);
}

TEST(ExternalTlsIngress, FailsWhenTheHostHasNone_T34) {
  Route route = web_route();
  route.tls = {};
  const CheckResult result = judged({route});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, "Ingress caracal-web");
  EXPECT_EQ(finding.message, "serves host caracal.example.com without TLS");
  EXPECT_EQ(finding.expected, "TLS stated for the host");
  EXPECT_EQ(finding.observed, "none");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 995, 13));
}

TEST(ExternalTlsIngress, FailsWhenOneHostOfSeveralHasNone) {
  Route other = web_route();
  other.tls = {};
  EXPECT_EQ(judged({web_route(), other}).status, Outcome::fail);
}

TEST(ExternalTlsIngress, NamesEveryHostWhenTheRouteNamesNone) {
  Route route = web_route();
  route.tls = {};
  route.host.clear();
  EXPECT_EQ(judged({route}).findings.front().message, "serves every host without TLS");
}

TEST(ExternalTlsIngress, DoesNotShowATextThatIsNoHostName) {
  for (const char* host : {"user:word@example.com", "a b", "a/b", "\n"}) {
    Route route = web_route();
    route.tls = {};
    route.host = host;
    EXPECT_EQ(judged({route}).findings.front().message,
              "serves a host that is no name without TLS");
  }
}

TEST(ExternalTlsIngress, ShowsWildcardsAndDigits) {
  Route route = web_route();
  route.tls = {};
  route.host = "*.c-1.example.com";
  EXPECT_EQ(judged({route}).findings.front().message, "serves host *.c-1.example.com without TLS");
}

TEST(ExternalTlsIngress, IsUnknownWhenTheGatewayIsNotThere) {
  Route route = web_route();
  route.tls = {.fault = Fault{.reason = UnknownReason::missing_object,
                              .message = "Gateway edge is not among the objects"}};
  const CheckResult result = judged({route});
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::missing_object);
  EXPECT_EQ(result.findings.front().message, "Gateway edge is not among the objects");
  EXPECT_EQ(result.findings.front().component, Component::web);
}

// An outer load balancer or a mesh may end TLS; only the endpoint can show it.
TEST(ExternalTlsIngress, IsUnknownWhenAnHttpsEndpointOfTheHostWasNotAsked_T33) {
  const auto with_endpoint = [](const char* url) {
    Installation installation = kubernetes_installation({});
    installation.routes = {web_route()};
    installation.routes.front().tls = {};
    installation.endpoints = {{.component = Component::web, .url = url}};
    return result_of(id, installation);
  };
  const CheckResult result = with_endpoint("https://Caracal.example.com:8443/");
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::pending);
  EXPECT_EQ(result.findings.front().message,
            "states no TLS for host caracal.example.com, and its endpoint was not asked");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 995, 13));
  EXPECT_EQ(with_endpoint("http://caracal.example.com/").status, Outcome::fail);
  EXPECT_EQ(with_endpoint("https://other.example.com/").status, Outcome::fail);
}

TEST(ExternalTlsIngress, DoesNotApplyWithoutRoutes) {
  EXPECT_EQ(judged({}).status, Outcome::not_applicable);
}

TEST(ExternalTlsIngress, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::web)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test
