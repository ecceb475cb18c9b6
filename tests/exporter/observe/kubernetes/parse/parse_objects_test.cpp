// Documents, lists and broken input.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::parse_objects_test {
namespace {

std::size_t containers_in(const std::string& text) { return facts_of(text).containers.size(); }

const std::string pod =
    "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c}]}}\n";

struct Wrapper {
  const char* api_version;
  const char* kind;
  const char* before;
  const char* after;
  std::size_t containers;
};

class WorkloadKinds : public testing::TestWithParam<Wrapper> {};

TEST_P(WorkloadKinds, AreReadByGroupAndKind) {
  const Wrapper& row = GetParam();
  const std::string text = std::string{"{apiVersion: "} + row.api_version + ", kind: " + row.kind +
                           ", metadata: {name: x, namespace: n}, " + row.before +
                           "spec: {containers: [{name: c, image: nginx}]}" + row.after + "}\n";
  const auto facts = facts_of(text);
  ASSERT_EQ(facts.containers.size(), row.containers);
  if (row.containers == 1) {
    EXPECT_EQ(facts.containers[0].workload, std::string{row.kind} + " x");
    EXPECT_EQ(facts.containers[0].object, std::string{row.kind} + " x container c");
    EXPECT_EQ(facts.containers[0].object_namespace, "n");
    EXPECT_EQ(facts.containers[0].platform, Platform::kubernetes);
  }
}

constexpr auto in_template = "spec: {template: {";
constexpr auto in_job_template = "spec: {jobTemplate: {spec: {template: {";

INSTANTIATE_TEST_SUITE_P(
    Rows, WorkloadKinds,
    testing::Values(Wrapper{"v1", "Pod", "", "", 1},
                    Wrapper{"v1", "ReplicationController", in_template, "}}", 1},
                    Wrapper{"apps/v1", "Deployment", in_template, "}}", 1},
                    Wrapper{"apps/v1beta2", "StatefulSet", in_template, "}}", 1},
                    Wrapper{"apps/v1", "DaemonSet", in_template, "}}", 1},
                    Wrapper{"apps/v1", "ReplicaSet", in_template, "}}", 1},
                    Wrapper{"extensions/v1beta1", "Deployment", in_template, "}}", 1},
                    Wrapper{"extensions/v1beta1", "DaemonSet", in_template, "}}", 1},
                    Wrapper{"extensions/v1beta1", "ReplicaSet", in_template, "}}", 1},
                    Wrapper{"batch/v1", "Job", in_template, "}}", 1},
                    Wrapper{"batch/v1", "CronJob", in_job_template, "}}}}", 1},
                    Wrapper{"example.com/v1", "Deployment", in_template, "}}", 0},
                    Wrapper{"apps/v1", "Pod", "", "", 0},
                    Wrapper{"argoproj.io/v1alpha1", "Rollout", in_template, "}}", 0}));

struct TextRow {
  const char* name;
  std::string text;
  std::size_t containers;
};

class Documents : public testing::TestWithParam<TextRow> {};

TEST_P(Documents, AreUnpacked) { EXPECT_EQ(containers_in(GetParam().text), GetParam().containers); }

INSTANTIATE_TEST_SUITE_P(
    Rows, Documents,
    testing::Values(
        TextRow{"empty", "", 0},
        TextRow{"comments of Helm only", "---\n# Source: a.yaml\n---\n", 0},
        TextRow{"null document", "---\nnull\n---\n~\n", 0},
        TextRow{"two documents", "---\n" + pod + "---\n# nothing\n---\n" + pod, 2},
        TextRow{"List", "{apiVersion: v1, kind: List, items: [" + pod + ", " + pod + "]}", 2},
        TextRow{"List of Lists",
                "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [" + pod +
                    "]}]}",
                1},
        TextRow{"typed list without kinds",
                "{apiVersion: v1, kind: PodList, items: [{metadata: {name: p}, spec: {containers: "
                "[{name: c}]}}]}",
                1},
        TextRow{"typed list of a kind that nobody asks for",
                "{apiVersion: example.com/v1, kind: AllowList, items: [a, b]}", 0},
        TextRow{"List of nothing", "{apiVersion: v1, kind: List, items: []}", 0},
        TextRow{"JSON objects one after the other",
                R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"}{"}]}})"
                "\n"
                R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"\"{"}]}})"
                R"( {"apiVersion":"v1","kind":"PodList","items":[]})",
                2},
        TextRow{"JSON objects between YAML documents",
                pod + "---\n" +
                    R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c"}]}})"
                    R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c"}]}})"
                    "\n--- # the last\n" +
                    pod,
                4},
        TextRow{"List with null items", "{apiVersion: v1, kind: List, items: null}", 0},
        TextRow{"JSON", R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c"}]}})",
                1},
        TextRow{"kinds that nobody asks for are not read",
                "{apiVersion: example.com/v1, kind: Widget, spec: [1]}", 0}),
    [](const auto& row) {
      std::string name = row.param.name;
      std::erase_if(name, [](char c) { return c == ' '; });
      return name;
    });

