// Gateways and routes of the Gateway API.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/parse/routes.h"

namespace compliance::test::gateway_test {
namespace {

std::string gateway(const std::string& listeners, const std::string& ns = "caracal") {
  return "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, "
         "namespace: " +
         ns + "}, spec: {gatewayClassName: x, listeners: [" + listeners + "]}}\n---\n";
}

std::string route(const std::string& parent, const std::string& hosts = "[a.example.com]",
                  const std::string& kind = "HTTPRoute") {
  return "{apiVersion: gateway.networking.k8s.io/v1, kind: " + kind +
         ", metadata: {name: r, namespace: caracal},\n spec: {parentRefs: [" + parent +
         "], hostnames: " + hosts + ", rules: [{backendRefs: [{name: caracal-web, port: 80}]}]}}\n";
}

constexpr auto http = "{name: http, port: 80, protocol: HTTP}";
constexpr auto https = "{name: https, port: 443, protocol: HTTPS, tls: {}}";
constexpr auto tls = "a.example.com web listener of its Gateway";

std::string both() { return std::string{http} + ", " + https; }

TEST(GatewayRoute, HasTlsOnAListenerForHttps) {
  EXPECT_EQ(summary_of(gateway(https) + route("{name: gw}")), Lines{tls});
}

TEST(GatewayRoute, HasNoneOnAListenerForHttpAlone) {
  EXPECT_EQ(summary_of(gateway(http) + route("{name: gw}")), (Lines{"a.example.com web -"}));
}

TEST(GatewayRoute, HasTlsWhenOneOfItsListenersHasIt) {
  EXPECT_EQ(summary_of(gateway(both()) + route("{name: gw}")), Lines{tls});
}

TEST(GatewayRoute, IsServedInClearByAListenerWithoutTls) {
  const Lines clear{"a.example.com a listener of its Gateway without TLS"};
  EXPECT_EQ(clear_of(gateway(both()) + route("{name: gw}")), clear);
  EXPECT_EQ(clear_of(gateway(std::string{https} + ", " + http) + route("{name: gw}")), clear);
  EXPECT_EQ(clear_of(gateway("{name: s, port: 443, protocol: HTTPS, hostname: '*.example.com'}, "
                             "{name: h, port: 80, protocol: HTTP, hostname: a.example.com}") +
                     route("{name: gw}")),
            clear);
  EXPECT_EQ(clear_of(gateway(both()) + route("{name: gw, sectionName: https}")), Lines{});
  EXPECT_EQ(clear_of(gateway("{name: s, port: 443, protocol: HTTPS}, "
                             "{name: h, port: 80, protocol: HTTP, hostname: b.example.com}") +
                     route("{name: gw}")),
            Lines{});
}

TEST(GatewayRoute, LeadsToMirrorsToo) {
  const auto mirrored = [](const std::string& rule) {
    return summary_of(gateway(https) +
                      "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: "
                      "{name: r, namespace: caracal}, spec: {parentRefs: [{name: gw}], hostnames: "
                      "[a.example.com], rules: [" +
                      rule + "]}}");
  };
  const std::string filters =
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: caracal-api}}}]";
  const Lines lines{tls, "a.example.com api listener of its Gateway"};
  EXPECT_EQ(mirrored("{backendRefs: [{name: caracal-web}], " + filters + "}"), lines);
  EXPECT_EQ(mirrored("{backendRefs: [{name: caracal-web, " + filters + "}]}"), lines);
}

TEST(GatewayRoute, IsBoundToTheListenerThatItNames) {
  EXPECT_EQ(summary_of(gateway(both()) + route("{name: gw, sectionName: http}")),
            (Lines{"a.example.com web -"}));
  EXPECT_EQ(summary_of(gateway(both()) + route("{name: gw, sectionName: https}")), Lines{tls});
  EXPECT_EQ(summary_of(gateway(both()) + route("{name: gw, port: 80}")),
            (Lines{"a.example.com web -"}));
  EXPECT_EQ(summary_of(gateway(both()) + route("{name: gw, port: 443}")), Lines{tls});
}

