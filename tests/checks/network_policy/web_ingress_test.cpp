// network-policy-web-ingress
#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::web_ingress_test {
namespace {

constexpr auto id = "network-policy-web-ingress";

Installation routed(Rules rules, Component led_to = Component::web) {
  Installation installation = network_of({pod_of(Component::web), pod_of(Component::api)},
                                         {policy_with(std::move(rules), {})});
  installation.kubernetes.routes = {{.object = "Ingress caracal-web",
                                     .object_namespace = "caracal",
                                     .service = "caracal-web",
                                     .service_namespace = "caracal",
                                     .component = led_to}};
  return installation;
}

CheckResult judged(Rules rules) { return result_of(id, routed(std::move(rules))); }

TEST(NetworkPolicyWebIngress, PassesForAPeerOutsideTheRelease) {
  const CheckResult result = judged({rule({pods_in("ingress-nginx")}, {port(3002)})});
  EXPECT_EQ(result.status, Outcome::pass);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(judged({rule({addresses("10.60.0.0/16")}, {port(3002)})}).status, Outcome::pass);
  EXPECT_EQ(judged({rule({release_pods(), all_pods()})}).status, Outcome::pass);
}

TEST(NetworkPolicyWebIngress, PassesByAnyOfItsRules) {
  const NetworkPolicyRule named = rule({pods_in("ingress-nginx")}, {port_named("http")});
  EXPECT_EQ(judged({rule({release_pods()}), named}).status, Outcome::pass);
  EXPECT_EQ(judged({named, rule({}, {port(3002)})}).status, Outcome::pass);
  EXPECT_EQ(judged({rule({}, {port(3002)}), named}).status, Outcome::pass);
}

TEST(NetworkPolicyWebIngress, DoesNotApplyWithoutARouteToWeb) {
  EXPECT_EQ(result_of(id, routed({rule({release_pods()})}, Component::api)).status,
            Outcome::not_applicable);
  EXPECT_EQ(result_of(id, with_ingress(Component::web, {})).status, Outcome::not_applicable);
}

TEST(NetworkPolicyWebIngress, FailsWhereOnlyTheReleaseGetsThrough) {
  const CheckResult result = judged({rule({release_pods()})});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no ingress rule admits the controller of Ingress caracal-web");
  EXPECT_EQ(finding.expected, "a rule with `from` for TCP port 3002");
  EXPECT_EQ(finding.observed, "none");
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, "Deployment caracal-web");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 30, 1));
  EXPECT_EQ(judged({}).status, Outcome::fail);
}

TEST(NetworkPolicyWebIngress, FailsForAnotherPort) {
  EXPECT_EQ(
      summary_of(judged({rule({pods_in("ingress-nginx")}, {port(3000)})})),
      "fail: no ingress rule admits the controller of Ingress caracal-web [manifests.yaml:30:1]");
  EXPECT_EQ(
      summary_of(judged({rule({pods_in("ingress-nginx")}, {port(3002, "UDP")})})),
      "fail: no ingress rule admits the controller of Ingress caracal-web [manifests.yaml:30:1]");
}

TEST(NetworkPolicyWebIngress, FailsForARuleWithoutFrom) {
  const CheckResult result = judged({rule({release_pods()}), rule({}, {port(3002)})});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "only a rule without `from` admits the controller of Ingress caracal-web");
  EXPECT_EQ(finding.expected, "a rule with `from` for TCP port 3002");
  EXPECT_EQ(finding.observed, "a rule without `from`");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 5));
}

TEST(NetworkPolicyWebIngress, IsUnknownWhereTheReleasesNamespaceDecides) {
  const CheckResult result = judged({rule({undecided_pods()})});
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 60, 5));
}

// A release of a console, with more pods of it, behind a route.
Outcome status_with(Rules rules, std::vector<NetworkPod> others = {},
                    const NetworkPod& web = pod_of(Component::web)) {
  Installation installation = routed(std::move(rules));
  installation.kubernetes.network.pods = {web};
  installation.kubernetes.network.pods.insert(installation.kubernetes.network.pods.end(),
                                              others.begin(), others.end());
  return status_of(id, installation);
}

const Ports to_web{port(3002)};

