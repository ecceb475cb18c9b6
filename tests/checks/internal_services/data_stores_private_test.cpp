// internal-services-data-stores-private
#include <gtest/gtest.h>

#include "tests/checks/internal_services/services.h"
#include "tests/support/packaged.h"

namespace compliance::test::data_stores_private_test {
namespace {

constexpr auto id = "internal-services-data-stores-private";
constexpr std::array stores{Component::postgres, Component::redis};

PublishedPort port_on(std::string address) {
  return {.host_address = std::move(address),
          .host_first = 5432,
          .host_last = 5432,
          .container_first = 5432,
          .container_last = 5432,
          .origin = at(Source::compose, 118, 9)};
}

TEST(InternalServicesDataStoresPrivate, PassesForThePackagedInstallation) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
}

TEST(InternalServicesDataStoresPrivate, PassesForPortsOnLoopback) {
  for (const Component store : stores) {
    Container container = hardened_service(store);
    container.published_ports = {port_on("127.0.0.1"), port_on("::1")};
    EXPECT_EQ(status_of(id, container), Outcome::pass);
  }
}

TEST(InternalServicesDataStoresPrivate, FailsForOtherPorts) {
  for (const Component store : stores) {
    Container container = hardened_service(store);
    container.published_ports = {port_on("127.0.0.1"), port_on("")};
    const CheckResult result = result_of(id, compose_installation({container}));
    ASSERT_EQ(result.status, Outcome::fail);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings.front().message, "publishes port 5432 on every address");
    EXPECT_EQ(result.findings.front().component, store);
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 118, 9));
  }
}

TEST(InternalServicesDataStoresPrivate, FailsEvenWhenTheStoreIsDeclaredPublic) {
  Container container = hardened_service(Component::redis);
  container.published_ports = {port_on("")};
  Installation installation = compose_installation({container});
  installation.public_components = {Component::redis};
  EXPECT_EQ(status_of(id, installation), Outcome::fail);
}

TEST(InternalServicesDataStoresPrivate, IsUnknownWhenAVariableDecidesThePort) {
  Container container = hardened_service(Component::redis);
  container.published_ports = {port_on("")};
  container.published_ports.front().fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(InternalServicesDataStoresPrivate, FailsOnTheNetworkOfTheHost) {
  for (const bool compose : {true, false}) {
    Container container = compose ? hardened_service(Component::postgres)
                                  : hardened_pod_container(Component::postgres);
    container.namespaces = {{.kind = "network", .mode = "host"}};
    EXPECT_EQ(status_of(id, container), Outcome::fail);
    container.namespaces = {{.kind = "network", .mode = "none"}, {.kind = "pid", .mode = "host"}};
    EXPECT_EQ(status_of(id, container), Outcome::pass);
    container.namespaces = {
        {.kind = "network", .fault = Fault{.reason = UnknownReason::unresolved_reference}}};
    EXPECT_EQ(status_of(id, container), Outcome::unknown);
    container.namespaces = {
        {.kind = "pid", .fault = Fault{.reason = UnknownReason::unresolved_reference}}};
    EXPECT_EQ(status_of(id, container), Outcome::pass);
  }
}

TEST(InternalServicesDataStoresPrivate, FailsForAHostPort) {
  Container container = hardened_pod_container(Component::redis);
  container.declared_ports = {{.number = 6379}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.declared_ports.front().host_port.value = 0;
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.declared_ports.front().host_port.value = 6379;
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  container.declared_ports.front().host_port = {.fault =
                                                    Fault{.reason = UnknownReason::unparsable}};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(InternalServicesDataStoresPrivate, FailsForAServiceThatIsOpen) {
  for (const Component store : stores) {
    EXPECT_EQ(result_for(id, {service_of_type(store, "ClusterIP")}).status, Outcome::pass);
    EXPECT_EQ(result_for(id, {service_of_type(store, "NodePort")}).status, Outcome::fail);
  }
}

TEST(InternalServicesDataStoresPrivate, JudgesWhatTheServiceLeadsTo) {
  ServiceObject service = service_of_type(Component::web, "LoadBalancer");
  service.leads_to = {Component::web, Component::redis};
  const CheckResult result = result_for(id, {service});
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().component, Component::redis);
  EXPECT_EQ(result.findings.front().object, "Service caracal-x");
}

TEST(InternalServicesDataStoresPrivate, DoesNotApplyToOtherComponents) {
  Container container = hardened_service(Component::api);
  container.published_ports = {port_on("")};
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
  EXPECT_EQ(result_for(id, {service_of_type(Component::api, "NodePort")}).status,
            Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::data_stores_private_test
