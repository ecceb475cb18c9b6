// internal-services-published-ports
#include <gtest/gtest.h>

#include "tests/support/facts.h"
#include "tests/support/packaged.h"

namespace compliance::test::published_ports_test {
namespace {

constexpr auto id = "internal-services-published-ports";

PublishedPort port_on(std::string address, std::uint16_t first, std::uint16_t last) {
  return {.host_address = std::move(address),
          .host_first = first,
          .host_last = last,
          .container_first = first,
          .container_last = last,
          .origin = at(Source::compose, 30, 9)};
}

Container service(Component component, std::vector<PublishedPort> ports) {
  Container container = hardened_service(component);
  container.published_ports = std::move(ports);
  return container;
}

Outcome judged(const Container& container) { return status_of(id, container); }

TEST(InternalServicesPublishedPorts, PassesWithoutPorts) {
  EXPECT_EQ(judged(service(Component::api, {})), Outcome::pass);
}

TEST(InternalServicesPublishedPorts, PassesForThePackagedInstallation) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
}

struct AddressCase {
  const char* name;
  const char* address;
  Outcome outcome;
};

class PublishedAddress : public testing::TestWithParam<AddressCase> {};

TEST_P(PublishedAddress, IsJudged) {
  EXPECT_EQ(judged(service(Component::redis, {port_on(GetParam().address, 6379, 6379)})),
            GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PublishedAddress,
    testing::Values(AddressCase{"Every", "", Outcome::fail},
                    AddressCase{"Any4", "0.0.0.0", Outcome::fail},
                    AddressCase{"Any6", "::", Outcome::fail},
                    AddressCase{"Private", "10.0.0.5", Outcome::fail},
                    AddressCase{"Public6", "2001:db8::1", Outcome::fail},
                    AddressCase{"Near", "128.0.0.1", Outcome::fail},
                    AddressCase{"Loopback", "127.0.0.1", Outcome::pass},
                    AddressCase{"LoopbackBlock", "127.9.9.9", Outcome::pass},
                    AddressCase{"Loopback6", "::1", Outcome::pass},
                    AddressCase{"LongLoopback6", "0:0:0:0:0:0:0:1", Outcome::pass},
                    AddressCase{"Mapped", "::ffff:127.0.0.1", Outcome::pass},
                    AddressCase{"MappedPrivate", "::ffff:10.0.0.1", Outcome::fail}),
    [](const auto& row) { return row.param.name; });

TEST(InternalServicesPublishedPorts, FailsForEveryInternalComponent) {
  for (const Component component :
       {Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::postgres, Component::redis, Component::migrate}) {
    EXPECT_EQ(judged(service(component, {port_on("", 8000, 8000)})), Outcome::fail)
        << name_of(component);
  }
}

TEST(InternalServicesPublishedPorts, PassesForPublicComponents) {
  EXPECT_EQ(judged(service(Component::web, {port_on("", 443, 443)})), Outcome::pass);
  Installation installation =
      compose_installation({service(Component::gateway, {port_on("", 8081, 8081)})});
  installation.public_components = {Component::gateway};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.public_components = {};
  EXPECT_EQ(status_of(id, installation), Outcome::fail);
}

TEST(InternalServicesPublishedPorts, LetsAnEdgePublishTheWebPortsAlone) {
  const auto edge = [](std::uint16_t first, std::uint16_t last, const char* protocol) {
    PublishedPort port = port_on("", first, last);
    port.protocol = protocol;
    return judged(service(Component::edge, {port}));
  };
  EXPECT_EQ(edge(80, 80, "tcp"), Outcome::pass);
  EXPECT_EQ(edge(443, 443, "tcp"), Outcome::pass);
  EXPECT_EQ(edge(443, 443, "udp"), Outcome::pass);
  EXPECT_EQ(edge(443, 443, "sctp"), Outcome::fail);
  EXPECT_EQ(edge(80, 443, "tcp"), Outcome::fail);
  EXPECT_EQ(edge(443, 444, "tcp"), Outcome::fail);
  EXPECT_EQ(edge(8443, 8443, "tcp"), Outcome::fail);
  EXPECT_EQ(edge(0, 0, "tcp"), Outcome::fail);
}

TEST(InternalServicesPublishedPorts, DoesNotLetOthersPublishTheWebPorts) {
  EXPECT_EQ(judged(service(Component::api, {port_on("", 443, 443)})), Outcome::fail);
}

TEST(InternalServicesPublishedPorts, LetsAnEdgePublishAnythingOnLoopback) {
  EXPECT_EQ(judged(service(Component::edge, {port_on("127.0.0.1", 2019, 2019)})), Outcome::pass);
}

TEST(InternalServicesPublishedPorts, SaysWhichPortIsOpenWhere) {
  const auto message = [](const PublishedPort& port) {
    const CheckResult result =
        result_of(id, compose_installation({service(Component::api, {port})}));
    return result.findings.front().message + "|" + result.findings.front().observed;
  };
  EXPECT_EQ(message(port_on("", 3000, 3000)), "publishes port 3000 on every address|every address");
  EXPECT_EQ(message(port_on("0.0.0.0", 3000, 3000)),
            "publishes port 3000 on every address|0.0.0.0");
  EXPECT_EQ(message(port_on("::", 3000, 3000)), "publishes port 3000 on every address|::");
  EXPECT_EQ(message(port_on("10.0.0.5", 3000, 3005)),
            "publishes ports 3000 to 3005 on address 10.0.0.5|10.0.0.5");
  PublishedPort chosen = port_on("", 0, 0);
  chosen.container_first = 3000;
  EXPECT_EQ(message(chosen), "publishes container port 3000 on every address|every address");
}

TEST(InternalServicesPublishedPorts, GivesOneFindingForEachOpenPort) {
  const CheckResult result = result_of(
      id, compose_installation({service(
              Component::api, {port_on("", 1, 1), port_on("::1", 2, 2), port_on("", 3, 3)})}));
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 30, 9));
  EXPECT_EQ(result.findings.front().component, Component::api);
  EXPECT_EQ(result.findings.front().object, "service api");
  EXPECT_EQ(result.findings.front().expected, "not published, or on loopback");
}