TEST(NetworkPolicyWebIngress, FailsWhereAPeerIsAServiceOfTheRelease) {
  NetworkPod api = pod_of(Component::api);
  api.labels = {{"app.kubernetes.io/name", "caracal"}};
  EXPECT_EQ(status_with({rule({release_pods()}, to_web)}, {api}), Outcome::fail);
}

TEST(NetworkPolicyWebIngress, PassesWhereAPeerIsTheProxyOfTheRelease) {
  NetworkPod edge = pod_of(Component::edge);
  edge.labels = {{"app.kubernetes.io/name", "caracal"}};
  EXPECT_EQ(status_with({rule({release_pods()}, to_web)}, {edge}), Outcome::pass);
  PolicyPeer by_namespace = pods_in("caracal", {{"app.kubernetes.io/name", "caracal"}});
  by_namespace.place = PeerScope::release;
  EXPECT_EQ(status_with({rule({by_namespace}, to_web)}, {edge}), Outcome::pass);
  edge.object_namespace = "unlabelled";
  EXPECT_EQ(status_with({rule({by_namespace}, to_web)}, {edge}), Outcome::fail);
  edge.object_namespace = "caracal";
  edge.labels.clear();
  EXPECT_EQ(status_with({rule({release_pods()}, to_web)}, {edge}), Outcome::fail);
}

TEST(NetworkPolicyWebIngress, TakesTheBestRule) {
  const NetworkPolicyRule everybody = rule({}, to_web);
  const NetworkPolicyRule undecided = rule({undecided_pods()}, to_web);
  const NetworkPolicyRule admitted = rule({all_pods()}, to_web);
  EXPECT_EQ(status_with({rule({release_pods()}), everybody}), Outcome::fail);
  EXPECT_EQ(status_with({everybody, undecided}), Outcome::unknown);
  EXPECT_EQ(status_with({undecided, everybody}), Outcome::unknown);
  EXPECT_EQ(status_with({everybody, undecided, admitted, everybody}), Outcome::pass);
}

TEST(NetworkPolicyWebIngress, NeedsThePortOfTheConsole) {
  NetworkPod web = pod_of(Component::web);
  web.ports.insert(web.ports.begin(), {.name = "envoy-prom", .number = 15090});
  EXPECT_EQ(status_with({rule({all_pods()}, {port(15090)})}, {}, web), Outcome::fail);
  EXPECT_EQ(status_with({rule({all_pods()}, {port_named("http")})}, {}, web), Outcome::pass);
  EXPECT_EQ(status_with({rule({all_pods()})}, {}, web), Outcome::pass);
}

TEST(NetworkPolicyWebIngress, TakesTheOtherPortsOfAConsoleThatWasMoved) {
  NetworkPod web = pod_of(Component::web);
  web.ports = {{.number = 3002, .protocol = "UDP"}, {.number = 8088}};
  EXPECT_EQ(status_with({rule({all_pods()}, {port(8088)})}, {}, web), Outcome::pass);
  EXPECT_EQ(status_with({rule({all_pods()}, {port(3002)})}, {}, web), Outcome::fail);
}

TEST(NetworkPolicyWebIngress, LeavesUnselectedPodsToCoversAll) {
  Installation installation = routed({});
  installation.kubernetes.network.policies.front().has_ingress = false;
  EXPECT_EQ(result_of(id, installation).status, Outcome::not_applicable);
}

TEST(NetworkPolicyWebIngress, IsUnknownForWebAloneWhereAnotherKindMayStandIn) {
  Installation installation = routed({});
  installation.kubernetes.network.policies.front().has_ingress = false;
  for (NetworkPod& pod : installation.kubernetes.network.pods) {
    pod.other_policy = cilium();
  }
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
}

TEST(NetworkPolicyWebIngress, SaysOfEachWorkloadWhereItStands) {
  Installation installation = routed({});
  installation.kubernetes.network.pods[1].component = Component::web;
  installation.kubernetes.network.pods[1].ports = installation.kubernetes.network.pods[0].ports;
  installation.kubernetes.network.pods[1].origin = at(Source::kubernetes, 40, 1);
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].origin, at(Source::kubernetes, 30, 1));
  EXPECT_EQ(result.findings[1].origin, at(Source::kubernetes, 40, 1));
}

}  // namespace
}  // namespace compliance::test::web_ingress_test
