// Gateways and VirtualServices of Istio.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/parse/routes.h"

namespace compliance::test::istio_test {
namespace {

std::string gateway(const std::string& servers, const std::string& ns = "caracal") {
  return "{apiVersion: networking.istio.io/v1beta1, kind: Gateway, metadata: {name: gw, "
         "namespace: " +
         ns + "}, spec: {servers: [" + servers + "]}}\n---\n";
}

std::string server(const std::string& protocol, const std::string& tls,
                   const std::string& hosts = "['*']") {
  return "{port: {number: 443, name: p, protocol: " + protocol + "}, hosts: " + hosts +
         (tls.empty() ? "" : ", tls: " + tls) + "}";
}

std::string virtual_service(const std::string& gateways, const std::string& more = "",
                            const std::string& destination = "caracal-web") {
  return "{apiVersion: networking.istio.io/v1beta1, kind: VirtualService, metadata: {name: vs, "
         "namespace: caracal}, spec: {" +
         (gateways.empty() ? "" : "gateways: " + gateways + ", ") +
         (more.empty() ? "hosts: [a.org], " : more) +
         "http: [{route: [{destination: {host: " + destination + "}}]}]}}\n";
}

const Lines with_tls{"a.org web listener of its Gateway"};
const Lines plain{"a.org web -"};

TEST(VirtualService, HasTlsOnAServerForIt) {
  for (const char* mode : {"SIMPLE", "MUTUAL", "PASSTHROUGH"}) {
    EXPECT_EQ(summary_of(gateway(server("HTTPS", "{mode: " + std::string{mode} + "}")) +
                         virtual_service("[gw]")),
              with_tls);
  }
  EXPECT_EQ(summary_of(gateway(server("tls", "{credentialName: c}")) + virtual_service("[gw]")),
            with_tls);
}

TEST(VirtualService, HasNoneOnAServerWithoutTls) {
  for (const char* protocol : {"HTTP", "http2", "GRPC", "GRPC-Web", "TCP"}) {
    EXPECT_EQ(summary_of(gateway(server(protocol, "")) + virtual_service("[gw]")), plain);
  }
}

TEST(VirtualService, HasNoneOnAPlainServerWhateverItsTlsSays) {
  for (const char* protocol : {"HTTP", "http2", "GRPC", "GRPC-Web"}) {
    EXPECT_EQ(summary_of(gateway(server(protocol, "{mode: SIMPLE}")) + virtual_service("[gw]")),
              plain)
        << protocol;
  }
}

TEST(VirtualService, IsNotServedByAServerThatRedirects) {
  const std::string redirect = server("HTTP", "{httpsRedirect: true}");
  EXPECT_EQ(summary_of(gateway(redirect + "," + server("HTTPS", "{mode: SIMPLE}")) +
                       virtual_service("[gw]")),
            with_tls);
  EXPECT_EQ(fault_of_route(gateway(redirect) + virtual_service("[gw]")),
            "no listener of its Gateway takes the route");
}

TEST(VirtualService, IsServedInClearByAServerThatDoesNotRedirect) {
  const std::string tls = server("HTTPS", "{mode: SIMPLE}", "[a.org]");
  const Lines clear{"a.org a listener of its Gateway without TLS"};
  EXPECT_EQ(clear_of(gateway(tls + "," + server("HTTP", "")) + virtual_service("[gw]")), clear);
  EXPECT_EQ(clear_of(gateway(tls + "," + server("HTTP", "{httpsRedirect: false}")) +
                     virtual_service("[gw]")),
            clear);
  EXPECT_EQ(clear_of(gateway(tls + "," + server("HTTP", "{httpsRedirect: true}")) +
                     virtual_service("[gw]")),
            Lines{});
}

// What is served in clear of a VirtualService whose first rule is this.
Lines clear_behind(const std::string& rule) {
  return clear_of(gateway(server("HTTP", "") + "," + server("HTTPS", "{mode: SIMPLE}")) +
                  "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: vs, "
                  "namespace: caracal}, spec: {gateways: [gw], hosts: [a.org], http: [" +
                  rule + ", {route: [{destination: {host: caracal-web}}]}]}}");
}

TEST(VirtualService, MayRedirectByItsFirstRule) {
  EXPECT_EQ(clear_behind("{match: [{port: 80}], redirect: {scheme: https}}"), Lines{});
  EXPECT_EQ(clear_behind("{match: [{scheme: {exact: http}}], redirect: {scheme: https}}"), Lines{});
  for (const char* rule : {"{match: [{port: 80, uri: {prefix: /a}}], redirect: {scheme: https}}",
                           "{match: [{port: 80}], redirect: {uri: /x}}",
                           "{match: [{port: 80}, {uri: {prefix: /a}}], redirect: {scheme: https}}",
                           "{match: [{port: 443}], redirect: {scheme: https}}"}) {
    EXPECT_EQ(clear_behind(rule).size(), 1U) << rule;
  }
}

TEST(VirtualService, LeadsToMirrorsToo) {
  for (const char* mirror :
       {"mirror: {host: caracal-api}", "mirrors: [{destination: {host: caracal-api}}]"}) {
    EXPECT_EQ(summary_of(gateway(server("HTTP", "")) +
                         "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: "
                         "{name: vs, namespace: caracal}, spec: {gateways: [gw], hosts: [a.org], "
                         "http: [{route: [{destination: {host: caracal-web}}], " +
                         mirror + "}]}}"),
              (Lines{"a.org web -", "a.org api -"}))
        << mirror;
  }
}

TEST(VirtualService, OfTheMeshAloneIsNoRouteFromOutside) {
  EXPECT_EQ(summary_of(virtual_service("")), Lines{});
  EXPECT_EQ(summary_of(virtual_service("[mesh]")), Lines{});
  EXPECT_EQ(summary_of(gateway(server("HTTP", "")) + virtual_service("[mesh, gw]")), plain);
}

TEST(VirtualService, FindsItsGatewayInAnotherNamespace) {
  EXPECT_EQ(summary_of(gateway(server("HTTP", ""), "infra") + virtual_service("[infra/gw]")),
            plain);
  EXPECT_EQ(fault_of_route(gateway(server("HTTP", ""), "infra") + virtual_service("[gw]")),
            "Gateway gw is not among the objects");
}

TEST(VirtualService, IsTakenByServersForItsNamespace) {
  const auto lines = [](const char* host) {
    return summary_of(gateway(server("HTTP", "", "[" + std::string{host} + "]"), "infra") +
                      virtual_service("[infra/gw]"));
  };
  EXPECT_EQ(lines("caracal/a.org"), plain);
  EXPECT_EQ(lines("'*/a.org'"), plain);
  EXPECT_EQ(lines("a.org"), plain);
  EXPECT_EQ(lines("'*.org'"), plain);
  EXPECT_EQ(lines("./a.org"), (Lines{"a.org web ?"}));
  EXPECT_EQ(lines("shop/a.org"), (Lines{"a.org web ?"}));
  EXPECT_EQ(lines("b.org"), (Lines{"a.org web ?"}));
}

TEST(VirtualService, TakesADotForTheGatewaysOwnNamespace) {
  EXPECT_EQ(summary_of(gateway(server("HTTP", "", "[./a.org]")) + virtual_service("[gw]")), plain);
}

TEST(VirtualService, TakesEveryHostOfTheServerForAStar) {
  EXPECT_EQ(summary_of(gateway(server("HTTP", "", "[b.org]")) +
                       virtual_service("[gw]", "hosts: ['*'], ")),
            (Lines{"b.org web -"}));
}

TEST(VirtualService, FindsItsDestinationByShortAndFullNames) {
  for (const char* host : {"caracal-web", "caracal-web.caracal", "caracal-web.caracal.svc",
                           "caracal-web.caracal.svc.cluster.local"}) {
    EXPECT_EQ(summary_of(gateway(server("HTTP", "")) + virtual_service("[gw]", "", host)), plain);
  }
  for (const char* host : {"shop", "caracal-web.shop.svc.cluster.local"}) {
    EXPECT_EQ(summary_of(gateway(server("HTTP", "")) + virtual_service("[gw]", "", host)), Lines{});
  }
}

TEST(VirtualService, LeadsToDestinationsOfTlsAndTcpRoutesToo) {
  for (const char* kind : {"tls", "tcp"}) {
    EXPECT_EQ(summary_of(gateway(server("HTTP", "")) +
                         virtual_service("[gw]",
                                         "hosts: [a.org], " + std::string{kind} +
                                             ": [{route: [{destination: {host: caracal-api}}]}], ",
                                         "shop")),
              (Lines{"a.org api -"}));
  }
}

TEST(VirtualService, DoesNotTakeAGatewayOfTheGatewayApiForItsOwn) {
  const std::string other =
      "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: "
      "caracal}, spec: {listeners: [{name: h, port: 80, protocol: HTTP}]}}\n---\n";
  EXPECT_EQ(fault_of_route(other + virtual_service("[gw]")), "Gateway gw is not among the objects");
}

TEST(VirtualService, IsNoEvidenceWhenItsShapeIsWrong) {
  EXPECT_EQ(fault_of(virtual_service("gw")).fault.message, "'gateways' is not a list");
  EXPECT_EQ(fault_of(gateway("{tls: {httpsRedirect: x}}")).fault.message,
            "'httpsRedirect' is not true or false");
}

}  // namespace
}  // namespace compliance::test::istio_test
