// Where the peers of NetworkPolicies are.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/resolve/networks.h"

namespace compliance::test::peer_scope_test {
namespace {

using Names = std::optional<std::vector<std::string>>;

const std::string release = release_workload("api", "a") + release_workload("sts", "b");

// A pod that is not the release's.
std::string foreign(const std::string& labels, const std::string& ns = "caracal") {
  return "{apiVersion: v1, kind: Pod, metadata: {name: f, namespace: " + ns + ", labels: {" +
         labels + "}}, spec: {containers: [{name: x}]}}\n---\n";
}

std::string pods(const std::string& labels) {
  return "{podSelector: {matchLabels: {" + labels + "}}}";
}

std::string in_namespace(const std::string& labels, const std::string& selected = "") {
  return "{namespaceSelector: {matchLabels: {" + labels + "}}" +
         (selected.empty() ? "" : ", podSelector: {matchLabels: {" + selected + "}}") + "}";
}

const std::string identity = "app.kubernetes.io/name: caracal, app.kubernetes.io/instance: c";
const std::string own_namespace = "kubernetes.io/metadata.name: caracal";

PeerScope scope_of(const std::string& peer, const std::string& objects = release) {
  return peer_among(objects, peer).place;
}

Names bound(const std::string& peer, const std::string& objects = release) {
  return peer_among(objects, peer).bound_namespaces;
}

TEST(PeerScope, IsTheReleaseByItsIdentityWhateverElseIsThere) {
  EXPECT_EQ(scope_of(pods(identity)), PeerScope::release);
  EXPECT_EQ(scope_of(pods(identity + ", tier: none")), PeerScope::release);
  EXPECT_EQ(scope_of(in_namespace(own_namespace, identity)), PeerScope::release);
  EXPECT_EQ(scope_of("{podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: "
                     "In, values: [caracal]}, {key: app.kubernetes.io/instance, operator: In, "
                     "values: [c]}]}}"),
            PeerScope::release);
}

TEST(PeerScope, IsOutsideWithAnotherIdentity) {
  EXPECT_EQ(scope_of(pods("app.kubernetes.io/name: prometheus, app.kubernetes.io/instance: c")),
            PeerScope::outside);
  EXPECT_EQ(scope_of(pods("app.kubernetes.io/name: caracal, app.kubernetes.io/instance: d")),
            PeerScope::outside);
  EXPECT_EQ(scope_of("{podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: "
                     "In, values: [caracal, prometheus]}, {key: app.kubernetes.io/instance, "
                     "operator: In, values: [c]}, {key: tier, operator: In, values: [z]}]}}"),
            PeerScope::outside);
}

TEST(PeerScope, IsTheReleaseByItsOwnLabelsWhileNobodyElseHasThem) {
  const std::string by_tier = pods("tier: a");
  EXPECT_EQ(scope_of(by_tier), PeerScope::release);
  EXPECT_EQ(scope_of(by_tier, release + foreign("tier: a")), PeerScope::outside);
  EXPECT_EQ(scope_of(by_tier, release + foreign("tier: b")), PeerScope::release);
  EXPECT_EQ(scope_of(by_tier, release + foreign("tier: a", "other")), PeerScope::release);
  EXPECT_EQ(scope_of(pods("tier: z")), PeerScope::outside);
  EXPECT_EQ(scope_of(pods("tier: a, role: x")), PeerScope::outside);
}

TEST(PeerScope, IsTheReleaseByItsNameAloneWhileNobodyElseHasIt) {
  const std::string by_name = pods("app.kubernetes.io/name: caracal");
  EXPECT_EQ(scope_of(by_name), PeerScope::release);
  EXPECT_EQ(peer_among(release + foreign("app.kubernetes.io/name: caracal, "
                                         "app.kubernetes.io/instance: d"),
                       by_name, {.release = "c"})
                .place,
            PeerScope::outside);
}

TEST(PeerScope, IsOutsideByLabelsThatSayNothingOfWhoseTheyAre) {
  const std::string common =
      release_workload("api") + foreign(identity +
                                        ", app.kubernetes.io/managed-by: Helm, "
                                        "app.kubernetes.io/version: '1', helm.sh/chart: x, "
                                        "pod-template-hash: h");
  for (const char* label : {"app.kubernetes.io/managed-by: Helm", "app.kubernetes.io/version: '1'",
                            "helm.sh/chart: x", "pod-template-hash: h"}) {
    EXPECT_EQ(scope_of(pods(label), common), PeerScope::outside) << label;
  }
}

TEST(PeerScope, IsOutsideWithoutALabelThatIsDemanded) {
  EXPECT_EQ(scope_of("{podSelector: {}}"), PeerScope::outside);
  for (const char* expression :
       {"{key: tier, operator: Exists}", "{key: tier, operator: NotIn, values: [z]}",
        "{key: role, operator: DoesNotExist}", "{key: tier, operator: In, values: [a, z]}"}) {
    EXPECT_EQ(scope_of("{podSelector: {matchExpressions: [" + std::string{expression} + "]}}"),
              PeerScope::outside)
        << expression;
  }
  EXPECT_EQ(scope_of("{podSelector: {matchExpressions: [{key: tier, operator: In, values: [a, b]}]"
                     "}}"),
            PeerScope::release);
}

TEST(PeerScope, IsOutsideForWholeNamespacesAndAddresses) {
  EXPECT_EQ(scope_of(in_namespace(own_namespace)), PeerScope::outside);
  EXPECT_EQ(scope_of("{ipBlock: {cidr: 10.0.0.0/8}}"), PeerScope::outside);
  EXPECT_EQ(scope_of("{namespaceSelector: {}, podSelector: {matchLabels: {" + identity + "}}}"),
            PeerScope::outside);
}

TEST(PeerScope, IsOutsideInOtherNamespaces) {
  EXPECT_EQ(scope_of(in_namespace("kubernetes.io/metadata.name: other", identity)),
            PeerScope::outside);
  EXPECT_EQ(scope_of("{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
                     "operator: In, values: [caracal, other]}]}, podSelector: {matchLabels: {" +
                     identity + "}}}"),
            PeerScope::outside);
}

TEST(PeerScope, DoesWithoutLabelsOfTheProduct) {
  const std::string unlabelled =
      "{apiVersion: v1, kind: Pod, metadata: {name: api, namespace: caracal, labels: {app: api}}, "
      "spec: {containers: [{name: x}]}}\n---\n";
  EXPECT_EQ(scope_of(pods("app: api"), unlabelled), PeerScope::release);
  EXPECT_EQ(scope_of(pods(identity), unlabelled), PeerScope::outside);
}

TEST(PeerScope, DoesWithoutAnInstance) {
  const std::string no_instance =
      "{apiVersion: v1, kind: Pod, metadata: {name: api, namespace: caracal, labels: "
      "{app.kubernetes.io/name: caracal}}, spec: {containers: [{name: x}]}}\n---\n";
  EXPECT_EQ(scope_of(pods("app.kubernetes.io/name: caracal, role: x"), no_instance),
            PeerScope::release);
  EXPECT_EQ(scope_of(pods("app.kubernetes.io/name: caracal, role: x")), PeerScope::outside);
}

TEST(PeerScope, IsUndecidedWhenTheReleasesNamespaceIsNotKnown) {
  const std::string nowhere =
      "{apiVersion: v1, kind: Pod, metadata: {name: api, labels: {" + identity +
      "}}, spec: {containers: [{name: x}]}}\n---\n" +
      policy_object("podSelector: {}, ingress: [{from: [" + in_namespace(own_namespace, identity) +
                        ", " + in_namespace(own_namespace, "app: x") + ", " +
                        in_namespace(own_namespace) + ", " + pods(identity) + "]}]",
                    "np", "");
  const auto peers = network_of(nowhere).policies.at(0).ingress.at(0).peers;
  EXPECT_EQ(peers.at(0).place, PeerScope::undecided);
  EXPECT_EQ(peers.at(1).place, PeerScope::outside);
  EXPECT_EQ(peers.at(2).place, PeerScope::outside);
  EXPECT_EQ(peers.at(3).place, PeerScope::release);
}

TEST(PeerScope, IsBoundToThePolicysNamespaceOrToThoseItNames) {
  EXPECT_EQ(bound(pods("a: b")), Names{{"caracal"}});
  EXPECT_EQ(bound(in_namespace("kubernetes.io/metadata.name: other")), Names{{"other"}});
  EXPECT_EQ(bound("{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
                  "operator: In, values: [a, b]}]}}"),
            (Names{{"a", "b"}}));
  EXPECT_EQ(bound("{namespaceSelector: {}}"), std::nullopt);
  EXPECT_EQ(bound("{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
                  "operator: NotIn, values: [a]}]}}"),
            std::nullopt);
  EXPECT_EQ(bound("{ipBlock: {cidr: 10.0.0.0/8}}"), std::nullopt);
}

TEST(PeerScope, IsBoundToNamespacesAmongTheObjectsByTheirLabels) {
  const std::string objects = release + namespace_object("caracal", "team: a") +
                              namespace_object("monitoring", "team: b") +
                              namespace_object("logging", "team: b");
  EXPECT_EQ(bound(in_namespace("team: b"), objects), (Names{{"logging", "monitoring"}}));
  EXPECT_EQ(bound(in_namespace("team: z"), objects), std::nullopt);
  EXPECT_EQ(scope_of(in_namespace("team: a", identity), objects), PeerScope::release);
  EXPECT_EQ(scope_of(in_namespace("team: b", identity), objects), PeerScope::outside);
  EXPECT_EQ(
      bound("{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}", objects),
      (Names{{"caracal", "logging", "monitoring"}}));
  EXPECT_EQ(bound("{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: "
                  "[b]}]}}",
                  objects),
            std::nullopt);
}

TEST(PeerScope, IsNotBoundByLabelsThatManyNamespacesShare) {
  for (const char* label :
       {"pod-security.kubernetes.io/enforce: restricted", "istio-injection: enabled",
        "istio.io/rev: a", "istio.io/dataplane-mode: ambient", "linkerd.io/inject: enabled",
        "app.kubernetes.io/managed-by: Helm"}) {
    const std::string objects = release + namespace_object("caracal", label);
    EXPECT_EQ(bound(in_namespace(label), objects), std::nullopt) << label;
    EXPECT_EQ(scope_of(in_namespace(label, identity), objects), PeerScope::outside) << label;
  }
}

TEST(PeerScope, IsNotBoundByTheNameThatEveryNamespaceHas) {
  const std::string objects = release + namespace_object("caracal");
  EXPECT_EQ(bound("{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
                  "operator: Exists}]}}",
                  objects),
            std::nullopt);
}

TEST(PeerScope, LeavesOutNamedNamespacesThatHaveOtherLabels) {
  const std::string objects = release + namespace_object("monitoring", "team: b");
  const std::string named = "kubernetes.io/metadata.name: monitoring";
  EXPECT_EQ(bound(in_namespace(named + ", team: b"), objects), Names{{"monitoring"}});
  EXPECT_EQ(bound(in_namespace(named + ", team: a"), objects), Names{std::vector<std::string>{}});
  EXPECT_EQ(bound(in_namespace(named + ", team: a"), release), Names{{"monitoring"}});
  EXPECT_EQ(scope_of(in_namespace(named + ", team: a"), objects), PeerScope::release);
  EXPECT_EQ(scope_of(in_namespace(named + ", team: b"), objects), PeerScope::outside);
}

}  // namespace
}  // namespace compliance::test::peer_scope_test
