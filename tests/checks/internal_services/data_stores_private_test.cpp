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
    const Finding finding = expect_fail(id, container, "publishes port 5432 on every address",
                                        at(Source::compose, 118, 9));
    EXPECT_EQ(finding.component, store);
  }
}

TEST(InternalServicesDataStoresPrivate, FailsEvenWhenTheStoreIsDeclaredPublic) {
  Container container = hardened_service(Component::redis);
  container.published_ports = {port_on("")};
  Installation installation = compose_installation({container});
  installation.public_components = {Component::redis};
  expect_fail(id, installation, "publishes port 5432 on every address",
              at(Source::compose, 118, 9));
}

TEST(InternalServicesDataStoresPrivate, IsUnknownWhenAVariableDecidesThePort) {
  Container container = hardened_service(Component::redis);
  container.published_ports = {port_on("")};
  container.published_ports.front().fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 118, 9));
}

TEST(InternalServicesDataStoresPrivate, FailsOnTheNetworkOfTheHost) {
  for (const bool compose : {true, false}) {
    Container container = compose ? hardened_service(Component::postgres)
                                  : hardened_pod_container(Component::postgres);
    container.namespaces = {{.kind = "network", .mode = "host"}};
    expect_fail(id, container, "uses the network of its host", Origin{});
    container.namespaces = {{.kind = "network", .mode = "none"}, {.kind = "pid", .mode = "host"}};
    EXPECT_EQ(status_of(id, container), Outcome::pass);
    container.namespaces = {
        {.kind = "network", .fault = Fault{.reason = UnknownReason::unresolved_reference}}};
    expect_unknown(id, container, {.reason = UnknownReason::unresolved_reference, .message = ""},
                   Origin{});
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
  expect_fail(id, container, "opens a port on its node", Origin{});
  container.declared_ports.front().host_port = {.fault =
                                                    Fault{.reason = UnknownReason::unparsable}};
  expect_unknown(id, container, {.reason = UnknownReason::unparsable, .message = ""}, Origin{});
}

TEST(InternalServicesDataStoresPrivate, FailsForAnExposedService) {
  for (const Component store : stores) {
    EXPECT_EQ(result_for(id, {service_of_type(store, "ClusterIP")}).status, Outcome::pass);
    expect_fail(result_for(id, {service_of_type(store, "NodePort")}),
                "is exposed outside the cluster", at(Source::kubernetes, 41, 9));
  }
}

TEST(InternalServicesDataStoresPrivate, EvaluatesTheComponentsBehindTheService) {
  ServiceObject service = service_of_type(Component::web, "LoadBalancer");
  service.leads_to = {Component::web, Component::redis};
  const Finding finding = expect_fail(result_for(id, {service}), "is exposed outside the cluster",
                                      at(Source::kubernetes, 41, 9));
  EXPECT_EQ(finding.component, Component::redis);
  EXPECT_EQ(finding.object, "Service caracal-x");
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
