// internal-services-service-type
#include <gtest/gtest.h>

#include "tests/checks/internal_services/services.h"

namespace compliance::test::service_type_test {
namespace {

constexpr auto id = "internal-services-service-type";

CheckResult evaluated(const ServiceObject& service) { return result_for(id, {service}); }

TEST(InternalServicesServiceType, PassesForClusterIPAndItsDefault) {
  EXPECT_EQ(evaluated(service_of_type(Component::api, "")).status, Outcome::pass);
  EXPECT_EQ(evaluated(service_of_type(Component::api, "ClusterIP")).status, Outcome::pass);
}

TEST(InternalServicesServiceType, PassesForAnExternalName) {
  EXPECT_EQ(evaluated(service_of_type(Component::redis, "ExternalName")).status, Outcome::pass);
}

TEST(InternalServicesServiceType, FailsForEveryInternalComponent) {
  for (const Component component :
       {Component::api, Component::sts, Component::gateway, Component::audit,
        Component::coordinator, Component::postgres, Component::redis, Component::other}) {
    for (const char* const type : {"NodePort", "LoadBalancer"}) {
      expect_fail(evaluated(service_of_type(component, type)), "is exposed outside the cluster",
                  at(Source::kubernetes, 41, 9));
    }
  }
}

TEST(InternalServicesServiceType, PassesForPublicComponents) {
  EXPECT_EQ(evaluated(service_of_type(Component::web, "LoadBalancer")).status, Outcome::pass);
  EXPECT_EQ(result_for(id, {service_of_type(Component::api, "NodePort")}, {Component::api}).status,
            Outcome::pass);
  expect_fail(result_for(id, {service_of_type(Component::web, "NodePort")}, {Component::api}),
              "is exposed outside the cluster", at(Source::kubernetes, 41, 9));
}

TEST(InternalServicesServiceType, LetsAnEdgeExposeOnlyTheWebPorts) {
  EXPECT_EQ(evaluated(service_of_type(Component::edge, "LoadBalancer", 443)).status, Outcome::pass);
  EXPECT_EQ(evaluated(service_of_type(Component::edge, "LoadBalancer", 80)).status, Outcome::pass);
  expect_fail(evaluated(service_of_type(Component::edge, "LoadBalancer", 9000)),
              "is exposed outside the cluster", at(Source::kubernetes, 41, 9));
  expect_fail(evaluated(service_of_type(Component::api, "LoadBalancer", 443)),
              "is exposed outside the cluster", at(Source::kubernetes, 41, 9));
}

TEST(InternalServicesServiceType, EvaluatesTheComponentsBehindTheService) {
  ServiceObject service = service_of_type(Component::web, "LoadBalancer");
  service.leads_to = {Component::web, Component::postgres};
  const Finding finding = expect_fail(result_for(id, {service}), "is exposed outside the cluster",
                                      at(Source::kubernetes, 41, 9));
  EXPECT_EQ(finding.component, Component::postgres);
}

TEST(InternalServicesServiceType, FailsForExternalAddresses) {
  ServiceObject service = service_of_type(Component::api, "ClusterIP");
  service.external_ips = {{.value = "192.0.2.1", .origin = at(Source::kubernetes, 44, 7)},
                          {.value = "192.0.2.2"}};
  const Finding finding = expect_fail(result_for(id, {service}), "is exposed on external addresses",
                                      at(Source::kubernetes, 44, 7));
  EXPECT_EQ(finding.observed, "2 externalIPs");
}

TEST(InternalServicesServiceType, FailsForTheAddressOfALoadBalancer) {
  ServiceObject service = service_of_type(Component::api, "");
  service.load_balancer_ip.value = "192.0.2.1";
  expect_fail(evaluated(service), "requests a load balancer address", Origin{});
  service.load_balancer_ip.value = "";
  EXPECT_EQ(evaluated(service).status, Outcome::pass);
}

TEST(InternalServicesServiceType, ShowsWhatIsOpen) {
  const CheckResult result = result_for(id, {service_of_type(Component::api, "NodePort")});
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "Service caracal-x");
  EXPECT_EQ(finding.message, "is exposed outside the cluster");
  EXPECT_EQ(finding.expected, "type ClusterIP");
  EXPECT_EQ(finding.observed, "type NodePort");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 41, 9));
}

TEST(InternalServicesServiceType, IsUnknownWhenTheTypeCannotBeRead) {
  const Fault fault{.reason = UnknownReason::unparsable, .message = "'type' is not a text"};
  ServiceObject service = service_of_type(Component::api, "");
  service.type.fault = fault;
  EXPECT_EQ(evaluated(service).status, Outcome::unknown);
  EXPECT_EQ(evaluated(service_of_type(Component::api, "Loadbalancer")).status, Outcome::unknown);
  service = service_of_type(Component::api, "");
  service.load_balancer_ip.fault = fault;
  EXPECT_EQ(evaluated(service).status, Outcome::unknown);
}

TEST(InternalServicesServiceType, DoesNotApplyWithoutServices) {
  EXPECT_EQ(result_for(id, {}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_type_test