struct BrokenRow {
  const char* name;
  std::string text;
  std::uint32_t line;
};

class BrokenFiles : public testing::TestWithParam<BrokenRow> {};

TEST_P(BrokenFiles, AreAFaultWithAPosition) {
  const LocatedFault fault = fault_of(GetParam().text);
  EXPECT_EQ(fault.fault.reason, UnknownReason::unparsable);
  EXPECT_FALSE(fault.fault.message.empty());
  EXPECT_EQ(fault.origin.source, Source::kubernetes);
  EXPECT_EQ(fault.origin.place.text(), "manifests.yaml");
  EXPECT_EQ(fault.origin.line, GetParam().line);
}

std::string in_pod(const std::string& spec) {
  return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  " + spec + "\n";
}

std::string in_container(const std::string& field) {
  return in_pod("containers: [{name: c, " + field + "}]");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenFiles,
    testing::Values(
        BrokenRow{"NotYaml", "a: [", 2}, BrokenRow{"Scalar", "\nhello\n", 2},
        BrokenRow{"Sequence", "- a\n", 1}, BrokenRow{"NoKind", "apiVersion: v1\n", 1},
        BrokenRow{"NoApiVersion", "kind: Pod\n", 1},
        BrokenRow{"SecondDocument", pod + "---\nimage: x\n", 3},
        BrokenRow{"ScalarInAList", "{apiVersion: v1, kind: List, items: [a]}", 1},
        BrokenRow{"ItemsNoList", "{apiVersion: v1, kind: List, items: {}}", 1},
        BrokenRow{"MetadataNoMapping", "apiVersion: v1\nkind: Pod\nmetadata: x\n", 3},
        BrokenRow{"LabelsNoMapping", "apiVersion: v1\nkind: Pod\nmetadata:\n  labels: x\n", 4},
        BrokenRow{"SpecNoMapping", "apiVersion: v1\nkind: Pod\nspec: 1\n", 3},
        BrokenRow{"NoContainers", in_pod("hostPID: true"), 1},
        BrokenRow{"ContainersNoList", in_pod("containers: {name: c}"), 5},
        BrokenRow{"ContainerNoMapping", in_pod("containers: [c]"), 5},
        BrokenRow{"InitContainersNoList", in_pod("{containers: [{name: c}], initContainers: x}"),
                  5},
        BrokenRow{"SecurityContextNoMapping", in_container("securityContext: true"), 5},
        BrokenRow{"PodSecurityContextNoMapping",
                  in_pod("{containers: [{name: c}], securityContext: []}"), 5},
        BrokenRow{"SeccompProfileNoMapping", in_container("securityContext: {seccompProfile: x}"),
                  5},
        BrokenRow{"CapabilitiesNoMapping", in_container("securityContext: {capabilities: [ALL]}"),
                  5},
        BrokenRow{"DropNoList", in_container("securityContext: {capabilities: {drop: ALL}}"), 5},
        BrokenRow{"EnvNoList", in_container("env: {A: b}"), 5},
        BrokenRow{"EnvWithoutName", in_container("env: [{value: a}]"), 5},
        BrokenRow{"EnvFromNothing", in_container("envFrom: [{prefix: a}]"), 5},
        BrokenRow{"OptionalNoBoolean",
                  in_container("envFrom: [{secretRef: {name: a, optional: x}}]"), 5},
        BrokenRow{"PortsNoList", in_container("ports: 80"), 5},
        BrokenRow{"PortTooLarge", in_container("ports: [{containerPort: 65536}]"), 5},
        BrokenRow{"PortZero", in_container("ports: [{containerPort: 0}]"), 5},
        BrokenRow{"PortMissing", in_container("ports: [{name: http}]"), 0},
        BrokenRow{"CommandNoList", in_container("command: sh"), 5},
        BrokenRow{"ImageNoText", in_container("image: [nginx]"), 5},
        BrokenRow{"MountsNoList", in_container("volumeMounts: x"), 5},
        BrokenRow{"VolumesNoList", in_pod("{containers: [{name: c}], volumes: x}"), 5},
        BrokenRow{"VolumeBodyNoMapping",
                  in_pod("{containers: [{name: c}], volumes: [{name: v, secret: x}]}"), 5},
        BrokenRow{"ServicePortNoNumber",
                  "apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: http}]\n", 4},
        BrokenRow{"SecretDataNoMapping", "apiVersion: v1\nkind: Secret\ndata: x\n", 3}),
    [](const auto& row) { return row.param.name; });

