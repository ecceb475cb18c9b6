// The networks that a Compose project defines.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::networks_test {
namespace {

// A project whose top-level networks are these lines; they begin in line 5.
std::vector<ComposeNetwork> networks_of(const std::string& lines) {
  return facts_of(project({"services:\n  app:\n    image: example/app:1.0\nnetworks:\n" + lines}))
      .networks;
}

ComposeNetwork network_of(const std::string& lines) {
  const auto networks = networks_of(lines);
  EXPECT_EQ(networks.size(), 1U);
  return networks.empty() ? ComposeNetwork{} : networks.front();
}

TEST(ComposeNetworks, AreNoneUnlessTheFileDefinesSome) {
  EXPECT_TRUE(facts_of(project({app_with("")})).networks.empty());
}

TEST(ComposeNetworks, HaveADriverAndAName) {
  const ComposeNetwork network = network_of("  data:\n    driver: bridge\n    name: caracalData\n");
  EXPECT_EQ(network.key, "data");
  EXPECT_EQ(network.engine_name, "caracalData");
  EXPECT_TRUE(network.driver.is("bridge"));
  EXPECT_EQ(network.driver.origin, in_file(6, 13));
  EXPECT_TRUE(network.external.absent());
  EXPECT_EQ(network.origin, in_file(5, 3));
}

TEST(ComposeNetworks, MayBeDefinedWithoutAWord) {
  const ComposeNetwork network = network_of("  data:\n");
  EXPECT_EQ(network.key, "data");
  EXPECT_EQ(network.engine_name, "");
  EXPECT_TRUE(network.driver.absent());
}

TEST(ComposeNetworks, MayBeSomebodyElses) {
  EXPECT_TRUE(network_of("  data: {external: true}\n").external.is(true));
  EXPECT_TRUE(network_of("  data: {external: false}\n").external.is(false));
  const ComposeNetwork older = network_of("  data: {external: {name: host}}\n");
  EXPECT_TRUE(older.external.is(true));
  EXPECT_EQ(older.engine_name, "host");
}

TEST(ComposeNetworks, AreUndecidedWhereAVariableHasNoValue) {
  const ComposeNetwork network =
      network_of("  data: {driver: \"${X}\", external: \"${Y}\", name: \"a${Z}\"}\n");
  EXPECT_EQ(network.driver.fault, unset("X"));
  EXPECT_EQ(network.external.fault, unset("Y"));
  EXPECT_EQ(network.external.value, std::nullopt);
  EXPECT_EQ(network.engine_name, "");
}

TEST(ComposeNetworks, StandByKeyAndAreMerged) {
  const auto networks =
      facts_of(project({"services: {}\nnetworks:\n  z: {}\n  a: {driver: bridge}\n",
                        "networks:\n  a: {driver: macvlan}\n"}))
          .networks;
  ASSERT_EQ(networks.size(), 2U);
  EXPECT_EQ(networks.front().key, "a");
  EXPECT_TRUE(networks.front().driver.is("macvlan"));
  EXPECT_EQ(networks.back().key, "z");
}

}  // namespace
}  // namespace compliance::test::networks_test
