// IngressRoutes of Traefik.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/parse/routes.h"

namespace compliance::test::traefik_test {
namespace {

std::string route(const std::string& match, const std::string& spec = "",
                  const std::string& service = "{name: caracal-web, port: 80}",
                  const std::string& kind = "traefik.io/v1alpha1, kind: IngressRoute") {
  return "{apiVersion: " + kind + ", metadata: {name: r, namespace: caracal},\n spec: {" + spec +
         "routes: [{kind: Rule, match: '" + match + "', services: [" + service + "]}]}}\n";
}

TEST(IngressRoute, HasTlsWhenItStatesSome) {
  EXPECT_EQ(summary_of(route("Host(`a.org`)", "tls: {secretName: s}, ")),
            (Lines{"a.org web spec.tls"}));
  EXPECT_EQ(summary_of(route("Host(`a.org`)", "tls: {}, ")), (Lines{"a.org web spec.tls"}));
}

TEST(IngressRoute, HasNoneOtherwise) {
  EXPECT_EQ(summary_of(route("Host(`a.org`)")), (Lines{"a.org web -"}));
  EXPECT_EQ(summary_of(route("Host(`a.org`)", "tls: null, ")), (Lines{"a.org web -"}));
  EXPECT_EQ(summary_of(route("Host(`a.org`)", "entryPoints: [web], ")), (Lines{"a.org web -"}));
}

TEST(IngressRoute, HasTlsOnTheSecureEntryPoint) {
  EXPECT_EQ(summary_of(route("Host(`a.org`)", "entryPoints: [web, websecure], ")),
            (Lines{"a.org web entry point websecure"}));
}

TEST(IngressRoute, IsReadFromBothGroupsAndKinds) {
  for (const char* kind :
       {"traefik.containo.us/v1alpha1, kind: IngressRoute", "traefik.io/v1, kind: IngressRouteTCP",
        "traefik.containo.us/v1, kind: IngressRouteTCP", "traefik.io/v1, kind: IngressRouteUDP",
        "traefik.containo.us/v1, kind: IngressRouteUDP"}) {
    EXPECT_EQ(summary_of(route("", "", "{name: caracal-api}", kind)), (Lines{"* api -"})) << kind;
  }
}

struct MatchCase {
  const char* name;
  const char* match;
  std::vector<std::string> hosts;
};

class IngressRouteMatch : public testing::TestWithParam<MatchCase> {};

TEST_P(IngressRouteMatch, NamesTheHosts) {
  Lines lines;
  for (const std::string& host : GetParam().hosts) {
    lines.push_back(host + " web -");
  }
  EXPECT_EQ(summary_of(route(GetParam().match)), lines);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, IngressRouteMatch,
    testing::Values(MatchCase{"Two", "Host(`A.org`) || Host(`b.org`)", {"a.org", "b.org"}},
                    MatchCase{"List", "Host(`a.org`, \"b.org\")", {"a.org", "b.org"}},
                    MatchCase{"WithPath", "PathPrefix(`/x`) && Host(`a.org`)", {"a.org"}},
                    MatchCase{"PathOnly", "PathPrefix(`/x`)", {"*"}},
                    MatchCase{"Regexp", "HostRegexp(`.+`)", {"*"}},
                    MatchCase{"Older", "HostHeader(`a.org`)", {"a.org"}},
                    MatchCase{"Sni", "HostSNI(`a.org`)", {"a.org"}},
                    MatchCase{"EverySni", "HostSNI(`*`)", {"*"}},
                    MatchCase{"Not", "!Host(`a.org`)", {"*"}},
                    MatchCase{"OtherWord", "MyHost(`a.org`)", {"*"}},
                    MatchCase{"InBrackets", "(Host(`a.org`))", {"a.org"}},
                    MatchCase{"Open", "Host(`a.org", {"*"}}, MatchCase{"None", "Host()", {"*"}},
                    MatchCase{"Empty", "", {"*"}}),
    [](const auto& row) { return row.param.name; });

TEST(IngressRoute, LeadsToServicesAlone) {
  EXPECT_EQ(summary_of(route("Host(`a`)", "", "{name: caracal-web, kind: TraefikService}")),
            Lines{});
  EXPECT_EQ(summary_of(route("Host(`a`)", "", "{name: caracal-web, namespace: shop}")), Lines{});
  EXPECT_EQ(
      summary_of(route("Host(`a`)", "", "{name: caracal-api, kind: Service, namespace: caracal}")),
      (Lines{"a api -"}));
}

TEST(IngressRoute, SaysWhereTheRuleStands) {
  const auto routes = routes_of(route("Host(`a`)"));
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes.front().kind, RouteKind::traefik);
  EXPECT_EQ(routes.front().object, "IngressRoute r");
  EXPECT_EQ(routes.front().origin, origin_at(2, 38));
}

TEST(IngressRoute, IsNoEvidenceWhenItsShapeIsWrong) {
  EXPECT_EQ(fault_of(route("", "tls: x, ")).fault.message, "'tls' is not a mapping");
  EXPECT_EQ(fault_of(route("", "entryPoints: x, ")).fault.message, "'entryPoints' is not a list");
}

}  // namespace
}  // namespace compliance::test::traefik_test