// The workloads that are read all the same, and what could not be read.
struct Half {
  std::vector<std::string> workloads{};
  std::vector<LocatedFault> faults{};
};

Half read_half(const std::string& text) {
  const kubernetes::Objects objects =
      kubernetes::parse_objects({.path = "manifests.yaml", .text = text});
  Half half{.faults = objects.content().faults};
  for (const kubernetes::Workload& workload : objects.content().workloads) {
    half.workloads.push_back(workload.metadata.name);
  }
  return half;
}

std::string pod_named(const std::string& name, const std::string& containers) {
  return "{apiVersion: v1, kind: Pod, metadata: {name: " + name +
         "}, spec: {containers: " + containers + "}}";
}

using Names = std::vector<std::string>;

struct NeighbourRow {
  const char* name;
  std::string broken;
  std::uint32_t line;  // of the fault
};

class Neighbours : public testing::TestWithParam<NeighbourRow> {};

TEST_P(Neighbours, OfWhatCannotBeReadAreRead) {
  const Half half = read_half(pod_named("a", "[{name: c}]") + "\n---\n" + GetParam().broken +
                              "\n---\n" + pod_named("b", "[{name: c}]") + "\n");
  EXPECT_EQ(half.workloads, (Names{"a", "b"}));
  ASSERT_EQ(half.faults.size(), 1U);
  EXPECT_EQ(half.faults[0].fault.reason, UnknownReason::unparsable);
  EXPECT_EQ(half.faults[0].origin.line, GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Neighbours,
    testing::Values(NeighbourRow{"ObjectOfAWrongShape", pod_named("x", "{name: c}"), 3},
                    NeighbourRow{"NoObject", "image: nginx", 3},
                    NeighbourRow{"NoYaml", "a: [\nb: }", 4},
                    NeighbourRow{"HalfAJsonObject", R"({"apiVersion": "v1", "kind": )", 4},
                    NeighbourRow{"ADuplicateKey", "a: 1\na: 2", 4},
                    NeighbourRow{"AnUnknownAlias", "a: *b", 3}),
    [](const auto& row) { return row.param.name; });

TEST(ParseObjects, ReadsTheOtherItemsOfAList) {
  const Half half =
      read_half("apiVersion: v1\nkind: List\nitems:\n- " + pod_named("a", "[{name: c}]") + "\n- " +
                pod_named("x", "1") + "\n- 5\n- " + pod_named("b", "[{name: c}]") + "\n");
  EXPECT_EQ(half.workloads, (Names{"a", "b"}));
  ASSERT_EQ(half.faults.size(), 2U);
  EXPECT_EQ(half.faults[0].origin.line, 5U);
  EXPECT_EQ(half.faults[1].origin.line, 6U);
}

TEST(ParseObjects, CountsColumnsOfJsonObjectsOnOneLine) {
  const std::string first =
      R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\u00fc"}})";
  const Half half = read_half(first + R"({"apiVersion":"v1","kind":"Pod","spec":1})");
  ASSERT_EQ(half.faults.size(), 1U);
  EXPECT_EQ(half.faults[0].origin.line, 1U);
  EXPECT_EQ(half.faults[0].origin.column, first.size() + 40);
}

TEST(ParseObjects, RefusesAListUnderAnotherKey) {
  const Half half = read_half("{apiVersion: v1, kind: List, list: [" + pod + "]}");
  ASSERT_EQ(half.faults.size(), 1U);
  EXPECT_EQ(half.faults[0].fault,
            (Fault{.reason = UnknownReason::missing_object, .message = "a List has no items"}));
}

TEST(ParseObjects, KnowsThatAServiceAccountThatCannotBeReadMayDecide) {
  const std::string account =
      "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, imagePullSecrets: x}\n";
  const auto token_of = [&account](const std::string& spec) {
    return facts_of_rest(pod_with("image: x", spec) + account)
        .containers.at(0)
        .service_account_token;
  };
  ASSERT_TRUE(token_of("serviceAccountName: a").fault);
  EXPECT_EQ(token_of("serviceAccountName: a").fault->message, "'imagePullSecrets' is not a list");
  EXPECT_TRUE(token_of("serviceAccountName: b").absent());
  EXPECT_TRUE(token_of("serviceAccountName: a, automountServiceAccountToken: false").is(false));
}

TEST(ParseObjects, KeepsSomeFaultsOfAHostileFile) {
  std::string text;
  for (int index = 0; index < 1000; ++index) {
    text += "---\na: [\n";
  }
  const Half half = read_half(text);
  ASSERT_EQ(half.faults.size(), 100U);
  EXPECT_EQ(half.faults.back().fault.message, "this and more objects of the file cannot be read");
}

std::vector<std::string> unjudged_in(const std::string& text) {
  std::vector<std::string> objects;
  for (const Located<std::string>& object : facts_of(text).unjudged) {
    objects.push_back(object.value);
  }
  return objects;
}

TEST(ParseObjects, NamesKindsThatMakePodsAndAreNotRead) {
  const std::string pods = "{template: {spec: {containers: [{name: c}]}}}";
  const std::string head = ", metadata: {name: x}, spec: ";
  for (const auto& [group, kind] : {std::pair{"argoproj.io/v1alpha1", "Rollout"},
                                    {"apps.openshift.io/v1", "DeploymentConfig"},
                                    {"serving.knative.dev/v1", "Service"},
                                    {"apps.kruise.io/v1alpha1", "CloneSet"}}) {
    EXPECT_EQ(
        unjudged_in("{apiVersion: " + std::string{group} + ", kind: " + kind + head + pods + "}"),
        Names{std::string{kind} + " x"});
  }
  EXPECT_EQ(unjudged_in("{apiVersion: keda.sh/v1alpha1, kind: ScaledJob" + head +
                        "{jobTargetRef: " + pods + "}}"),
            Names{"ScaledJob x"});
}

TEST(ParseObjects, NamesNoKindThatMakesNoPods) {
  for (const char* spec : {"{template: {spec: {}}}", "{containers: [{name: c}]}", "[1]",
                           "{workloadRef: {kind: Deployment}}"}) {
    EXPECT_EQ(unjudged_in("{apiVersion: example.com/v1, kind: X, metadata: {name: x}, spec: " +
                          std::string{spec} + "}"),
              Names{});
  }
}

TEST(ParseObjects, LeavesUnjudgedPodsOfOthersOut) {
  const std::string own =
      "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {app.kubernetes.io/name: caracal}}, "
      "spec: {containers: [{name: c}]}}\n---\n";
  const std::string rollout =
      "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: x";
  const std::string spec = "}, spec: {template: {spec: {containers: [{name: c}]}}}}";
  EXPECT_EQ(unjudged_in(own + rollout + spec), Names{});
  EXPECT_EQ(unjudged_in(own + rollout + ", labels: {app.kubernetes.io/name: caracal}" + spec),
            Names{"Rollout x"});
}

TEST(ParseObjects, SaysWhatIsWrongWithoutShowingText) {
  const LocatedFault fault = fault_of(in_container("env: hunter2hunter2"));
  EXPECT_EQ(fault.fault.message, "'env' is not a list");
}

TEST(ParseObjects, NamesPodsOfLiveDumpsByTheirGeneratedName) {
  const auto facts = facts_of(
      "{apiVersion: v1, kind: Pod, metadata: {generateName: p-}, spec: {containers: [{name: c}]}}");
  EXPECT_EQ(facts.containers.at(0).workload, "Pod p-");
}

TEST(ParseObjects, CanBeKeptAndLinkedAgain) {
  auto parsed = parse(pod);
  ASSERT_TRUE(parsed);
  const kubernetes::Objects kept = std::move(parsed).value();
  const auto first = kubernetes::resolve_objects({&kept}, {});
  const auto second = kubernetes::resolve_objects({&kept}, {});
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(first.value().containers, second.value().containers);
}

}  // namespace
}  // namespace compliance::test::parse_objects_test
