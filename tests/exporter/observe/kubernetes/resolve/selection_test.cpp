// Which workloads and Services count, and in which namespace they live.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::selection_test {
namespace {

using kubernetes::KubernetesOptions;

const std::string spec = "spec: {containers: [{name: c}]}";

// An object of a kind with a pod template; `metadata` in flow style.
std::string workload(const std::string& kind, const std::string& metadata,
                     const std::string& more = "") {
  return "---\n{apiVersion: apps/v1, kind: " + kind + ", metadata: {" + metadata + "}, spec: {" +
         more + "template: {" + spec + "}}}\n";
}

std::string pod(const std::string& metadata) {
  return "---\n{apiVersion: v1, kind: Pod, metadata: {" + metadata + "}, " + spec + "}\n";
}

std::string labels(const std::string& instance) {
  return "labels: {app.kubernetes.io/name: caracal" +
         (instance.empty() ? "" : ", app.kubernetes.io/instance: " + instance) + "}";
}

std::string owned_by(const std::string& owner) {
  return "ownerReferences: [{controller: true, " + owner + "}]";
}

// Names of the workloads of the containers, in order.
std::string kept(const std::string& text, const KubernetesOptions& options = {}) {
  std::string names;
  for (const Container& container : facts_of(text, options).containers) {
    names += (names.empty() ? "" : ", ") + container.workload;
  }
  return names;
}

struct Row {
  const char* name;
  std::string text;
  const char* kept;
};

class Dumps : public testing::TestWithParam<Row> {};

TEST_P(Dumps, AreReadWithoutWhatAnotherObjectControls) {
  EXPECT_EQ(kept(GetParam().text), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Dumps,
    testing::Values(
        Row{"OwnerPresent",
            workload("ReplicaSet", "name: r, " + owned_by("kind: Deployment, name: d")) +
                workload("Deployment", "name: d"),
            "Deployment d"},
        Row{"OwnerOfAnotherKind",
            workload("ReplicaSet", "name: r, " + owned_by("kind: Deployment, name: d")) +
                workload("StatefulSet", "name: d"),
            "ReplicaSet r, StatefulSet d"},
        Row{"OwnerAbsent",
            workload("ReplicaSet", "name: r, " + owned_by("kind: Deployment, name: d")),
            "ReplicaSet r"},
        Row{"OwnerWithTheUid",
            pod("name: p, " + owned_by("kind: StatefulSet, name: s, uid: u")) +
                workload("StatefulSet", "name: s, uid: u"),
            "StatefulSet s"},
        Row{"OwnerWithAnotherUid",
            pod("name: p, " + owned_by("kind: StatefulSet, name: s, uid: u")) +
                workload("StatefulSet", "name: s, uid: v"),
            "Pod p, StatefulSet s"},
        Row{"OwnerWithoutUid",
            pod("name: p, " + owned_by("kind: StatefulSet, name: s, uid: u")) +
                workload("StatefulSet", "name: s"),
            "StatefulSet s"},
        Row{"OwnerThatIsNoController",
            pod("name: p, ownerReferences: [{kind: StatefulSet, name: s}]") +
                workload("StatefulSet", "name: s"),
            "Pod p, StatefulSet s"},
        Row{"SecondOwnerIsTheController",
            pod("name: p, ownerReferences: [{kind: Node, name: n}, {controller: true, kind: "
                "StatefulSet, name: s}]") +
                workload("StatefulSet", "name: s"),
            "StatefulSet s"},
        Row{"NoReplicas", workload("ReplicaSet", "name: r", "replicas: 0, "), ""},
        Row{"OneReplica", workload("ReplicaSet", "name: r", "replicas: 1, "), "ReplicaSet r"},
        Row{"NoReplicasOfADeployment", workload("Deployment", "name: d", "replicas: 0, "),
            "Deployment d"},
        Row{"NoReplicasOfAController",
            "{apiVersion: v1, kind: ReplicationController, metadata: {name: r}, spec: {replicas: "
            "0, "
            "template: {" +
                spec + "}}}",
            ""}),
    [](const auto& row) { return row.param.name; });

struct ReleaseRow {
  const char* name;
  std::string text;
  const char* release;
  const char* kept;
};

class Releases : public testing::TestWithParam<ReleaseRow> {};

TEST_P(Releases, AreSelectedByLabel) {
  EXPECT_EQ(kept(GetParam().text, {.release = GetParam().release}), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Releases,
    testing::Values(
        ReleaseRow{"EverythingWithoutTheLabel", pod("name: a") + pod("name: b, labels: {app: x}"),
                   "", "Pod a, Pod b"},
        ReleaseRow{"EverythingWithoutTheLabelWhateverTheRelease", pod("name: a"), "r", "Pod a"},
        ReleaseRow{"OnlyTheLabelled", pod("name: a") + pod("name: b, " + labels("r")), "", "Pod b"},
        ReleaseRow{"TheTemplatesLabelCounts",
                   pod("name: a") +
                       "---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: "
                       "{template: {metadata: {" +
                       labels("r") + "}, " + spec + "}}}",
                   "r", "Deployment d"},
        ReleaseRow{"AServicesLabelCounts",
                   pod("name: a") + "---\n{apiVersion: v1, kind: Service, metadata: {name: s, " +
                       labels("r") + "}}",
                   "", ""},
        ReleaseRow{"AnotherName",
                   pod("name: a, labels: {app.kubernetes.io/name: caracal-demo}") + pod("name: b"),
                   "", "Pod a, Pod b"},
        ReleaseRow{"TheNamedInstance",
                   pod("name: a, " + labels("r")) + pod("name: b, " + labels("s")), "s", "Pod b"},
        ReleaseRow{"WithoutInstanceWhenOneIsNamed",
                   pod("name: a, " + labels("r")) + pod("name: b, " + labels("")), "r", "Pod a"},
        ReleaseRow{"WithoutInstanceWhenNoneIsNamed",
                   pod("name: a, " + labels("r")) + pod("name: b, " + labels("")), "",
                   "Pod a, Pod b"}),
    [](const auto& row) { return row.param.name; });

LocatedFault linking_fault(const std::string& text, const KubernetesOptions& options = {}) {
  auto objects = parse(text);
  if (!objects) {
    ADD_FAILURE() << objects.error().fault.message;
    return {};
  }
  const auto linked = kubernetes::resolve_objects({&objects.value()}, options);
  if (linked) {
    ADD_FAILURE() << "linked";
    return {};
  }
  return linked.error();
}

TEST(Selection, FailsForSeveralInstancesAndNamesThem) {
  const LocatedFault fault =
      linking_fault(pod("name: a, " + labels("two")) + pod("name: b, " + labels("one")));
  EXPECT_EQ(fault.fault.reason, UnknownReason::unresolved_reference);
  EXPECT_NE(fault.fault.message.find("one, two"), std::string::npos) << fault.fault.message;
  EXPECT_EQ(fault.origin.place.text(), "manifests.yaml");
}

TEST(Selection, FailsWhenTheReleaseIsNotThere) {
  const LocatedFault fault = linking_fault(pod("name: a, " + labels("one")), {.release = "onne"});
  EXPECT_EQ(fault.fault.reason, UnknownReason::missing_object);
  EXPECT_NE(fault.fault.message.find("'onne'"), std::string::npos);
  EXPECT_NE(fault.fault.message.find("only one"), std::string::npos);
  EXPECT_EQ(linking_fault(pod("name: a, " + labels("")), {.release = "r"}).fault.reason,
            UnknownReason::missing_object);
}

TEST(Selection, InstancesOfSkippedObjectsDoNotCount) {
  const std::string skipped = workload("ReplicaSet", "name: r, " + labels("old"), "replicas: 0, ");
  EXPECT_EQ(kept(skipped + pod("name: p, " + labels("new"))), "Pod p");
}

TEST(Selection, TakesTheOnlyNamespaceForObjectsWithoutOne) {
  const auto ns = [](const std::string& text, const KubernetesOptions& options = {}) {
    std::string names;
    for (const Container& container : facts_of(text, options).containers) {
      names += "[" + container.object_namespace + "]";
    }
    return names;
  };
  EXPECT_EQ(ns(pod("name: a") + pod("name: b, namespace: n")), "[n][n]");
  EXPECT_EQ(ns(pod("name: a") + pod("name: b, namespace: n"), {.default_namespace = "d"}), "[d]");
  // Of whatever object: a route that names it is of the same installation.
  EXPECT_EQ(ns(pod("name: a, " + labels("r")) + pod("name: b, namespace: n")), "[n]");
  EXPECT_EQ(ns(pod("name: a") + "---\n{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: "
                                "{name: i, namespace: n}}"),
            "[n]");
  // Of several the release's own counts.
  EXPECT_EQ(ns(pod("name: a, " + labels("r")) + pod("name: b, namespace: m, " + labels("r")) +
               pod("name: c, namespace: n")),
            "[m][m]");
  EXPECT_EQ(ns(pod("name: a, " + labels("r")) + pod("name: b, namespace: n") +
               pod("name: c, namespace: m")),
            "[]");
  EXPECT_EQ(ns(pod("name: a") +
               "---\n{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}}"),
            "[n]");
}

TEST(Selection, FailsForAReleaseInSeveralNamespacesAndNamesThem) {
  const std::string text = pod("name: a, namespace: two, " + labels("r")) +
                           "---\n{apiVersion: v1, kind: Service, metadata: {name: s, namespace: "
                           "one, " +
                           labels("r") + "}}\n";
  const LocatedFault fault = linking_fault(text);
  EXPECT_EQ(fault.fault.reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(fault.fault.message,
            "the release is in several namespaces (one, two): say which one with "
            "kubernetes.namespace");
  EXPECT_EQ(kept(text, {.default_namespace = "two"}), "Pod a");
  EXPECT_EQ(kept(text, {.default_namespace = "three"}), "");
}

TEST(Selection, LeavesRoutesOfOtherNamespacesToOtherInstallations) {
  const std::string text =
      pod("name: a, namespace: n") +
      "---\n{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}}\n"
      "---\n{apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: i, namespace: "
      "m}, spec: {routes: [{match: Host(`a`), services: [{name: s, namespace: n}]}]}}\n";
  EXPECT_EQ(facts_of(text).routes.size(), 1U);
  EXPECT_EQ(facts_of(text, {.default_namespace = "n"}).routes.size(), 0U);
}

// The objects of what is judged of an owned Pod beside its owner, "ReplicaSet r".
std::string judged_beside_the_owner(const std::string& containers) {
  const std::string owner =
      "---\n{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r, namespace: n}, spec: "
      "{template: {spec: {containers: [{name: c, image: 'x:1'}], initContainers: [{name: i, image: "
      "'y:1'}]}}}}\n";
  std::string objects;
  for (const Container& container :
       facts_of(owner + "---\n{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: n, " +
                owned_by("kind: ReplicaSet, name: r") + "}, spec: {" + containers + "}}\n")
           .containers) {
    if (container.workload == "Pod p") {
      objects += "[" + container.object + "]";
    }
  }
  return objects;
}

TEST(Selection, TakesWhatAnOwnedPodHasBesideItsOwner) {
  const std::string init = ", initContainers: [{name: i, image: 'y:1'}]";
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:1'}]" + init), "");
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:2'}]" + init),
            "[Pod p container c]");
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:1'}], initContainers: "
                                    "[{name: i, image: 'y:latest'}]"),
            "[Pod p container i]");
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:1'}]" + init +
                                    ", ephemeralContainers: [{name: d, image: z}]"),
            "[Pod p container d]");
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:1', securityContext: "
                                    "{privileged: true}}, {name: mesh, image: m}]" +
                                    init),
            "[Pod p container c][Pod p container mesh]");
  EXPECT_EQ(judged_beside_the_owner("containers: [{name: c, image: 'x:1', volumeMounts: [{name: t, "
                                    "mountPath: /t}]}]" +
                                    init),
            "");
}

TEST(Selection, FindsOwnersInTheirNamespaceAlone) {
  EXPECT_EQ(kept(pod("name: p, namespace: a, " + owned_by("kind: StatefulSet, name: s")) +
                     workload("StatefulSet", "name: s, namespace: b"),
                 {.default_namespace = "a"}),
            "Pod p");
}

TEST(Selection, FindsOwnersInTheDefaultNamespace) {
  const std::string text = pod("name: p, namespace: n, " + owned_by("kind: StatefulSet, name: s")) +
                           workload("StatefulSet", "name: s");
  EXPECT_EQ(kept(text, {.default_namespace = "n"}), "StatefulSet s");
}

TEST(Selection, OfNothingIsEmpty) {
  const auto linked = kubernetes::resolve_objects({}, {});
  ASSERT_TRUE(linked);
  EXPECT_TRUE(linked.value().containers.empty());
}

}  // namespace
}  // namespace compliance::test::selection_test
