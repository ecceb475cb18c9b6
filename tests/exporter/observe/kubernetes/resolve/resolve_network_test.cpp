// Which NetworkPolicies select which pods of the release.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/resolve/networks.h"

namespace compliance::test::resolve_network_test {
namespace {

using Names = std::vector<std::string>;

const NetworkPod& pod_named(const NetworkFacts& facts, const std::string& object) {
  static const NetworkPod none;
  for (const NetworkPod& pod : facts.pods) {
    if (pod.object == object) {
      return pod;
    }
  }
  ADD_FAILURE() << object;
  return none;
}

// Names of the policies that select the pods of the Deployment.
Names policies_of(const NetworkFacts& facts, const std::string& deployment) {
  Names names;
  for (const std::uint32_t number :
       facts.policy_sets.at(pod_named(facts, "Deployment " + deployment).policy_set)) {
    names.push_back(facts.policies.at(number).name);
  }
  return names;
}

const std::string two_workloads = release_workload("api", "a") + release_workload("sts", "b");

std::string selecting(const std::string& selector, const std::string& name = "np",
                      const std::string& ns = "namespace: caracal") {
  return policy_object("podSelector: {" + selector + "}", name, ns);
}

TEST(LinkNetwork, SaysWhatThePodsAre) {
  const NetworkFacts facts = network_of(release_workload(
      "api", "a", "ports: [{name: http, containerPort: 3000}, {containerPort: 9, protocol: UDP}]"));
  ASSERT_EQ(facts.pods.size(), 1U);
  const NetworkPod& pod = facts.pods.front();
  EXPECT_EQ(pod.component, Component::api);
  EXPECT_EQ(pod.object, "Deployment api");
  EXPECT_EQ(pod.object_namespace, "caracal");
  EXPECT_EQ(pod.labels, (Labels{{"app.kubernetes.io/name", "caracal"},
                                {"app.kubernetes.io/instance", "c"},
                                {"tier", "a"}}));
  EXPECT_EQ(pod.ports, (std::vector<PodPort>{{.name = "http", .number = 3000},
                                             {.number = 9, .protocol = "UDP"}}));
  EXPECT_EQ(pod.origin, origin_at(1, 1));
  EXPECT_EQ(
      facts.namespaces,
      (std::map<std::string, Labels>{{"caracal", {{"kubernetes.io/metadata.name", "caracal"}}}}));
}

std::vector<PodPort> ports_with(const std::string& container) {
  return network_of(release_workload("api", "a", container)).pods.at(0).ports;
}

TEST(LinkNetwork, KnowsThePortThatNobodyDeclares) {
  const std::vector<PodPort> packaged{{.number = 3000}};
  EXPECT_EQ(ports_with(""), packaged);
  EXPECT_EQ(ports_with("env: [{name: PORT, value: '3100'}]"),
            (std::vector<PodPort>{{.number = 3100}}));
  EXPECT_EQ(ports_with("envFrom: [{configMapRef: {name: unseen}}]"), packaged);
  EXPECT_EQ(ports_with("ports: [{containerPort: 9000}]"),
            (std::vector<PodPort>{{.number = 9000}, {.number = 3000}}));
  EXPECT_EQ(ports_with("ports: [{containerPort: 3000, protocol: UDP}]"),
            (std::vector<PodPort>{{.number = 3000, .protocol = "UDP"}, {.number = 3000}}));
}

TEST(LinkNetwork, TakesThePortsOfSidecarsAndNotTheirComponent) {
  const auto facts = facts_of(
      "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: caracal}, spec: {containers: "
      "[{name: istio-proxy, ports: [{containerPort: 15090}]}, {name: web}]}}",
      {.injected_containers = {"istio-proxy"}});
  ASSERT_EQ(facts.network.pods.size(), 1U);
  EXPECT_EQ(facts.network.pods[0].component, Component::web);
  EXPECT_EQ(facts.network.pods[0].ports,
            (std::vector<PodPort>{{.number = 15090}, {.number = 3002}}));
}

TEST(LinkNetwork, TakesNeitherComponentNorPortOfWhatRunsBefore) {
  const NetworkFacts facts = network_of(
      "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: caracal}, spec: "
      "{initContainers: [{name: sts}], containers: [{name: log}, {name: web}, {name: api}]}}");
  ASSERT_EQ(facts.pods.size(), 1U);
  EXPECT_EQ(facts.pods[0].component, Component::web);
  EXPECT_EQ(facts.pods[0].ports, (std::vector<PodPort>{{.number = 3002}, {.number = 3000}}));
}

TEST(LinkNetwork, FindsPoliciesByLabelsOfThePod) {
  const NetworkFacts facts = network_of(
      two_workloads + selecting("", "all") + selecting("matchLabels: {tier: a}", "a") +
      selecting("matchExpressions: [{key: tier, operator: NotIn, values: [a]}]", "not-a") +
      selecting("matchLabels: {tier: z}", "z"));
  EXPECT_EQ(policies_of(facts, "api"), (Names{"all", "a"}));
  EXPECT_EQ(policies_of(facts, "sts"), (Names{"all", "not-a"}));
  EXPECT_EQ(facts.policies.size(), 3U);
}

TEST(LinkNetwork, SharesASetAmongPodsUnderTheSamePolicies) {
  const NetworkFacts facts = network_of(two_workloads + selecting(""));
  EXPECT_EQ(facts.policy_sets.size(), 1U);
  EXPECT_EQ(network_of(two_workloads + selecting("matchLabels: {tier: a}")).policy_sets.size(), 2U);
}

TEST(LinkNetwork, FindsPoliciesOfTheNamespaceAlone) {
  EXPECT_EQ(policies_of(network_of(two_workloads + selecting("", "np", "namespace: other")), "api"),
            Names{});
  const NetworkFacts facts = network_of(two_workloads + selecting("", "np", ""));
  EXPECT_EQ(policies_of(facts, "api"), Names{"np"});
  EXPECT_EQ(facts.policies.front().object_namespace, "caracal");
}

TEST(LinkNetwork, TakesTheLastPolicyOfAName) {
  const NetworkFacts facts =
      network_of(two_workloads + selecting("matchLabels: {tier: a}") +
                 selecting("matchLabels: {tier: b}") + selecting("", "np", "namespace: other"));
  EXPECT_EQ(policies_of(facts, "api"), Names{});
  EXPECT_EQ(policies_of(facts, "sts"), Names{"np"});
}

TEST(LinkNetwork, KnowsTheLabelsOfTheReleasesNamespaces) {
  const NetworkFacts facts = network_of(two_workloads + namespace_object("caracal", "team: a") +
                                        namespace_object("other", "team: b"));
  EXPECT_EQ(facts.namespaces,
            (std::map<std::string, Labels>{
                {"caracal", {{"kubernetes.io/metadata.name", "caracal"}, {"team", "a"}}}}));
}

std::string bare_pod(const std::string& name, const std::string& ns) {
  return "{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", " + ns +
         "labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: c}}, spec: "
         "{containers: [{name: x}]}}\n---\n";
}

// A pod of the release that names no namespace beside pods of others in two, so that none is the
// default.
const std::string unclear_pods =
    bare_pod("r", "") +
    "{apiVersion: v1, kind: Pod, metadata: {name: f, namespace: caracal}, spec: {containers: "
    "[{name: x}]}}\n---\n"
    "{apiVersion: v1, kind: Pod, metadata: {name: g, namespace: second}, spec: {containers: "
    "[{name: x}]}}\n---\n";

TEST(LinkNetwork, CannotTellWhenAPodNamesNoNamespace) {
  const NetworkFacts facts = network_of(unclear_pods + selecting(""));
  ASSERT_TRUE(pod_named(facts, "Pod r").fault);
  EXPECT_EQ(pod_named(facts, "Pod r").fault->reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(pod_named(facts, "Pod r").fault->message,
            "NetworkPolicy np may select its pods, but the namespace of one of the two is not "
            "known: say it with kubernetes.namespace");
}

TEST(LinkNetwork, TakesAPolicyWithoutNamespaceForOneOfPodsWithout) {
  const NetworkFacts facts = network_of(
      unclear_pods + selecting("matchLabels: {app.kubernetes.io/name: caracal}", "np", ""));
  EXPECT_FALSE(pod_named(facts, "Pod r").fault);
  EXPECT_EQ(facts.policies.size(), 1U);
}

TEST(LinkNetwork, CanTellWhenOtherLabelsAreSelected) {
  const NetworkFacts facts =
      network_of(unclear_pods + selecting("matchLabels: {app.kubernetes.io/name: x}"));
  EXPECT_FALSE(pod_named(facts, "Pod r").fault);
}

TEST(LinkNetwork, CanTellWithTheNamespaceOfTheConfiguration) {
  const NetworkFacts facts =
      network_of(release_workload("api") + unclear_pods + selecting("", "np", ""),
                 {.default_namespace = "caracal"});
  EXPECT_FALSE(pod_named(facts, "Pod r").fault);
  EXPECT_EQ(policies_of(facts, "api"), Names{"np"});
  EXPECT_EQ(pod_named(facts, "Pod r").policy_set, pod_named(facts, "Deployment api").policy_set);
}

std::string other_policy(const std::string& version, const std::string& kind,
                         const std::string& ns = "namespace: caracal") {
  return "{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: o, " + ns +
         "}}\n---\n";
}

std::string other_policy_of(const std::string& objects) {
  const NetworkFacts facts = network_of(release_workload("api") + objects);
  const auto& other = facts.pods.at(0).other_policy;
  return other ? other->value : "";
}

// The message of the unreadable policy of each pod; "-" without one.
std::vector<std::string> unread_of(const std::string& text) {
  std::vector<std::string> messages;
  for (const NetworkPod& pod : facts_of_rest(text).network.pods) {
    messages.push_back(pod.unread_policy ? pod.unread_policy->message : "-");
  }
  return messages;
}

TEST(LinkNetwork, KnowsThatAPolicyOfTheNamespaceCannotBeRead) {
  const std::string misspelt = "podSelector: {app: x}";
  EXPECT_EQ(unread_of(release_workload("api") + policy_object(misspelt)),
            (std::vector<std::string>{
                "NetworkPolicy np may select its pods, but cannot be read: 'podSelector' has a "
                "field that it does not know: misspelt?"}));
  EXPECT_EQ(unread_of(release_workload("api") + policy_object(misspelt, "np", "namespace: other")),
            (std::vector<std::string>{"-"}));
  EXPECT_NE(unread_of(release_workload("api") + policy_object("podselector: {}", "np", "a: b")),
            (std::vector<std::string>{"-"}));
}

TEST(LinkNetwork, KnowsThatPoliciesOfOtherKindsAreThere) {
  for (const auto& [version, kind] : std::vector<std::pair<std::string, std::string>>{
           {"cilium.io/v2", "CiliumNetworkPolicy"},
           {"projectcalico.org/v3", "NetworkPolicy"},
           {"crd.projectcalico.org/v1", "NetworkPolicy"}}) {
    EXPECT_EQ(other_policy_of(other_policy(version, kind)), kind);
    EXPECT_EQ(other_policy_of(other_policy(version, kind, "namespace: other")), "") << version;
  }
  EXPECT_EQ(other_policy_of(selecting("")), "");
}

TEST(LinkNetwork, KnowsThatSomeOfThemAreForTheWholeCluster) {
  for (const auto& [version, kind] : std::vector<std::pair<std::string, std::string>>{
           {"cilium.io/v2", "CiliumClusterwideNetworkPolicy"},
           {"projectcalico.org/v3", "GlobalNetworkPolicy"},
           {"crd.projectcalico.org/v1", "GlobalNetworkPolicy"},
           {"policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"},
           {"policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy"},
           {"policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy"}}) {
    EXPECT_EQ(other_policy_of(other_policy(version, kind, "")), kind);
  }
}

TEST(LinkNetwork, NamesTheNearestPolicyOfAnotherKind) {
  const std::string cluster_wide = other_policy("projectcalico.org/v3", "GlobalNetworkPolicy", "");
  const std::string own = other_policy("cilium.io/v2", "CiliumNetworkPolicy");
  EXPECT_EQ(other_policy_of(cluster_wide + own), "CiliumNetworkPolicy");
  const NetworkFacts facts = network_of(unclear_pods + own);
  EXPECT_TRUE(pod_named(facts, "Pod r").other_policy);
}

}  // namespace
}  // namespace compliance::test::resolve_network_test
