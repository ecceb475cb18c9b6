// external-tls-ingress
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"

namespace compliance::test::ingress_test {
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

CheckResult evaluated(std::vector<Route> routes) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.routes = std::move(routes);
  return result_of(id, installation);
}

TEST(ExternalTlsIngress, PassesWhenTheHostHasTls) {
  EXPECT_EQ(evaluated({web_route()}).status, Outcome::pass);
}

TEST(ExternalTlsIngress, FailsWhenTheHostHasNone) {
  Route route = web_route();
  route.tls = {};
  const CheckResult result = evaluated({route});
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

TEST(ExternalTlsIngress, FailsWhenTheHostIsServedInClearBesideTls) {
  Route route = web_route();
  route.clear = {.value = "a listener of its Gateway without TLS",
                 .origin = at(Source::kubernetes, 20, 5)};
  const Finding finding =
      expect_fail(evaluated({route}), "serves host caracal.example.com in clear too",
                  at(Source::kubernetes, 20, 5));
  EXPECT_EQ(finding.observed, "a listener of its Gateway without TLS");
}

TEST(ExternalTlsIngress, LeavesAHostInClearAloneToItsEndpoint) {
  Route route = web_route();
  route.tls = {};
  route.clear = {.value = "a listener of its Gateway without TLS"};
  expect_fail(evaluated({route}), "serves host caracal.example.com without TLS",
              at(Source::kubernetes, 995, 13));
}

TEST(ExternalTlsIngress, FailsWhenOneHostOfSeveralHasNone) {
  Route other = web_route();
  other.tls = {};
  expect_fail(evaluated({web_route(), other}), "serves host caracal.example.com without TLS",
              at(Source::kubernetes, 995, 13));
}

TEST(ExternalTlsIngress, NamesEveryHostWhenTheRouteNamesNone) {
  Route route = web_route();
  route.tls = {};
  route.host.clear();
  EXPECT_EQ(evaluated({route}).findings.front().message, "serves every host without TLS");
}

TEST(ExternalTlsIngress, DoesNotShowTextThatIsNotAHostName) {
  for (const char* host : {"user:word@example.com", "a b", "a/b", "\n"}) {
    Route route = web_route();
    route.tls = {};
    route.host = host;
    EXPECT_EQ(evaluated({route}).findings.front().message,
              "serves a host that is no name without TLS");
  }
}

TEST(ExternalTlsIngress, ShowsWildcardsAndDigits) {
  Route route = web_route();
  route.tls = {};
  route.host = "*.c-1.example.com";
  EXPECT_EQ(evaluated({route}).findings.front().message,
            "serves host *.c-1.example.com without TLS");
}

TEST(ExternalTlsIngress, IsUnknownWhenTheGatewayIsMissing) {
  Route route = web_route();
  route.tls = {.fault = Fault{.reason = UnknownReason::missing_object,
                              .message = "Gateway edge is not among the objects"}};
  const Finding finding = expect_unknown(
      evaluated({route}),
      {.reason = UnknownReason::missing_object, .message = "Gateway edge is not among the objects"},
      at(Source::kubernetes, 995, 13));
  EXPECT_EQ(finding.component, Component::web);
}

// An outer load balancer or a mesh may end TLS; only the endpoint can show it.
TEST(ExternalTlsIngress, IsUnknownWhenAnHttpsEndpointOfTheHostIsNotProbed) {
  const auto with_endpoint = [](const char* url) {
    Installation installation = kubernetes_installation({});
    installation.kubernetes.routes = {web_route()};
    installation.kubernetes.routes.front().tls = {};
    installation.probed.endpoints = {{.component = Component::web, .url = url}};
    return result_of(id, installation);
  };
  expect_unknown(
      with_endpoint("https://Caracal.example.com:8443/"),
      {.reason = UnknownReason::pending,
       .message = "states no TLS for host caracal.example.com, and its endpoint was not asked"},
      at(Source::kubernetes, 995, 13));
  expect_fail(with_endpoint("http://caracal.example.com/"),
              "serves host caracal.example.com without TLS", at(Source::kubernetes, 995, 13));
  expect_fail(with_endpoint("https://other.example.com/"),
              "serves host caracal.example.com without TLS", at(Source::kubernetes, 995, 13));
}

CheckResult proved_by(std::vector<Endpoint> endpoints) {
  Installation installation = kubernetes_installation({});
  installation.configured = Source::kubernetes | Source::endpoint;
  installation.kubernetes.routes = {web_route()};
  installation.kubernetes.routes.front().tls = {};
  installation.probed.endpoints = std::move(endpoints);
  return result_of(id, installation);
}

Endpoint at_host(Endpoint endpoint) {
  endpoint.url = "https://caracal.example.com";
  return endpoint;
}

TEST(ExternalTlsIngress, PassesWhenTheEndpointOfTheHostHasAValidCertificate) {
  const Finding finding = only_finding(proved_by({at_host(good_server())}));
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "Ingress caracal-web");
}