const Fault undecided{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

TEST(InternalServicesPublishedPorts, IsUnknownWhenAVariableDecides) {
  PublishedPort port = port_on("", 0, 0);
  port.fault = undecided;
  EXPECT_EQ(judged(service(Component::api, {port})), Outcome::unknown);
  EXPECT_EQ(judged(service(Component::edge, {port})), Outcome::unknown);
}

TEST(InternalServicesPublishedPorts, PassesWhenTheAddressIsLoopbackWhateverThePort) {
  PublishedPort port = port_on("127.0.0.1", 0, 0);
  port.fault = undecided;
  EXPECT_EQ(judged(service(Component::api, {port})), Outcome::pass);
}

TEST(InternalServicesPublishedPorts, IsUnknownForAContainerInTheHostsNetwork) {
  Container container = service(Component::api, {});
  container.namespaces = {{.kind = "network", .mode = "host"}};
  EXPECT_EQ(judged(container), Outcome::unknown);
  container.namespaces = {{.kind = "network", .mode = "none"}};
  EXPECT_EQ(judged(container), Outcome::pass);
  container.namespaces = {{.kind = "pid", .mode = "host"}};
  EXPECT_EQ(judged(container), Outcome::pass);
}

Container stranger(std::vector<std::string> networks) {
  Container container = service(Component::other, {port_on("", 8000, 8000)});
  container.networks = std::move(networks);
  return container;
}

TEST(InternalServicesPublishedPorts, JudgesOthersOnANetworkOfCaracal) {
  Container api = service(Component::api, {});
  api.networks = {"data", "edge"};
  EXPECT_EQ(status_of(id, compose_installation({api, stranger({"edge"})})), Outcome::fail);
  EXPECT_EQ(status_of(id, compose_installation({api, stranger({"shop"})})), Outcome::pass);
  EXPECT_EQ(status_of(id, compose_installation({stranger({"shop"})})), Outcome::not_applicable);
}

TEST(InternalServicesPublishedPorts, DoesNotApplyToKubernetes) {
  EXPECT_EQ(judged(hardened_pod_container(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::published_ports_test