TEST(GatewayRoute, IsUndecidedWhenNoListenerTakesIt) {
  const std::string message = "no listener of its Gateway takes the route";
  EXPECT_EQ(fault_of_route(gateway(both()) + route("{name: gw, sectionName: x}")), message);
  EXPECT_EQ(fault_of_route(gateway("{name: t, port: 1, protocol: TCP}") + route("{name: gw}")),
            message);
  EXPECT_EQ(fault_of_route(gateway("{name: h, port: 1, protocol: HTTPS, hostname: b.org}") +
                           route("{name: gw}")),
            message);
}

TEST(GatewayRoute, IsUndecidedWhenItsGatewayIsNotThere) {
  EXPECT_EQ(fault_of_route(route("{name: gw}")), "Gateway gw is not among the objects");
  EXPECT_EQ(fault_of_route(gateway(https, "infra") + route("{name: gw}")),
            "Gateway gw is not among the objects");
  EXPECT_EQ(summary_of(gateway(http) + route("{name: gw}, {name: away}")),
            (Lines{"a.example.com web ?"}));
  EXPECT_EQ(summary_of(gateway(https) + route("{name: away}, {name: gw}")),
            (Lines{"a.example.com web ?"}));
}

TEST(GatewayRoute, IsUndecidedWhenItsParentIsNoGateway) {
  const std::string message = "the route is bound to an object that is no Gateway";
  EXPECT_EQ(fault_of_route(gateway(https) + route("{name: gw, kind: ListenerSet}")), message);
  EXPECT_EQ(fault_of_route(gateway(https) + route("{name: gw, group: x.io}")), message);
}

TEST(GatewayRoute, NamesKindAndGroupOfItsGatewayIfItLikes) {
  EXPECT_EQ(summary_of(gateway(https) +
                       route("{name: gw, kind: Gateway, group: gateway.networking.k8s.io}")),
            Lines{tls});
}

TEST(GatewayRoute, OfAMeshIsNoRouteFromOutside) {
  EXPECT_EQ(summary_of(route("{name: caracal-web, kind: Service, group: ''}")), Lines{});
}

TEST(GatewayRoute, FindsItsGatewayInAnotherNamespace) {
  const std::string listener =
      "{name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}}";
  EXPECT_EQ(summary_of(gateway(listener, "infra") + route("{name: gw, namespace: infra}")),
            Lines{tls});
}

TEST(GatewayRoute, IsNotTakenByAListenerOfAnotherNamespaceByDefault) {
  for (const char* from : {"{}", "{namespaces: {from: Same}}"}) {
    const std::string listener =
        "{name: h, port: 1, protocol: HTTPS, allowedRoutes: " + std::string{from} + "}";
    EXPECT_EQ(fault_of_route(gateway(listener, "infra") + route("{name: gw, namespace: infra}")),
              "no listener of its Gateway takes the route");
  }
}

TEST(GatewayRoute, MayBeTakenByAListenerWithASelector) {
  const std::string listener =
      "{name: h, port: 1, protocol: HTTPS, allowedRoutes: {namespaces: {from: Selector}}}";
  EXPECT_EQ(summary_of(gateway(listener, "infra") + route("{name: gw, namespace: infra}")),
            Lines{tls});
}

struct HostCase {
  const char* name;
  const char* listener;
  const char* route;
  const char* common;
};

class GatewayHosts : public testing::TestWithParam<HostCase> {};

TEST_P(GatewayHosts, AreThoseThatListenerAndRouteShare) {
  const std::string listener =
      "{name: h, port: 80, protocol: HTTP, hostname: \"" + std::string{GetParam().listener} + "\"}";
  const auto lines = summary_of(gateway(listener) + route("{name: gw}", GetParam().route));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front(), std::string{GetParam().common} + " web -");
}

INSTANTIATE_TEST_SUITE_P(
    Patterns, GatewayHosts,
    testing::Values(HostCase{"Both", "", "[]", "*"}, HostCase{"OnlyRoute", "", "[a.org]", "a.org"},
                    HostCase{"OnlyListener", "a.org", "[]", "a.org"},
                    HostCase{"WildListener", "*.org", "[x.a.org]", "x.a.org"},
                    HostCase{"WildRoute", "x.a.org", "[\"*.a.org\"]", "x.a.org"},
                    HostCase{"WildBoth", "*.org", "[\"*.a.org\"]", "*.a.org"},
                    HostCase{"OneOfTwo", "a.org", "[b.org, A.org]", "a.org"}),
    [](const auto& row) { return row.param.name; });