TEST(ExternalTlsIngress, FailsWhenTheEndpointOfTheHostDoesNot) {
  const Finding finding =
      only_finding(proved_by({at_host(distrusted_server(TrustFault::wrong_name))}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message,
            "states no TLS for host caracal.example.com, and its endpoint shows a certificate of "
            "another name");
  EXPECT_EQ(finding.expected, "a valid certificate of a known issuer for the endpoint's name");
  EXPECT_EQ(finding.observed, "no subject alternative name that matches");
  EXPECT_EQ(finding.object, "Ingress caracal-web");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 995, 13));
}

TEST(ExternalTlsIngress, IsUnknownWhenTheEndpointOfTheHostGivesNoAnswer) {
  Endpoint silent = at_host(good_server());
  silent.tls.handshake = unseen<TlsHandshake>();
  const Finding fault = only_finding(proved_by({silent}));
  EXPECT_EQ(fault.reason, UnknownReason::timeout);
  EXPECT_EQ(
      fault.message,
      "states no TLS for host caracal.example.com, and its endpoint proved nothing: no answer "
      "in 10 s");
  EXPECT_EQ(fault.origin, at(Source::kubernetes, 995, 13));
  silent.tls.handshake = {};
  const Finding waiting = only_finding(proved_by({silent}));
  EXPECT_EQ(waiting.reason, UnknownReason::pending);
  EXPECT_EQ(waiting.message,
            "states no TLS for host caracal.example.com, and its endpoint was not asked yet");
}

TEST(ExternalTlsIngress, TakesTheWorstOfAllEndpointsOfTheHost) {
  Endpoint silent = at_host(good_server());
  silent.tls.handshake = unseen<TlsHandshake>();
  const Endpoint good = at_host(good_server());
  const Endpoint bad = at_host(distrusted_server(TrustFault::expired));
  EXPECT_EQ(proved_by({good, good}).status, Outcome::pass);
  expect_unknown(proved_by({good, silent}),
                 {.reason = UnknownReason::timeout,
                  .message = "states no TLS for host caracal.example.com, and its endpoint proved "
                             "nothing: no answer in 10 s"},
                 at(Source::kubernetes, 995, 13));
  expect_unknown(proved_by({silent, good}),
                 {.reason = UnknownReason::timeout,
                  .message = "states no TLS for host caracal.example.com, and its endpoint proved "
                             "nothing: no answer in 10 s"},
                 at(Source::kubernetes, 995, 13));
  expect_fail(proved_by({bad, good}),
              "states no TLS for host caracal.example.com, and its endpoint shows a certificate "
              "that has expired",
              at(Source::kubernetes, 995, 13));
  expect_fail(proved_by({good, bad}),
              "states no TLS for host caracal.example.com, and its endpoint shows a certificate "
              "that has expired",
              at(Source::kubernetes, 995, 13));
  expect_fail(proved_by({silent, bad}),
              "states no TLS for host caracal.example.com, and its endpoint shows a certificate "
              "that has expired",
              at(Source::kubernetes, 995, 13));
  expect_fail(proved_by({bad, silent}),
              "states no TLS for host caracal.example.com, and its endpoint shows a certificate "
              "that has expired",
              at(Source::kubernetes, 995, 13));
}

TEST(ExternalTlsIngress, EvaluatesOnlyHttpsEndpointsOfThatHost) {
  const Endpoint bad = distrusted_server(TrustFault::expired);
  EXPECT_EQ(proved_by({bad, at_host(good_server())}).status, Outcome::pass);
  EXPECT_EQ(only_finding(proved_by({good_server()})).message,
            "serves host caracal.example.com without TLS");
  Endpoint plain = distrusted_server(TrustFault::expired);
  plain.url = "http://caracal.example.com";
  EXPECT_EQ(proved_by({plain, at_host(good_server())}).status, Outcome::pass);
}

TEST(ExternalTlsIngress, LetsTheFilesDecideWhereTheyStateTls) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.routes = {web_route()};
  installation.probed.endpoints = {at_host(distrusted_server(TrustFault::expired))};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsIngress, IsNotAnsweredByEndpointsAlone) {
  EXPECT_EQ(result_of(id, with_endpoints({good_server()})).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

TEST(ExternalTlsIngress, DoesNotApplyWithoutRoutes) {
  EXPECT_EQ(evaluated({}).status, Outcome::not_applicable);
}

TEST(ExternalTlsIngress, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::web)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::ingress_test
