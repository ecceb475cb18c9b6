// internal-services-ingress-targets
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::ingress_targets_test {
namespace {

constexpr auto id = "internal-services-ingress-targets";

Route route_to(Component component) {
  return {.object = "Ingress x",
          .object_namespace = "caracal",
          .host = "api.example.com",
          .service = "caracal-api",
          .service_namespace = "caracal",
          .component = component,
          .tls = {.value = "spec.tls"},
          .origin = at(Source::kubernetes, 12, 7)};
}

CheckResult evaluated(std::vector<Route> routes,
                      std::vector<Component> declared = {Component::web}) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.routes = std::move(routes);
  installation.public_components = std::move(declared);
  return result_of(id, installation);
}

TEST(InternalServicesIngressTargets, PassesForWebAndForAnEdge) {
  EXPECT_EQ(evaluated({route_to(Component::web)}).status, Outcome::pass);
  EXPECT_EQ(evaluated({route_to(Component::edge)}).status, Outcome::pass);
}

TEST(InternalServicesIngressTargets, FailsForEveryOtherComponent) {
  for (const Component component :
       {Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::postgres, Component::redis, Component::other}) {
    SCOPED_TRACE(name_of(component));
    expect_fail(evaluated({route_to(component)}),
                "exposes Service caracal-api under host api.example.com",
                at(Source::kubernetes, 12, 7));
  }
}

TEST(InternalServicesIngressTargets, PassesForADeclaredComponent) {
  EXPECT_EQ(evaluated({route_to(Component::gateway)}, {Component::web, Component::gateway}).status,
            Outcome::pass);
}

TEST(InternalServicesIngressTargets, FailsForWebWhenItIsNotDeclared) {
  expect_fail(evaluated({route_to(Component::web)}, {}),
              "exposes Service caracal-api under host api.example.com",
              at(Source::kubernetes, 12, 7));
}

TEST(InternalServicesIngressTargets, ShowsWhichServiceIsExposedUnderWhichHost) {
  const CheckResult result = evaluated({route_to(Component::web), route_to(Component::api)});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "Ingress x");
  EXPECT_EQ(finding.message, "exposes Service caracal-api under host api.example.com");
  EXPECT_EQ(finding.expected, "no route, or the component declared in public_components");
  EXPECT_EQ(finding.observed, "a route from outside");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 12, 7));
}

TEST(InternalServicesIngressTargets, DoesNotApplyWithoutRoutes) {
  EXPECT_EQ(evaluated({}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::ingress_targets_test
