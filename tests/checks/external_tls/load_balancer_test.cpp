// external-tls-load-balancer
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"
#include "tests/checks/internal_services/services.h"

namespace compliance::test::load_balancer_test {
namespace {

constexpr auto id = "external-tls-load-balancer";
const std::vector<Component> declared{Component::web, Component::gateway};

PublishedPort port_on(std::string address, std::uint16_t first, std::uint16_t last) {
  return {.host_address = std::move(address),
          .host_first = first,
          .host_last = last,
          .container_first = first,
          .container_last = last,
          .origin = at(Source::compose, 30, 9)};
}

Installation publishing(Component component, PublishedPort port) {
  Container container = hardened_service(component);
  container.published_ports = {std::move(port)};
  Installation installation = compose_installation({container});
  installation.public_components = declared;
  return installation;
}

CheckResult evaluated(Component component, const PublishedPort& port) {
  return result_of(id, publishing(component, port));
}

Installation gateway_with_files(const std::string& certificate, const std::string& key) {
  Installation installation = publishing(Component::gateway, port_on("", 8081, 8081));
  Container& gateway = containers_in(installation).front();
  remove_variable(gateway, "TLS_CERT_FILE");
  remove_variable(gateway, "TLS_KEY_FILE");
  if (!certificate.empty()) {
    set_variable(gateway, "TLS_CERT_FILE", certificate);
  }
  if (!key.empty()) {
    set_variable(gateway, "TLS_KEY_FILE", key);
  }
  return installation;
}

TEST(ExternalTlsLoadBalancer, IsUnknownWithoutAnEndpointThatProvesTls) {
  for (const char* const type : {"LoadBalancer", "NodePort"}) {
    const Finding finding =
        expect_unknown(result_for(id, {service_of_type(Component::web, type)}),
                       {.reason = UnknownReason::not_configured,
                        .message = std::string{"is open by type "} + type +
                                   ": no endpoint is configured that could prove TLS"},
                       at(Source::kubernetes, 41, 9));
    EXPECT_EQ(finding.object, "Service caracal-x");
  }
}

TEST(ExternalTlsLoadBalancer, CountsExternalAddresses) {
  ServiceObject service = service_of_type(Component::web, "ClusterIP");
  service.external_ips = {{.value = "192.0.2.1"}};
  expect_unknown(
      result_for(id, {service}),
      {.reason = UnknownReason::not_configured,
       .message = "is open by externalIPs: no endpoint is configured that could prove TLS"},
      Origin{});
}

TEST(ExternalTlsLoadBalancer, IsUnknownWhenTheEndpointIsNotProbed) {
  Installation installation = publishing(Component::web, port_on("", 443, 443));
  installation.probed.endpoints = {{.component = Component::web, .url = "https://a.example.com"}};
  expect_unknown(id, installation,
                 {.reason = UnknownReason::pending,
                  .message = "publishes port 443 on every address: its endpoint was not asked"},
                 at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, DoesNotApplyInsideTheCluster) {
  EXPECT_EQ(result_for(id, {service_of_type(Component::web, "ClusterIP")}).status,
            Outcome::not_applicable);
  EXPECT_EQ(result_for(id, {service_of_type(Component::web, "")}).status, Outcome::not_applicable);
}

TEST(ExternalTlsLoadBalancer, LeavesInternalComponentsToAnotherCheck) {
  EXPECT_EQ(result_for(id, {service_of_type(Component::api, "LoadBalancer")}).status,
            Outcome::not_applicable);
  EXPECT_EQ(evaluated(Component::api, port_on("", 3000, 3000)).status, Outcome::not_applicable);
}

TEST(ExternalTlsLoadBalancer, EvaluatesTheComponentsBehindTheService) {
  ServiceObject service = service_of_type(Component::api, "LoadBalancer");
  service.leads_to = {Component::api, Component::web};
  const CheckResult result = result_for(id, {service});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::web);
}

TEST(ExternalTlsLoadBalancer, EvaluatesPublishedPortsOfPublicComponents) {
  EXPECT_EQ(evaluated(Component::web, port_on("", 3001, 3001)).status, Outcome::unknown);
  EXPECT_EQ(evaluated(Component::web, port_on("127.0.0.1", 3001, 3001)).status,
            Outcome::not_applicable);
}

TEST(ExternalTlsLoadBalancer, EvaluatesAnEdgeThatAcceptsHttps) {
  EXPECT_EQ(evaluated(Component::edge, port_on("", 443, 443)).status, Outcome::unknown);
  EXPECT_EQ(evaluated(Component::edge, port_on("", 440, 450)).status, Outcome::unknown);
  EXPECT_EQ(evaluated(Component::edge, port_on("", 443, 450)).status, Outcome::unknown);
  EXPECT_EQ(evaluated(Component::edge, port_on("", 80, 80)).status, Outcome::not_applicable);
  EXPECT_EQ(evaluated(Component::edge, port_on("", 444, 450)).status, Outcome::not_applicable);
  EXPECT_EQ(evaluated(Component::edge, port_on("127.0.0.1", 443, 443)).status,
            Outcome::not_applicable);
  expect_unknown(
      result_for(id, {service_of_type(Component::edge, "LoadBalancer", 443)}),
      {.reason = UnknownReason::not_configured,
       .message = "is open by type LoadBalancer: no endpoint is configured that could prove TLS"},
      at(Source::kubernetes, 41, 9));
}

TEST(ExternalTlsLoadBalancer, WaitsForAnyEndpointWhereAnEdgeAnswers) {
  Installation installation = publishing(Component::edge, port_on("", 443, 443));
  EXPECT_EQ(result_of(id, installation).findings.front().reason, UnknownReason::not_configured);
  installation.probed.endpoints = {{.component = Component::sts, .url = "https://sts.example.com"}};
  EXPECT_EQ(result_of(id, installation).findings.front().reason, UnknownReason::pending);
}

TEST(ExternalTlsLoadBalancer, IsUnknownWhenAVariableDecidesThePort) {
  PublishedPort port = port_on("", 0, 0);
  port.fault = unset_variable;
  for (const Component component : {Component::web, Component::edge}) {
    expect_unknown(id, publishing(component, port), unset_variable, at(Source::compose, 30, 9));
  }
}

TEST(ExternalTlsLoadBalancer, PassesForAGatewayWithTlsFiles) {
  EXPECT_EQ(status_of(id, gateway_with_files("/run/tls/c.pem", "/run/tls/k.pem")), Outcome::pass);
}

TEST(ExternalTlsLoadBalancer, IsUnknownForAGatewayWithOneFileOrNone) {
  expect_unknown(
      id, gateway_with_files("/run/tls/c.pem", ""),
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 8081 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
  expect_unknown(
      id, gateway_with_files("", "/run/tls/k.pem"),
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 8081 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
  expect_unknown(
      id, gateway_with_files("", ""),
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 8081 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
  Installation installation = gateway_with_files("/run/tls/c.pem", "");
  set_variable(containers_in(installation).front(), "TLS_KEY_FILE", "");
  expect_unknown(
      id, installation,
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 8081 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, RequiresTheFilesInEveryContainerOfTheGateway) {
  Installation installation = gateway_with_files("/run/tls/c.pem", "/run/tls/k.pem");
  Container second = hardened_service(Component::gateway);
  containers_in(installation).push_back(second);
  expect_unknown(
      id, installation,
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 8081 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
  containers_in(installation).back().role = ContainerRole::init;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsLoadBalancer, IsUnknownWhenAnUnsetVariableDecidesTheFiles) {
  Installation installation = gateway_with_files("/run/tls/c.pem", "");
  set_unresolved_variable(containers_in(installation).front(), "TLS_KEY_FILE");
  expect_unknown(id, installation, unset_variable, at(Source::compose, 10, 7));
}

TEST(ExternalTlsLoadBalancer, DoesNotTakeFilesOfOthersForTls) {
  Installation installation = publishing(Component::web, port_on("", 443, 443));
  set_variable(containers_in(installation).front(), "TLS_CERT_FILE", "/c");
  set_variable(containers_in(installation).front(), "TLS_KEY_FILE", "/k");
  expect_unknown(
      id, installation,
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 443 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, IsUnknownForAGatewayWithoutContainers) {
  expect_unknown(
      result_for(id, {service_of_type(Component::gateway, "LoadBalancer")}, declared),
      {.reason = UnknownReason::not_configured,
       .message = "is open by type LoadBalancer: no endpoint is configured that could prove TLS"},
      at(Source::kubernetes, 41, 9));
}

CheckResult proved_by(Component exposed, std::vector<Endpoint> endpoints) {
  Installation installation = publishing(exposed, port_on("", 443, 443));
  installation.configured = Source::compose | Source::endpoint;
  installation.probed.endpoints = std::move(endpoints);
  return result_of(id, installation);
}

Endpoint distrusted(Component component) {
  Endpoint endpoint = distrusted_server(TrustFault::self_signed);
  endpoint.component = component;
  return endpoint;
}

TEST(ExternalTlsLoadBalancer, PassesWhenTheEndpointProvesItsName) {
  const Finding finding = only_finding(proved_by(Component::web, {good_server()}));
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "service web");
}

TEST(ExternalTlsLoadBalancer, FailsWhenTheEndpointDoesNot) {
  const Finding finding = only_finding(proved_by(Component::web, {distrusted(Component::web)}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message,
            "publishes port 443 on every address: its endpoint shows a certificate that it signed "
            "itself");
  EXPECT_EQ(finding.observed, "a self-signed certificate");
  EXPECT_EQ(finding.object, "service web");
  EXPECT_EQ(finding.origin, at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, FailsWhenTheEndpointIsPlainHttp) {
  const Finding finding = only_finding(
      proved_by(Component::web, {good_server(Component::web, "http://a.example.net:3001")}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "publishes port 443 on every address: its endpoint is plain http");
  EXPECT_EQ(finding.expected, "an https endpoint");
  EXPECT_EQ(finding.observed, "http");
  EXPECT_EQ(finding.origin, at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, IsUnknownWhenTheEndpointGivesNoAnswer) {
  Endpoint silent = good_server();
  silent.tls.handshake = unseen<TlsHandshake>();
  const Finding finding = only_finding(proved_by(Component::web, {silent}));
  EXPECT_EQ(finding.reason, UnknownReason::timeout);
  EXPECT_EQ(finding.message,
            "publishes port 443 on every address: its endpoint proved nothing: no answer in 10 s");
  EXPECT_EQ(finding.origin, at(Source::compose, 30, 9));
}

TEST(ExternalTlsLoadBalancer, EvaluatesOnlyTheEndpointOfThatComponent) {
  expect_unknown(
      proved_by(Component::web, {good_server(Component::gateway)}),
      {.reason = UnknownReason::not_configured,
       .message =
           "publishes port 443 on every address: no endpoint is configured that could prove TLS"},
      at(Source::compose, 30, 9));
  EXPECT_EQ(proved_by(Component::web, {distrusted(Component::gateway), good_server()}).status,
            Outcome::pass);
}

TEST(ExternalTlsLoadBalancer, TakesTheWorstOfAllHttpsEndpointsForAnEdge) {
  const Endpoint plain = good_server(Component::api, "http://api:3000");
  EXPECT_EQ(proved_by(Component::edge, {good_server(), plain}).status, Outcome::pass);
  expect_fail(
      proved_by(Component::edge, {good_server(), distrusted(Component::sts)}),
      "publishes port 443 on every address: its endpoint shows a certificate that it signed itself",
      at(Source::compose, 30, 9));
  const Finding finding = only_finding(proved_by(Component::edge, {plain}));
  EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  EXPECT_EQ(finding.message,
            "publishes port 443 on every address: no endpoint is configured that could prove TLS");
}

TEST(ExternalTlsLoadBalancer, LetsTheFilesOfTheGatewayDecide) {
  Installation installation = gateway_with_files("/run/tls/c.pem", "/run/tls/k.pem");
  installation.probed.endpoints = {distrusted(Component::gateway)};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsLoadBalancer, IsNotAnsweredByEndpointsAlone) {
  const CheckResult result = result_of(id, with_endpoints({good_server()}));
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_configured});
  EXPECT_EQ(only_finding(result).message,
            "no Compose or Kubernetes files are configured that show what is exposed");
}

}  // namespace
}  // namespace compliance::test::load_balancer_test
