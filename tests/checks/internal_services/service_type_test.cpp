// internal-services-service-type
#include <gtest/gtest.h>

#include "tests/checks/internal_services/services.h"

namespace compliance::test::service_type_test {
namespace {

constexpr auto id = "internal-services-service-type";

Outcome judged(const ServiceObject& service) { return result_for(id, {service}).status; }

TEST(InternalServicesServiceType, PassesForClusterIPAndItsDefault) {
  EXPECT_EQ(judged(service_of_type(Component::api, "")), Outcome::pass);
  EXPECT_EQ(judged(service_of_type(Component::api, "ClusterIP")), Outcome::pass);
}

TEST(InternalServicesServiceType, PassesForAnotherNameOfSomethingElse) {
  EXPECT_EQ(judged(service_of_type(Component::redis, "ExternalName")), Outcome::pass);
}

TEST(InternalServicesServiceType, FailsForEveryInternalComponent) {
  for (const Component component :
       {Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::postgres, Component::redis, Component::other}) {
    for (const char* const type : {"NodePort", "LoadBalancer"}) {
      EXPECT_EQ(judged(service_of_type(component, type)), Outcome::fail)
          << name_of(component) << type;
    }
  }
}

TEST(InternalServicesServiceType, PassesForPublicComponents) {
  EXPECT_EQ(judged(service_of_type(Component::web, "LoadBalancer")), Outcome::pass);
  EXPECT_EQ(result_for(id, {service_of_type(Component::api, "NodePort")}, {Component::api}).status,
            Outcome::pass);
  EXPECT_EQ(result_for(id, {service_of_type(Component::web, "NodePort")}, {Component::api}).status,
            Outcome::fail);
}

TEST(InternalServicesServiceType, LetsAnEdgeOpenTheWebPortsAlone) {
  EXPECT_EQ(judged(service_of_type(Component::edge, "LoadBalancer", 443)), Outcome::pass);
  EXPECT_EQ(judged(service_of_type(Component::edge, "LoadBalancer", 80)), Outcome::pass);
  EXPECT_EQ(judged(service_of_type(Component::edge, "LoadBalancer", 9000)), Outcome::fail);
  EXPECT_EQ(judged(service_of_type(Component::api, "LoadBalancer", 443)), Outcome::fail);
}

TEST(InternalServicesServiceType, JudgesWhatTheServiceLeadsTo) {
  ServiceObject service = service_of_type(Component::web, "LoadBalancer");
  service.leads_to = {Component::web, Component::postgres};
  const CheckResult result = result_for(id, {service});
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().component, Component::postgres);
}

TEST(InternalServicesServiceType, FailsForExternalAddresses) {
  ServiceObject service = service_of_type(Component::api, "ClusterIP");
  service.external_ips = {{.value = "192.0.2.1", .origin = at(Source::kubernetes, 44, 7)},
                          {.value = "192.0.2.2"}};
  const CheckResult result = result_for(id, {service});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "answers on external addresses");
  EXPECT_EQ(result.findings.front().observed, "2 externalIPs");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 44, 7));
}

TEST(InternalServicesServiceType, FailsForTheAddressOfALoadBalancer) {
  ServiceObject service = service_of_type(Component::api, "");
  service.load_balancer_ip.value = "192.0.2.1";
  EXPECT_EQ(judged(service), Outcome::fail);
  service.load_balancer_ip.value = "";
  EXPECT_EQ(judged(service), Outcome::pass);
}

TEST(InternalServicesServiceType, SaysWhatIsOpen) {
  const CheckResult result = result_for(id, {service_of_type(Component::api, "NodePort")});
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "Service caracal-x");
  EXPECT_EQ(finding.message, "is open to others than the cluster");
  EXPECT_EQ(finding.expected, "type ClusterIP");
  EXPECT_EQ(finding.observed, "type NodePort");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 41, 9));
}

TEST(InternalServicesServiceType, IsUnknownWhenTheTypeCannotBeRead) {
  const Fault fault{.reason = UnknownReason::unparsable, .message = "'type' is not a text"};
  ServiceObject service = service_of_type(Component::api, "");
  service.type.fault = fault;
  EXPECT_EQ(judged(service), Outcome::unknown);
  EXPECT_EQ(judged(service_of_type(Component::api, "Loadbalancer")), Outcome::unknown);
  service = service_of_type(Component::api, "");
  service.load_balancer_ip.fault = fault;
  EXPECT_EQ(judged(service), Outcome::unknown);
}

TEST(InternalServicesServiceType, DoesNotApplyWithoutServices) {
  EXPECT_EQ(result_for(id, {}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_type_test
