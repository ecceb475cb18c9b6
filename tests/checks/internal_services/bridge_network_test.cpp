// internal-services-bridge-network
#include <gtest/gtest.h>

#include "tests/support/facts.h"
#include "tests/support/packaged.h"

namespace compliance::test::bridge_network_test {
namespace {

constexpr auto id = "internal-services-bridge-network";
const Fault undecided{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

Container in_mode(NamespaceMode space) {
  Container container = hardened_service(Component::api);
  container.networks.clear();
  container.namespaces = {std::move(space)};
  return container;
}

Outcome mode(const std::string& text) {
  return status_of(id, in_mode({.kind = "network", .mode = text}));
}

// A service on one network of this definition.
Installation on_network(ComposeNetwork network) {
  Container container = hardened_service(Component::api);
  container.networks = {network.key};
  Installation installation = compose_installation({container});
  installation.compose.networks = {std::move(network)};
  return installation;
}

Outcome driver(const std::string& text) {
  return status_of(id, on_network({.key = "data", .driver = {.value = text}}));
}

Outcome external(const std::string& key, const std::string& name = "") {
  return status_of(id, on_network({.key = key, .engine_name = name, .external = {.value = true}}));
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
  EXPECT_EQ(mode("none"), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, FailsInTheHostsNetwork) {
  const CheckResult result = result_of(
      id, compose_installation({in_mode(
              {.kind = "network", .mode = "host", .origin = at(Source::compose, 8, 19)})}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message,
            "has the host's network: every port that it opens is open there");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 8, 19));
  EXPECT_EQ(result.findings.front().component, Component::api);
}

TEST(InternalServicesBridgeNetwork, FailsOnTheBridgeOfTheEngine) {
  EXPECT_EQ(mode("bridge"), Outcome::fail);
  EXPECT_EQ(mode("default"), Outcome::fail);
}

TEST(InternalServicesBridgeNetwork, LeavesTheNetworkOfAnotherServiceToThatService) {
  EXPECT_EQ(mode("service:edge"), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, IsUnknownOnANetworkOfSomebodyElse) {
  EXPECT_EQ(mode("container:x"), Outcome::unknown);
  EXPECT_EQ(mode("proxy"), Outcome::unknown);
}

TEST(InternalServicesBridgeNetwork, IsUnknownWhenAVariableDecidesTheMode) {
  EXPECT_EQ(status_of(id, in_mode({.kind = "network", .fault = undecided})), Outcome::unknown);
  EXPECT_EQ(status_of(id, in_mode({.kind = "pid", .fault = undecided})), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, LooksAtNoOtherNamespace) {
  EXPECT_EQ(status_of(id, in_mode({.kind = "pid", .mode = "host"})), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, JudgesTheDriver) {
  EXPECT_EQ(status_of(id, on_network({.key = "data"})), Outcome::pass);
  for (const char* const good : {"bridge", "default", "", "none", "null"}) {
    EXPECT_EQ(driver(good), Outcome::pass) << good;
  }
  for (const char* const bad : {"macvlan", "ipvlan", "host", "overlay", "weave"}) {
    EXPECT_EQ(driver(bad), Outcome::fail) << bad;
  }
}

TEST(InternalServicesBridgeNetwork, IsUnknownWhenAVariableDecidesTheNetwork) {
  EXPECT_EQ(status_of(id, on_network({.key = "data", .driver = {.fault = undecided}})),
            Outcome::unknown);
  EXPECT_EQ(status_of(id, on_network({.key = "data", .external = {.fault = undecided}})),
            Outcome::unknown);
}

TEST(InternalServicesBridgeNetwork, IsUnknownOnAnExternalNetwork) {
  EXPECT_EQ(external("proxy"), Outcome::unknown);
  EXPECT_EQ(external("host", "proxy"), Outcome::unknown);
}

TEST(InternalServicesBridgeNetwork, KnowsTheNetworksThatEveryEngineHas) {
  EXPECT_EQ(external("outer", "host"), Outcome::fail);
  EXPECT_EQ(external("host"), Outcome::fail);
  EXPECT_EQ(external("outer", "bridge"), Outcome::fail);
  EXPECT_EQ(external("outer", "none"), Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, LooksAtTheDriverOfANetworkThatIsNotExternal) {
  EXPECT_EQ(status_of(id, on_network({.key = "host", .external = {.value = false}})),
            Outcome::pass);
}

TEST(InternalServicesBridgeNetwork, JudgesEveryNetworkOfAService) {
  Installation installation = on_network({.key = "outer", .driver = {.value = "macvlan"}});
  installation.compose.networks.push_back({.key = "data"});
  containers_in(installation).front().networks = {"data", "outer"};
  EXPECT_EQ(status_of(id, installation), Outcome::fail);
}

TEST(InternalServicesBridgeNetwork, DoesNotApplyToKubernetes) {
  Container container = hardened_pod_container(Component::api);
  container.namespaces = {{.kind = "network", .mode = "host"}};
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::bridge_network_test
