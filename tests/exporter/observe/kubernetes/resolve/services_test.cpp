// Services: who may reach them, and which components they lead to.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::services_test {
namespace {

std::string service(const std::string& spec) {
  return "{apiVersion: v1, kind: Service, metadata: {name: caracal-web, namespace: n, labels: {a: "
         "b}},\n spec: {" +
         spec + "}}\n---\n";
}

// A pod with these labels whose containers are named so.
std::string pod(const std::string& labels, const std::vector<std::string>& names,
                const std::string& ns = "n") {
  std::string containers;
  for (const std::string& name : names) {
    containers += "{name: " + name + "},";
  }
  return "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: " + ns + ", labels: {" +
         labels + "}}, spec: {containers: [" + containers + "]}}\n---\n";
}

ServiceObject service_of(const std::string& text) {
  const auto facts = facts_of(text, {.injected_containers = {"istio-proxy"}});
  return facts.services.size() == 1 ? facts.services.front() : ServiceObject{};
}

std::vector<Component> led_to(const std::string& pods, const std::string& selector = "x: y") {
  return service_of(pods + service("selector: {" + selector + "}")).leads_to;
}

using Components = std::vector<Component>;

TEST(Service, SaysWhoMayReachIt) {
  const ServiceObject object = service_of(service(
      "type: LoadBalancer, loadBalancerIP: 192.0.2.1, externalIPs: [192.0.2.7, 192.0.2.8]"));
  EXPECT_TRUE(object.type.is("LoadBalancer"));
  EXPECT_EQ(object.type.origin, origin_at(2, 15));
  EXPECT_TRUE(object.load_balancer_ip.is("192.0.2.1"));
  ASSERT_EQ(object.external_ips.size(), 2U);
  EXPECT_EQ(object.external_ips.at(1).value, "192.0.2.8");
  EXPECT_EQ(object.external_ips.at(1).origin, origin_at(2, 81));
}

TEST(Service, LeavesAbsentWhatItDoesNotSay) {
  const ServiceObject object = service_of(service(""));
  EXPECT_TRUE(object.type.absent());
  EXPECT_TRUE(object.load_balancer_ip.absent());
  EXPECT_TRUE(object.external_ips.empty());
  EXPECT_EQ(object.labels, (std::map<std::string, std::string>{{"a", "b"}}));
}

TEST(Service, HasAFaultWhenItsTypeIsNoText) {
  EXPECT_TRUE(service_of(service("type: {a: b}")).type.fault);
}

TEST(Service, LeadsToTheComponentsOfItsPods) {
  EXPECT_EQ(led_to(pod("x: y", {"api"})), Components{Component::api});
  EXPECT_EQ(led_to(pod("x: y", {"api"}) + pod("x: y", {"sts"})),
            (Components{Component::api, Component::sts}));
}

TEST(Service, LeadsNowhereButToItsOwnComponentWithoutPods) {
  EXPECT_EQ(led_to(""), Components{Component::web});
  EXPECT_EQ(led_to(pod("x: z", {"api"})), Components{Component::web});
  EXPECT_EQ(led_to(pod("x: y", {"api"}), "x: y, z: z"), Components{Component::web});
  EXPECT_EQ(led_to(pod("x: y, z: a", {"api"}) + pod("x: a, z: z", {"sts"}), "x: y, z: z"),
            Components{Component::web});
  EXPECT_EQ(led_to(pod("x: y", {"api"}), ""), Components{Component::web});
}

TEST(Service, DoesNotLeadToWhatStandsBesideAService) {
  EXPECT_EQ(led_to(pod("x: y", {"web", "log-shipper", "nginx", "istio-proxy"})),
            Components{Component::web});
  for (const char* job : {"migrate", "auth-migrate", "replay-init"}) {
    EXPECT_EQ(led_to(pod("x: y", {"web"}) + pod("x: y", {job})), Components{Component::web}) << job;
  }
}

TEST(Service, LeadsToOthersWhenNothingElseIsThere) {
  EXPECT_EQ(led_to(pod("x: y", {"log-shipper"})), Components{Component::other});
}

TEST(Service, DoesNotLeadToInitContainersOrInjectedOnes) {
  EXPECT_EQ(led_to("{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: n, labels: {x: y}}, "
                   "spec: {containers: [{name: istio-proxy}], initContainers: [{name: api}]}}\n"
                   "---\n"),
            Components{Component::web});
}

}  // namespace
}  // namespace compliance::test::services_test
