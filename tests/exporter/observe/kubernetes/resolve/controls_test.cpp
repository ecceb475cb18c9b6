// Replicas, spread, autoscalers, budgets and namespaces of workloads.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::controls_test {
namespace {

// A workload "api" in namespace n; `spec` and `pod` are further entries there.
std::string workload(const std::string& spec = "", const std::string& pod = "",
                     const std::string& kind = "Deployment", const std::string& name = "api") {
  return "{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: " + name +
         ", namespace: n},\n spec: {" + spec + "template: {metadata: {labels: {app: " + name +
         ", team: x}}, spec: {" + pod + "containers: [{name: " + name + "}]}}}}\n---\n";
}

std::string autoscaler(const std::string& spec, const std::string& target = "Deployment",
                       const std::string& ns = "n") {
  return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h, "
         "namespace: " +
         ns + "}, spec: {" + spec + "scaleTargetRef: {apiVersion: apps/v1, kind: " + target +
         ", name: api}}}\n---\n";
}

std::string scaled_object(const std::string& spec, const std::string& target = "name: api") {
  return "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: k, namespace: n}, "
         "spec: {" +
         spec + "scaleTargetRef: {" + target + "}}}\n---\n";
}

std::string budget(const std::string& selector, const std::string& spec = "minAvailable: 1",
                   const std::string& version = "policy/v1", const std::string& name = "b") {
  return "{apiVersion: " + version + ", kind: PodDisruptionBudget, metadata: {name: " + name +
         ", namespace: n},\n spec: {" + spec + ", selector: " + selector + "}}\n---\n";
}

WorkloadControls controls_of(const std::string& text) {
  const auto facts = facts_of(text);
  EXPECT_EQ(facts.workloads.size(), 1U);
  return facts.workloads.empty() ? WorkloadControls{} : facts.workloads.front();
}

TEST(Workload, SaysWhatItIs) {
  const WorkloadControls controls = controls_of(workload("replicas: 3, "));
  EXPECT_EQ(controls.object, "Deployment api");
  EXPECT_EQ(controls.object_namespace, "n");
  EXPECT_EQ(controls.component, Component::api);
  EXPECT_TRUE(controls.replicas.is(3));
  EXPECT_EQ(controls.replicas.origin, origin_at(2, 19));
  EXPECT_EQ(controls.origin, origin_at(1, 1));
  EXPECT_EQ(controls.autoscaler, std::nullopt);
  EXPECT_TRUE(controls.budgets.empty());
}

TEST(Workload, HasOneReplicaWhereNoneAreStated) {
  EXPECT_TRUE(controls_of(workload()).replicas.is(1));
  EXPECT_TRUE(controls_of(workload("replicas: null, ")).replicas.is(1));
  EXPECT_TRUE(controls_of(workload("replicas: 0, ")).replicas.is(0));
}

TEST(Workload, HasAFaultWhenReplicasAreNoNumber) {
  EXPECT_TRUE(controls_of(workload("replicas: two, ")).replicas.fault);
}

TEST(Workload, IsADeploymentOrStatefulSet) {
  EXPECT_EQ(facts_of(workload("", "", "StatefulSet")).workloads.size(), 1U);
  EXPECT_EQ(facts_of(workload("", "", "DaemonSet")).workloads.size(), 0U);
}

TEST(Workload, IsTheComponentOfItsOwnContainerNotOfASidecar) {
  EXPECT_EQ(controls_of(workload("", "initContainers: [{name: sts}], ")).component, Component::api);
  EXPECT_EQ(controls_of("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: "
                        "n}, spec: {template: {spec: {containers: [{name: log}, {name: web}, "
                        "{name: api}]}}}}")
                .component,
            Component::web);
  EXPECT_EQ(controls_of("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: "
                        "n}, spec: {template: {spec: {containers: [{name: log}]}}}}")
                .component,
            Component::other);
}

TEST(Workload, IsSpreadByWhatSelectsItsOwnPods) {
  const auto spread = [](const std::string& pod) { return controls_of(workload("", pod)).spread; };
  const std::string own = "{labelSelector: {matchLabels: {app: api}}}";
  const std::string others = "{labelSelector: {matchLabels: {app: web}}}";
  EXPECT_FALSE(spread(""));
  EXPECT_TRUE(spread("topologySpreadConstraints: [" + own + "], "));
  EXPECT_FALSE(spread("topologySpreadConstraints: [" + others + "], "));
  EXPECT_FALSE(spread("topologySpreadConstraints: [{maxSkew: 1}], "));
  EXPECT_TRUE(spread("topologySpreadConstraints: [" + others + ", " + own + "], "));
  EXPECT_TRUE(spread("topologySpreadConstraints: [" + own + ", " + others + "], "));
  const auto required = [&](const std::string& term) {
    return spread("affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [" +
                  term + "]}}, ");
  };
  EXPECT_TRUE(required(own));
  EXPECT_FALSE(required(others));
  const auto preferred = [&](const std::string& term) {
    return spread(
        "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: "
        "1, podAffinityTerm: " +
        term + "}]}}, ");
  };
  EXPECT_TRUE(preferred(own));
  EXPECT_FALSE(preferred(others));
  EXPECT_FALSE(spread("affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [" +
                      own + "]}}, "));
}

TEST(Autoscaler, IsFoundByKindNameAndNamespace) {
  const WorkloadControls controls = controls_of(workload() + autoscaler("minReplicas: 2, "));
  ASSERT_TRUE(controls.autoscaler);
  EXPECT_EQ(controls.autoscaler->object, "HorizontalPodAutoscaler h");
  EXPECT_TRUE(controls.autoscaler->minimum.is(2));
  EXPECT_FALSE(controls_of(workload() + autoscaler("", "StatefulSet")).autoscaler);
  EXPECT_FALSE(controls_of(workload() + autoscaler("", "Deployment", "m")).autoscaler);
}

TEST(Autoscaler, KeepsOnePodUnlessItSaysMore) {
  EXPECT_TRUE(controls_of(workload() + autoscaler("")).autoscaler->minimum.is(1));
  EXPECT_TRUE(controls_of(workload() + autoscaler("minReplicas: x, ")).autoscaler->minimum.fault);
}

TEST(Autoscaler, OfKedaKeepsNoneUnlessItSaysMore) {
  EXPECT_TRUE(controls_of(workload() + scaled_object("")).autoscaler->minimum.is(0));
  EXPECT_TRUE(
      controls_of(workload() + scaled_object("minReplicaCount: 2, ")).autoscaler->minimum.is(2));
  EXPECT_EQ(controls_of(workload() + scaled_object("")).autoscaler->object, "ScaledObject k");
  EXPECT_FALSE(
      controls_of(workload() + scaled_object("", "kind: StatefulSet, name: api")).autoscaler);
  EXPECT_TRUE(controls_of(workload("", "", "StatefulSet") +
                          scaled_object("", "kind: StatefulSet, name: api"))
                  .autoscaler);
}

TEST(Autoscaler, WithTheLeastMinimumCountsOfSeveral) {
  const std::string two = autoscaler("minReplicas: 2, ");
  const std::string three = scaled_object("minReplicaCount: 3, ");
  EXPECT_TRUE(controls_of(workload() + two + three).autoscaler->minimum.is(2));
  EXPECT_TRUE(controls_of(workload() + three + two).autoscaler->minimum.is(2));
  EXPECT_TRUE(
      controls_of(workload() + two + autoscaler("minReplicas: x, ")).autoscaler->minimum.fault);
  EXPECT_TRUE(
      controls_of(workload() + autoscaler("minReplicas: x, ") + two).autoscaler->minimum.fault);
}

TEST(Budget, SelectsPodsByTheirLabels) {
  const auto budgets = [](const std::string& text) { return controls_of(text).budgets.size(); };
  EXPECT_EQ(budgets(workload() + budget("{matchLabels: {app: api}}")), 1U);
  EXPECT_EQ(budgets(workload() + budget("{matchLabels: {app: web}}")), 0U);
  EXPECT_EQ(budgets(workload() + budget("{matchLabels: {app: api, team: z}}")), 0U);
  EXPECT_EQ(budgets(workload() + budget("{matchExpressions: [{key: app, operator: Exists}]}")), 1U);
  EXPECT_EQ(budgets(workload() + "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: "
                                 "{name: b, namespace: m}, spec: {minAvailable: 1, selector: {}}}"),
            0U);
}

TEST(Budget, WithAnEmptySelectorDependsOnItsVersion) {
  const auto budgets = [](const char* selector, const char* version) {
    return controls_of(workload() + budget(selector, "minAvailable: 1", version)).budgets.size();
  };
  EXPECT_EQ(budgets("{}", "policy/v1"), 1U);
  EXPECT_EQ(budgets("null", "policy/v1"), 0U);
  EXPECT_EQ(budgets("{}", "policy/v1beta1"), 0U);
  EXPECT_EQ(budgets("{matchLabels: {app: api}}", "policy/v1beta1"), 1U);
}

TEST(Budget, CountsAllPodsThatItSelects) {
  const auto facts =
      facts_of(workload("replicas: 3, ") + workload("replicas: 2, ", "", "StatefulSet", "sts") +
               autoscaler("minReplicas: 5, ") + budget("{matchLabels: {team: x}}"));
  ASSERT_EQ(facts.workloads.size(), 2U);
  for (const WorkloadControls& controls : facts.workloads) {
    ASSERT_EQ(controls.budgets.size(), 1U);
    EXPECT_EQ(controls.budgets.front().selected_pods, 7);
    EXPECT_EQ(controls.budgets.front().object, "PodDisruptionBudget b");
  }
}

TEST(Budget, ThatStandsInTwoFilesIsOne) {
  const std::string first = budget("{}", "minAvailable: 1");
  const auto facts = facts_of_files({workload(), first, budget("{}", "minAvailable: 2")});
  ASSERT_EQ(facts.workloads.front().budgets.size(), 1U);
  EXPECT_TRUE(facts.workloads.front().budgets.front().min_available.is(PodAmount{.number = 2}));
  EXPECT_EQ(controls_of(workload() + first + budget("{}", "minAvailable: 1", "policy/v1", "c"))
                .budgets.size(),
            2U);
}

struct AmountCase {
  const char* name;
  const char* text;
  std::optional<PodAmount> amount;
};

class BudgetAmount : public testing::TestWithParam<AmountCase> {};

TEST_P(BudgetAmount, IsANumberOrAPercentage) {
  for (const std::string field : {"minAvailable", "maxUnavailable"}) {
    const DisruptionBudget read =
        controls_of(workload() + budget("{}", field + ": " + GetParam().text)).budgets.front();
    const bool minimum = field == "minAvailable";
    const Fact<PodAmount>& amount = minimum ? read.min_available : read.max_unavailable;
    EXPECT_TRUE((minimum ? read.max_unavailable : read.min_available).absent());
    EXPECT_EQ(amount.value, GetParam().amount);
    EXPECT_EQ(amount.fault.has_value(), !GetParam().amount);
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, BudgetAmount,
                         testing::Values(AmountCase{"Number", "2", PodAmount{2, false}},
                                         AmountCase{"Nothing", "0", PodAmount{0, false}},
                                         AmountCase{"Percent", "50%", PodAmount{50, true}},
                                         AmountCase{"QuotedPercent", "'50%'", PodAmount{50, true}},
                                         AmountCase{"All", "100%", PodAmount{100, true}},
                                         AmountCase{"TooMuch", "101%", std::nullopt},
                                         AmountCase{"Negative", "-1", std::nullopt},
                                         AmountCase{"NegativePercent", "'-1%'", std::nullopt},
                                         AmountCase{"QuotedNumber", "'1'", std::nullopt},
                                         AmountCase{"Fraction", "'1.5%'", std::nullopt},
                                         AmountCase{"Sign", "'%'", std::nullopt},
                                         AmountCase{"Mapping", "{a: b}", std::nullopt}),
                         [](const auto& row) { return row.param.name; });

TEST(Budget, OfMoreThanAllPodsIsRefusedAsByTheApiServer) {
  const auto budgets = controls_of(workload() + budget("{}", "minAvailable: 150%")).budgets;
  ASSERT_EQ(budgets.size(), 1U);
  ASSERT_TRUE(budgets[0].min_available.fault);
  EXPECT_EQ(budgets[0].min_available.fault->message,
            "'minAvailable' must not be greater than 100%");
}

TEST(Budget, ThatCannotBeReadMayBeThatOfAWorkloadWithoutOne) {
  const std::string unread =
      budget("{matchlabels: {app: api}}", "minAvailable: 1", "policy/v1", "u");
  const auto alone = facts_of_rest(workload() + unread).workloads.at(0).budgets;
  ASSERT_EQ(alone.size(), 1U);
  ASSERT_TRUE(alone[0].min_available.fault);
  EXPECT_EQ(alone[0].min_available.fault->message,
            "PodDisruptionBudget u cannot be read: 'selector' has a field that it does not know: "
            "misspelt?");
  const auto beside = facts_of_rest(workload() + unread + budget("{}")).workloads.at(0).budgets;
  ASSERT_EQ(beside.size(), 1U);
  EXPECT_TRUE(beside[0].min_available.value);
}

TEST(Autoscaler, ThatCannotBeReadMayBeThatOfAWorkloadWithoutOne) {
  const auto found = [](const std::string& ns) {
    return facts_of_rest(workload() +
                         "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: "
                         "{name: h, namespace: " +
                         ns + "}, spec: {scaleTargetRef: x}}")
        .workloads.at(0)
        .autoscaler;
  };
  EXPECT_FALSE(found("other").has_value());
  ASSERT_TRUE(found("n").has_value());
  EXPECT_EQ(found("n")->minimum.fault->message,
            "HorizontalPodAutoscaler h cannot be read: 'scaleTargetRef' is not a mapping");
}

TEST(Namespace, IsSeenWhenWorkloadsLiveThere) {
  const std::string spaces =
      "{apiVersion: v1, kind: Namespace, metadata: {name: n, labels: "
      "{pod-security.kubernetes.io/enforce: baseline}}}\n---\n"
      "{apiVersion: v1, kind: Namespace, metadata: {name: m}}\n---\n";
  const auto facts = facts_of(spaces + workload());
  ASSERT_EQ(facts.namespaces.size(), 1U);
  EXPECT_EQ(facts.namespaces.front().name, "n");
  EXPECT_TRUE(facts.namespaces.front().enforced.is("baseline"));
  EXPECT_EQ(facts.namespaces.front().origin, origin_at(1, 1));
  EXPECT_TRUE(facts_of(workload()).namespaces.empty());
  const auto unlabelled =
      facts_of("{apiVersion: v1, kind: Namespace, metadata: {name: n}}\n---\n" + workload());
  EXPECT_TRUE(unlabelled.namespaces.front().enforced.absent());
}

}  // namespace
}  // namespace compliance::test::controls_test
