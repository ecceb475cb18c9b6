// What a network of a Compose project is.
#include "checks/rules/network_kind.h"

#include <gtest/gtest.h>

namespace compliance::test::network_kind_test {
namespace {

Fact<NetworkKind> kind_of(const ComposeNetwork& network) {
  Installation installation;
  installation.compose.networks = {network};
  return network_kind(installation, "data");
}

TEST(NetworkKind, OfANetworkThatNobodyDefinesIsTheProjectsBridge) {
  EXPECT_TRUE(network_kind({}, "default").is(NetworkKind::project_bridge));
  EXPECT_TRUE(
      kind_of({.key = "other", .driver = {.value = "macvlan"}}).is(NetworkKind::project_bridge));
}

struct DriverCase {
  const char* driver;
  NetworkKind kind;
};

TEST(NetworkKind, FollowsTheDriver) {
  for (const DriverCase& row :
       {DriverCase{"", NetworkKind::project_bridge},
        DriverCase{"bridge", NetworkKind::project_bridge},
        DriverCase{"default", NetworkKind::project_bridge}, DriverCase{"none", NetworkKind::none},
        DriverCase{"null", NetworkKind::none}, DriverCase{"host", NetworkKind::host},
        DriverCase{"macvlan", NetworkKind::other_driver},
        DriverCase{"overlay", NetworkKind::other_driver}}) {
    EXPECT_TRUE(kind_of({.key = "data", .driver = {.value = row.driver}}).is(row.kind))
        << row.driver;
  }
}

TEST(NetworkKind, OfAnExternalNetworkFollowsItsName) {
  const auto external = [](const std::string& key, const std::string& name) {
    Installation installation;
    installation.compose.networks = {
        {.key = key, .engine_name = name, .external = {.value = true}}};
    return network_kind(installation, key);
  };
  EXPECT_TRUE(external("host", "").is(NetworkKind::host));
  EXPECT_TRUE(external("data", "host").is(NetworkKind::host));
  EXPECT_TRUE(external("data", "bridge").is(NetworkKind::shared_bridge));
  EXPECT_TRUE(external("data", "none").is(NetworkKind::none));
  EXPECT_TRUE(external("host", "shop").is(NetworkKind::unseen));
}

TEST(NetworkKind, IsNotKnownWhereAVariableDecides) {
  const Fault fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(kind_of({.key = "data", .driver = {.fault = fault}}).fault, fault);
  EXPECT_EQ(kind_of({.key = "data", .external = {.fault = fault}}).fault, fault);
}

TEST(NetworkKind, OfAModeIsThatOfTheEnginesNetwork) {
  const auto kind = network_kind(NamespaceMode{.kind = "network", .mode = "bridge"});
  ASSERT_TRUE(kind);
  EXPECT_TRUE(kind->is(NetworkKind::shared_bridge));
  EXPECT_EQ(network_kind(NamespaceMode{.kind = "pid", .mode = "host"}), std::nullopt);
  EXPECT_EQ(network_kind(NamespaceMode{.kind = "network", .mode = "service:sts"}), std::nullopt);
  const Fault fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(network_kind(NamespaceMode{.kind = "network", .fault = fault})->fault, fault);
}

TEST(NetworkKind, HasWordsWhereItDoesNotSeparateTheProject) {
  EXPECT_EQ(words_against(NetworkKind::project_bridge), "");
  EXPECT_EQ(words_against(NetworkKind::none), "");
  EXPECT_EQ(words_against(NetworkKind::host),
            "has the host's network: every port that it opens is open there");
  EXPECT_EQ(words_against(NetworkKind::shared_bridge),
            "joins the engine's own bridge, which other projects share");
  EXPECT_EQ(words_against(NetworkKind::other_driver), "joins a network whose driver is no bridge");
  EXPECT_EQ(words_against(NetworkKind::unseen),
            "joins a network of somebody else: its driver and members are not in the files");
}

}  // namespace
}  // namespace compliance::test::network_kind_test
