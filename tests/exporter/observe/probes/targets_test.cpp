// Which targets a configuration has: all that it names and no other.
#include "exporter/observe/probes/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"

namespace compliance::probes::targets_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

InstallationConfig config_with_everything() {
  InstallationConfig config{.name = "a", .public_components = {Component::web, Component::gateway}};
  config.endpoints.list = {{.component = Component::web, .url = "https://console.example:8443"},
                           {.component = Component::sts, .url = "http://sts:8080"}};
  config.endpoints.metrics_bearer_file = "bearer";
  config.exposure = ExposureConfig{.addresses = {"192.0.2.1", "::1"}, .ports = {3000, 8443, 8081}};
  config.datastores = {
      .redis = {.host = "r", .port = 6380}, .redis_tls = true, .postgres = {"p", 5432}};
  return config;
}

std::vector<std::string> names_of(const std::vector<Target>& targets) {
  std::vector<std::string> names;
  for (const Target& target : targets) {
    names.push_back(target.name);
  }
  return names;
}

TEST(TargetsOf, NothingAreNone) { EXPECT_THAT(targets_of({.name = "a"}, {}), IsEmpty()); }

TEST(TargetsOf, AnOfflineConfigurationAreNone) {
  EXPECT_THAT(targets_of(config_with_everything(), {.offline = true}), IsEmpty());
}

TEST(TargetsOf, AnInstallationAreThoseThatItNamesLessThePublicPorts) {
  EXPECT_THAT(names_of(targets_of(config_with_everything(), {})),
              ElementsAre("endpoint web", "limiter web", "endpoint sts", "port 192.0.2.1:3000",
                          "port [::1]:3000", "redis", "postgres"));
}

TEST(TargetsOf, AnInstallationAreAskedAtTheirOwnIntervals) {
  for (const Target& target : targets_of(config_with_everything(), {})) {
    const bool limiter = target.name == "limiter web";
    EXPECT_EQ(target.interval, limiter ? std::chrono::minutes{15} : std::chrono::minutes{1})
        << target.name;
  }
}

TEST(TargetsOf, AChangedEndpointAreOthers) {
  const auto definition_of = [](const EndpointConfig& endpoint) {
    InstallationConfig config{.name = "a"};
    config.endpoints.list = {endpoint};
    return targets_of(config, {}).front().definition;
  };
  const EndpointConfig plain{.component = Component::web, .url = "https://a"};
  for (EndpointConfig changed :
       {EndpointConfig{.url = "https://b"}, EndpointConfig{.url = "https://a", .connect_to = "h:1"},
        EndpointConfig{.url = "https://a", .connect_to_http = "h:1"},
        EndpointConfig{.url = "https://a", .ca_file = "f"},
        EndpointConfig{.url = "https://a", .http_proxy = "http://p"},
        EndpointConfig{.url = "https://a", .session_cookie_file = "f"},
        EndpointConfig{.url = "https://a", .headers_file = "f"},
        EndpointConfig{.url = "https://a", .replicas = 2}}) {
    EXPECT_NE(definition_of(plain), definition_of(changed)) << definition_of(changed);
  }
  EXPECT_EQ(definition_of(plain), definition_of(plain));
}

TEST(AddUnasked, SaysWhatWillBeAsked) {
  Installation installation;
  add_pending(config_with_everything(), {}, installation);
  EXPECT_TRUE(has_any(installation.configured, Source::endpoint));
  EXPECT_EQ(installation.probed.endpoints.size(), 2U);
  EXPECT_TRUE(installation.probed.endpoints.front().probed);
  EXPECT_TRUE(installation.probed.endpoints.front().has_bearer);
  EXPECT_EQ(installation.probed.exposed_ports.size(), 2U);
  EXPECT_EQ(installation.probed.exposed_ports.front().answer.origin.place.text(),
            "tcp://192.0.2.1:3000");
  EXPECT_TRUE(installation.probed.redis->tls);
  EXPECT_EQ(installation.probed.postgres->host, "p");
}

TEST(AddUnasked, KeepsOnlyTheUrlsOfAnOfflineConfiguration) {
  Installation installation;
  add_pending(config_with_everything(), {.offline = true}, installation);
  EXPECT_EQ(installation.configured, Evidence{});
  EXPECT_EQ(installation.probed.endpoints.size(), 2U);
  EXPECT_FALSE(installation.probed.endpoints.front().probed);
  EXPECT_THAT(installation.probed.exposed_ports, IsEmpty());
  EXPECT_FALSE(installation.probed.redis || installation.probed.postgres);
}

TEST(AddUnasked, LeavesEndpointsUnconfiguredWhereThereIsNothingToAsk) {
  Installation installation;
  add_pending({.name = "a"}, {}, installation);
  EXPECT_EQ(installation, Installation{});
}

TEST(NamesToResolve, AreTheNamesOfAllAllowlistsOnce) {
  const Installation installation = test::compose_installation(
      {test::listing(
           "b.example, 192.0.2.1, localhost, 127.1, a.example, *.c.example, d.example:443"),
       test::listing("a.example, e")});
  EXPECT_THAT(unresolved_names(installation), ElementsAre("b.example", "a.example", "e"));
}

TEST(NamesToResolve, AreNoneWithoutAnAllowlist) {
  EXPECT_THAT(unresolved_names(test::compose_installation({test::gateway_with({})})), IsEmpty());
}

}  // namespace
}  // namespace compliance::probes::targets_test
