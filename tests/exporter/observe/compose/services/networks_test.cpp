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

// The first port of a service on these networks, which are defined by `networks`.
PublishedPort port_on(const std::string& joined, const std::string& networks,
                      const std::string& port = "80:80") {
  return container_named(facts_of(project({app_with("ports: [\"" + port + "\"]\n" + joined) +
                                           "networks:\n" + networks})),
                         "app")
      .published_ports.at(0);
}

// The option that gives published ports an address.
std::string bound_to(const std::string& address) {
  return "driver_opts: {com.docker.network.bridge.host_binding_ipv4: \"" + address + "\"}";
}

TEST(HostBinding, IsTheAddressOfPortsWithoutOne) {
  const std::string networks = "  default: {" + bound_to("127.0.0.1") + "}\n";
  EXPECT_EQ(port_on("", networks).host_address, "127.0.0.1");
  EXPECT_EQ(port_on("", networks, "0.0.0.0:80:80").host_address, "0.0.0.0");
  EXPECT_EQ(port_on("", networks, "80").host_address, "127.0.0.1");
  EXPECT_EQ(port_on("network_mode: bridge", networks).host_address, "");
}

TEST(HostBinding, CountsOnlyWhereEveryNetworkHasOne) {
  const std::string a = "  a: {" + bound_to("127.0.0.1") + "}\n";
  EXPECT_EQ(port_on("networks: [a, b]", a + "  b: {" + bound_to("127.0.0.2") + "}\n").host_address,
            "127.0.0.1");
  EXPECT_EQ(port_on("networks: [a, b]", a + "  b:\n").host_address, "");
  EXPECT_EQ(port_on("networks: [a, b]", a + "  b: {" + bound_to("192.0.2.1") + "}\n").host_address,
            "192.0.2.1");
  EXPECT_EQ(port_on("networks: [b]", a + "  b:\n").host_address, "");
}

TEST(HostBinding, IsAnOptionOfBridgesOfTheProject) {
  EXPECT_EQ(
      port_on("", "  default: {driver: macvlan, " + bound_to("127.0.0.1") + "}\n").host_address,
      "");
  EXPECT_EQ(
      port_on("", "  default: {driver: bridge, " + bound_to("127.0.0.1") + "}\n").host_address,
      "127.0.0.1");
}

TEST(HostBinding, IsUndecidedWhereAVariableHasNoValue) {
  EXPECT_EQ(port_on("", "  default: {" + bound_to("${X}") + "}\n").fault, unset("X"));
  EXPECT_EQ(port_on("networks: [a, b]",
                    "  a: {" + bound_to("${X}") + "}\n  b: {" + bound_to("127.0.0.1") + "}\n")
                .fault,
            unset("X"));
}

TEST(GatewayModes, OpenEveryPortOfTheMembers) {
  const auto gateways = [](const std::string& option, const std::string& mode) {
    return container_named(
               facts_of(project({app_with("networks: [a]") +
                                 "networks:\n  a: {driver_opts: {"
                                 "com.docker.network.bridge." +
                                 option + ": \"" + mode +
                                 "\"}}\n  b: {driver_opts: {"
                                 "com.docker.network.bridge.gateway_mode_ipv4: routed}}\n"})),
               "app")
        .open_gateways;
  };
  ASSERT_EQ(gateways("gateway_mode_ipv4", "routed").size(), 1U);
  EXPECT_EQ(gateways("gateway_mode_ipv6", "nat-unprotected").at(0).value, "nat-unprotected");
  EXPECT_TRUE(gateways("gateway_mode_ipv4", "nat").empty());
  EXPECT_TRUE(gateways("gateway_mode_ipv4", "isolated").empty());
  EXPECT_TRUE(gateways("host_binding_ipv4", "routed").empty());
  EXPECT_EQ(gateways("gateway_mode_ipv4", "${X}").at(0).fault, unset("X"));
}

}  // namespace
}  // namespace compliance::test::networks_test
