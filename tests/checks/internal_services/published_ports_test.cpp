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

CheckResult evaluated(const Container& container) { return result_of(id, container); }

TEST(InternalServicesPublishedPorts, PassesWithoutPorts) {
  EXPECT_EQ(evaluated(service(Component::api, {})).status, Outcome::pass);
}

TEST(InternalServicesPublishedPorts, PassesForThePackagedInstallation) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
}

struct AddressCase {
  const char* name;
  const char* address;
  const char* message;  // null: it passes
};

class PublishedAddress : public testing::TestWithParam<AddressCase> {};

TEST_P(PublishedAddress, IsEvaluated) {
  const CheckResult result =
      evaluated(service(Component::redis, {port_on(GetParam().address, 6379, 6379)}));
  if (GetParam().message == nullptr) {
    EXPECT_EQ(result.status, Outcome::pass);
  } else {
    expect_fail(result, GetParam().message, at(Source::compose, 30, 9));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PublishedAddress,
    testing::Values(AddressCase{"Every", "", "publishes port 6379 on every address"},
                    AddressCase{"Any4", "0.0.0.0", "publishes port 6379 on every address"},
                    AddressCase{"Any6", "::", "publishes port 6379 on every address"},
                    AddressCase{"Private", "10.0.0.5", "publishes port 6379 on address 10.0.0.5"},
                    AddressCase{"Public6", "2001:db8::1",
                                "publishes port 6379 on address 2001:db8::1"},
                    AddressCase{"Near", "128.0.0.1", "publishes port 6379 on address 128.0.0.1"},
                    AddressCase{"Loopback", "127.0.0.1", nullptr},
                    AddressCase{"LoopbackBlock", "127.9.9.9", nullptr},
                    AddressCase{"Loopback6", "::1", nullptr},
                    AddressCase{"LongLoopback6", "0:0:0:0:0:0:0:1", nullptr},
                    AddressCase{"Mapped", "::ffff:127.0.0.1", nullptr},
                    AddressCase{"MappedPrivate", "::ffff:10.0.0.1",
                                "publishes port 6379 on address ::ffff:10.0.0.1"}),
    [](const auto& row) { return row.param.name; });

TEST(InternalServicesPublishedPorts, FailsForEveryInternalComponent) {
  for (const Component component :
       {Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::postgres, Component::redis, Component::migrate}) {
    SCOPED_TRACE(name_of(component));
    expect_fail(evaluated(service(component, {port_on("", 8000, 8000)})),
                "publishes port 8000 on every address", at(Source::compose, 30, 9));
  }
}

TEST(InternalServicesPublishedPorts, PassesForPublicComponents) {
  EXPECT_EQ(evaluated(service(Component::web, {port_on("", 443, 443)})).status, Outcome::pass);
  Installation installation =
      compose_installation({service(Component::gateway, {port_on("", 8081, 8081)})});
  installation.public_components = {Component::gateway};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.public_components = {};
  expect_fail(id, installation, "publishes port 8081 on every address", at(Source::compose, 30, 9));
}

TEST(InternalServicesPublishedPorts, LetsAnEdgePublishOnlyTheWebPorts) {
  const auto edge = [](std::uint16_t first, std::uint16_t last, const char* protocol) {
    PublishedPort port = port_on("", first, last);
    port.protocol = protocol;
    return evaluated(service(Component::edge, {port}));
  };
  EXPECT_EQ(edge(80, 80, "tcp").status, Outcome::pass);
  EXPECT_EQ(edge(443, 443, "tcp").status, Outcome::pass);
  EXPECT_EQ(edge(443, 443, "udp").status, Outcome::pass);
  expect_fail(edge(443, 443, "sctp"), "publishes port 443 on every address",
              at(Source::compose, 30, 9));
  expect_fail(edge(80, 443, "tcp"), "publishes ports 80 to 443 on every address",
              at(Source::compose, 30, 9));
  expect_fail(edge(443, 444, "tcp"), "publishes ports 443 to 444 on every address",
              at(Source::compose, 30, 9));
  expect_fail(edge(8443, 8443, "tcp"), "publishes port 8443 on every address",
              at(Source::compose, 30, 9));
  expect_fail(edge(0, 0, "tcp"), "publishes container port 0 on every address",
              at(Source::compose, 30, 9));
}

TEST(InternalServicesPublishedPorts, DoesNotLetOthersPublishTheWebPorts) {
  expect_fail(evaluated(service(Component::api, {port_on("", 443, 443)})),
              "publishes port 443 on every address", at(Source::compose, 30, 9));
}

TEST(InternalServicesPublishedPorts, LetsAnEdgePublishAnythingOnLoopback) {
  EXPECT_EQ(evaluated(service(Component::edge, {port_on("127.0.0.1", 2019, 2019)})).status,
            Outcome::pass);
}

TEST(InternalServicesPublishedPorts, ShowsThePortAndTheAddress) {
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

TEST(InternalServicesPublishedPorts, IsUnknownWhenAVariableDecides) {
  PublishedPort port = port_on("", 0, 0);
  port.fault = unset_variable;
  EXPECT_EQ(evaluated(service(Component::api, {port})).status, Outcome::unknown);
  EXPECT_EQ(evaluated(service(Component::edge, {port})).status, Outcome::unknown);
}

TEST(InternalServicesPublishedPorts, PassesForAnyPortOnLoopback) {
  PublishedPort port = port_on("127.0.0.1", 0, 0);
  port.fault = unset_variable;
  EXPECT_EQ(evaluated(service(Component::api, {port})).status, Outcome::pass);
}

TEST(InternalServicesPublishedPorts, IsUnknownForAContainerInTheHostsNetwork) {
  Container container = service(Component::api, {});
  container.namespaces = {{.kind = "network", .mode = "host"}};
  EXPECT_EQ(evaluated(container).status, Outcome::unknown);
  container.namespaces = {{.kind = "network", .mode = "none"}};
  EXPECT_EQ(evaluated(container).status, Outcome::pass);
  container.namespaces = {{.kind = "pid", .mode = "host"}};
  EXPECT_EQ(evaluated(container).status, Outcome::pass);
}

Container stranger(std::vector<std::string> networks) {
  Container container = service(Component::other, {port_on("", 8000, 8000)});
  container.networks = std::move(networks);
  return container;
}

TEST(InternalServicesPublishedPorts, EvaluatesOthersOnANetworkOfCaracal) {
  Container api = service(Component::api, {});
  api.networks = {"data", "edge"};
  expect_fail(id, compose_installation({api, stranger({"edge"})}),
              "publishes port 8000 on every address", at(Source::compose, 30, 9));
  EXPECT_EQ(status_of(id, compose_installation({api, stranger({"shop"})})), Outcome::pass);
  EXPECT_EQ(status_of(id, compose_installation({stranger({"shop"})})), Outcome::not_applicable);
}

TEST(InternalServicesPublishedPorts, DoesNotApplyToKubernetes) {
  EXPECT_EQ(evaluated(hardened_pod_container(Component::api)).status, Outcome::not_applicable);
}

TEST(InternalServicesPublishedPorts, FailsForANetworkThatOpensEveryPort) {
  Container container = service(Component::api, {});
  container.open_gateways = {{.value = "routed", .origin = at(Source::compose, 40, 9)}};
  expect_fail(id, container, "joins a network whose gateway mode opens every port",
              at(Source::compose, 40, 9));
  container.open_gateways = {{.origin = at(Source::compose, 40, 9), .fault = unset_variable}};
  expect_unknown(id, container, unset_variable, at(Source::compose, 40, 9));
  container = service(Component::web, {});
  container.open_gateways = {{.value = "routed", .origin = at(Source::compose, 40, 9)}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::published_ports_test