TEST(GatewayRoute, IsNotTakenForHostsThatDiffer) {
  for (const char* listener : {"b.org", "*.a.org", "*.xa.org"}) {
    const std::string text =
        "{name: h, port: 80, protocol: HTTP, hostname: \"" + std::string{listener} + "\"}";
    EXPECT_EQ(fault_of_route(gateway(text) + route("{name: gw}", "[a.org]")),
              "no listener of its Gateway takes the route")
        << listener;
  }
}

TEST(GatewayRoute, OfOtherKindsIsTakenByTheirListeners) {
  const std::string listeners = both() + ", {name: tls, port: 8443, protocol: TLS}, " +
                                "{name: tcp, port: 90, protocol: TCP}, " +
                                "{name: udp, port: 53, protocol: UDP}";
  const auto lines = [&](const std::string& kind, const std::string& section) {
    return summary_of(gateway(listeners) +
                      route("{name: gw, sectionName: " + section + "}", "[]", kind));
  };
  const Lines with_tls{"* web listener of its Gateway"};
  const Lines plain{"* web -"};
  const Lines undecided{"* web ?"};
  EXPECT_EQ(lines("GRPCRoute", "https"), with_tls);
  EXPECT_EQ(lines("GRPCRoute", "http"), plain);
  EXPECT_EQ(lines("GRPCRoute", "tls"), undecided);
  EXPECT_EQ(lines("TLSRoute", "tls"), with_tls);
  EXPECT_EQ(lines("TLSRoute", "https"), undecided);
  EXPECT_EQ(lines("TCPRoute", "tcp"), plain);
  EXPECT_EQ(lines("TCPRoute", "tls"), with_tls);
  EXPECT_EQ(lines("TCPRoute", "http"), undecided);
  EXPECT_EQ(lines("UDPRoute", "udp"), plain);
  EXPECT_EQ(lines("UDPRoute", "tcp"), undecided);
}

TEST(GatewayRoute, LeadsToServicesAlone) {
  const auto lines = [](const std::string& backend) {
    return summary_of(gateway(https) +
                      "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: "
                      "{name: r, namespace: caracal}, spec: {parentRefs: [{name: gw}], rules: "
                      "[{filters: [{type: RequestRedirect}]}, {backendRefs: [" +
                      backend + "]}]}}");
  };
  EXPECT_EQ(lines(""), Lines{});
  EXPECT_EQ(lines("{name: caracal-web, kind: Bucket}"), Lines{});
  EXPECT_EQ(lines("{name: caracal-web, namespace: shop}"), Lines{});
  EXPECT_EQ(lines("{name: caracal-api, kind: Service, namespace: caracal}"),
            (Lines{"* api listener of its Gateway"}));
}

TEST(GatewayRoute, SaysWhereTheHostStands) {
  const auto routes = routes_of(gateway(https) + route("{name: gw}"));
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes.front().kind, RouteKind::gateway_route);
  EXPECT_EQ(routes.front().object, "HTTPRoute r");
  EXPECT_EQ(routes.front().origin, origin_at(4, 47));
}

TEST(GatewayRoute, IsNoEvidenceWhenItsShapeIsWrong) {
  EXPECT_EQ(fault_of(route("{name: gw, port: x}")).fault.message, "'port' is not a port number");
  EXPECT_EQ(fault_of(route("{name: gw}", "a.org")).fault.message, "'hostnames' is not a list");
  EXPECT_EQ(fault_of(gateway("{port: 0}")).fault.message, "'port' is not a port number");
}

TEST(GatewayRoute, IsUndecidedWhenThereAreTooManyHosts) {
  std::string listeners;
  std::string hosts;
  for (int index = 0; index < 1'500; ++index) {
    listeners += "{name: l" + std::to_string(index) + ", port: 80, protocol: HTTP},";
    hosts += "h" + std::to_string(index) + ".org,";
  }
  const auto routes = routes_of(gateway(listeners) + route("{name: gw}", "[" + hosts + "]"));
  ASSERT_EQ(routes.size(), 1'500U);
  EXPECT_EQ(routes.back().tls.fault.value_or(Fault{}).reason, UnknownReason::limit_exceeded);
}

}  // namespace
}  // namespace compliance::test::gateway_test
