// internal-services-bridge-network
#include <gtest/gtest.h>

#include "tests/support/facts.h"
#include "tests/support/packaged.h"

namespace compliance::test::bridge_network_test {
namespace {

constexpr auto id = "internal-services-bridge-network";

Container in_mode(NamespaceMode space) {
  Container container = hardened_service(Component::api);
  container.networks.clear();
  container.namespaces = {std::move(space)};
  return container;
}

CheckResult mode(const std::string& text) {
  return result_of(
      id, in_mode({.kind = "network", .mode = text, .origin = at(Source::compose, 8, 19)}));
}

// A service on one network of this definition.
Installation on_network(ComposeNetwork network) {
  Container container = hardened_service(Component::api);
  container.networks = {network.key};
  Installation installation = compose_installation({container});
  installation.compose.networks = {std::move(network)};
  return installation;
}

CheckResult driver(const std::string& text) {
  return result_of(id, on_network({.key = "data", .driver = {.value = text}}));
}

CheckResult external(const std::string& key, const std::string& name = "") {
  return result_of(id, on_network({.key = key, .engine_name = name, .external = {.value = true}}));
}

TEST(InternalServicesBridgeNetwork, PassesForThePackagedInstallation) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, PassesOnTheImplicitDefault) {
  Container container = hardened_service(Component::api);
  container.networks = {"default"};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, PassesWithoutANetwork) {
  EXPECT_EQ(mode("none").status, Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, FailsInTheHostsNetwork) {
  const Finding finding = expect_fail(
      id, in_mode({.kind = "network", .mode = "host", .origin = at(Source::compose, 8, 19)}),
      "has the host's network: every port that it opens is open there", at(Source::compose, 8, 19));
  EXPECT_EQ(finding.component, Component::api);
}

TEST(InternalServicesBridgeNetwork, FailsOnTheBridgeOfTheEngine) {
  expect_fail(mode("bridge"), "joins the engine's own bridge, which other projects share",
              at(Source::compose, 8, 19));
  expect_fail(mode("default"), "joins the engine's own bridge, which other projects share",
              at(Source::compose, 8, 19));
}

TEST(InternalServicesBridgeNetwork, LeavesTheNetworkOfAnotherServiceToThatService) {
  EXPECT_EQ(mode("service:edge").status, Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, IsUnknownOnANetworkOfAnotherProject) {
  EXPECT_EQ(mode("container:x").status, Outcome::unknown);
  EXPECT_EQ(mode("proxy").status, Outcome::unknown);
}

TEST(InternalServicesBridgeNetwork, IsUnknownWhenAVariableDecidesTheMode) {
  expect_unknown(id, in_mode({.kind = "network", .fault = unset_variable}), unset_variable,
                 Origin{});
  EXPECT_EQ(status_of(id, in_mode({.kind = "pid", .fault = unset_variable})), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, IgnoresOtherNamespaces) {
  EXPECT_EQ(status_of(id, in_mode({.kind = "pid", .mode = "host"})), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, EvaluatesTheDriver) {
  EXPECT_EQ(status_of(id, on_network({.key = "data"})), Outcome::pass);
  for (const char* const good : {"bridge", "default", "", "none", "null"}) {
    EXPECT_EQ(driver(good).status, Outcome::pass) << good;
  }
  for (const char* const bad : {"macvlan", "ipvlan", "overlay", "weave"}) {
    SCOPED_TRACE(bad);
    expect_fail(driver(bad), "joins a network whose driver is no bridge", Origin{});
  }
  expect_fail(driver("host"), "has the host's network: every port that it opens is open there",
              Origin{});
}

TEST(InternalServicesBridgeNetwork, IsUnknownWhenAVariableDecidesTheNetwork) {
  expect_unknown(id, on_network({.key = "data", .driver = {.fault = unset_variable}}),
                 unset_variable, Origin{});
  expect_unknown(id, on_network({.key = "data", .external = {.fault = unset_variable}}),
                 unset_variable, Origin{});
}

TEST(InternalServicesBridgeNetwork, IsUnknownOnAnExternalNetwork) {
  EXPECT_EQ(external("proxy").status, Outcome::unknown);
  EXPECT_EQ(external("host", "proxy").status, Outcome::unknown);
}

TEST(InternalServicesBridgeNetwork, RecognisesTheNetworksThatEveryEngineHas) {
  expect_fail(external("outer", "host"),
              "has the host's network: every port that it opens is open there", Origin{});
  expect_fail(external("host"), "has the host's network: every port that it opens is open there",
              Origin{});
  expect_fail(external("outer", "bridge"),
              "joins the engine's own bridge, which other projects share", Origin{});
  EXPECT_EQ(external("outer", "none").status, Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, LooksAtTheDriverOfANetworkThatIsNotExternal) {
  EXPECT_EQ(status_of(id, on_network({.key = "host", .external = {.value = false}})),
            Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, EvaluatesEveryNetworkOfAService) {
  Installation installation = on_network({.key = "outer", .driver = {.value = "macvlan"}});
  installation.compose.networks.push_back({.key = "data"});
  containers_in(installation).front().networks = {"data", "outer"};
  expect_fail(id, installation, "joins a network whose driver is no bridge", Origin{});
}

TEST(InternalServicesBridgeNetwork, DoesNotApplyToKubernetes) {
  Container container = hardened_pod_container(Component::api);
  container.namespaces = {{.kind = "network", .mode = "host"}};
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::bridge_network_test
