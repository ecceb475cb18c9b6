// kubernetes-controls-disruption-budget
#include <gtest/gtest.h>

#include "tests/checks/kubernetes_controls/workloads.h"

namespace compliance::test::disruption_budget_test {
namespace {

constexpr auto id = "kubernetes-controls-disruption-budget";

DisruptionBudget budget_for(std::int64_t pods) {
  return {.object = "PodDisruptionBudget b",
          .selected_pods = pods,
          .origin = at(Source::kubernetes, 70, 1)};
}

DisruptionBudget keeping(PodAmount amount, std::int64_t pods) {
  DisruptionBudget budget = budget_for(pods);
  budget.min_available = {.value = amount, .origin = at(Source::kubernetes, 73, 17)};
  return budget;
}

DisruptionBudget releasing(PodAmount amount, std::int64_t pods) {
  DisruptionBudget budget = budget_for(pods);
  budget.max_unavailable = {.value = amount, .origin = at(Source::kubernetes, 74, 19)};
  return budget;
}

CheckResult evaluated(std::int64_t replicas, std::vector<DisruptionBudget> budgets) {
  WorkloadControls workload = workload_of(Component::api, replicas);
  workload.budgets = std::move(budgets);
  return result_for(id, {workload});
}

struct BudgetCase {
  const char* name;
  DisruptionBudget budget;
  std::int64_t replicas;
  const char* message;
  const char* observed;
};

class Budget : public testing::TestWithParam<BudgetCase> {};

TEST_P(Budget, IsEvaluatedAsKubernetesCounts) {
  const CheckResult result = evaluated(GetParam().replicas, {GetParam().budget});
  const bool good = std::string_view{GetParam().message}.empty();
  ASSERT_EQ(result.status, good ? Outcome::pass : Outcome::fail);
  EXPECT_EQ(result.findings.front().message, GetParam().message);
  EXPECT_EQ(result.findings.front().observed, GetParam().observed);
}

constexpr auto none = "its PodDisruptionBudget b lets no pod be evicted";
constexpr auto all = "its PodDisruptionBudget b lets all pods be evicted at once";

INSTANTIATE_TEST_SUITE_P(
    Amounts, Budget,
    testing::Values(BudgetCase{"Keep1Of2", keeping({1}, 2), 2, "", ""},
                    BudgetCase{"Keep2Of2", keeping({2}, 2), 2, none, "0 of 2"},
                    BudgetCase{"Keep3Of2", keeping({3}, 2), 2, none, "0 of 2"},
                    BudgetCase{"Keep0Of2", keeping({0}, 2), 2, all, "2 of 2"},
                    BudgetCase{"KeepHalfOf2", keeping({50, true}, 2), 2, "", ""},
                    BudgetCase{"KeepHalfOf3", keeping({50, true}, 3), 3, "", ""},
                    BudgetCase{"Keep51PercentOf2", keeping({51, true}, 2), 2, none, "0 of 2"},
                    BudgetCase{"Keep1PercentOf2", keeping({1, true}, 2), 2, "", ""},
                    BudgetCase{"Keep0PercentOf2", keeping({0, true}, 2), 2, all, "2 of 2"},
                    BudgetCase{"Keep100PercentOf2", keeping({100, true}, 2), 2, none, "0 of 2"},
                    BudgetCase{"Release1Of2", releasing({1}, 2), 2, "", ""},
                    BudgetCase{"Release0Of2", releasing({0}, 2), 2, none, "0 of 2"},
                    BudgetCase{"Release2Of2", releasing({2}, 2), 2, all, "2 of 2"},
                    BudgetCase{"Release3Of2", releasing({3}, 2), 2, all, "2 of 2"},
                    BudgetCase{"ReleaseHalfOf3", releasing({50, true}, 3), 3, "", ""},
                    BudgetCase{"Release51PercentOf2", releasing({51, true}, 2), 2, all, "2 of 2"},
                    BudgetCase{"Release1PercentOf2", releasing({1, true}, 2), 2, "", ""},
                    BudgetCase{"SharedAndGood", keeping({11}, 12), 2, "", ""},
                    BudgetCase{"SharedAndWide", keeping({50, true}, 12), 2, all, "6 of 12"}),
    [](const auto& row) { return row.param.name; });

TEST(KubernetesControlsDisruptionBudget, FailsWithoutABudget) {
  const CheckResult result = evaluated(2, {});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "no PodDisruptionBudget selects its pods");
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "Deployment caracal-x");
  EXPECT_EQ(finding.expected, "one PodDisruptionBudget");
  EXPECT_EQ(finding.observed, "0");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 5, 1));
}

TEST(KubernetesControlsDisruptionBudget, FailsWithSeveralSinceTheyBlockEachOther) {
  const Finding finding =
      expect_fail(evaluated(2, {keeping({1}, 2), keeping({1}, 2)}),
                  "more than one PodDisruptionBudget selects its pods", at(Source::kubernetes, 5));
  EXPECT_EQ(finding.observed, "2");
}

TEST(KubernetesControlsDisruptionBudget, ShowsTheOriginOfTheAmount) {
  EXPECT_EQ(evaluated(2, {keeping({2}, 2)}).findings.front().origin,
            at(Source::kubernetes, 73, 17));
  EXPECT_EQ(evaluated(2, {releasing({2}, 2)}).findings.front().origin,
            at(Source::kubernetes, 74, 19));
}

TEST(KubernetesControlsDisruptionBudget, DoesNotApplyToASinglePod) {
  EXPECT_EQ(evaluated(1, {}).status, Outcome::not_applicable);
  EXPECT_EQ(evaluated(0, {}).status, Outcome::not_applicable);
}

TEST(KubernetesControlsDisruptionBudget, AppliesWhenAnAutoscalerTargetsIt) {
  WorkloadControls workload = workload_of(Component::sts, 1);
  workload.autoscaler = autoscaler_with(2);
  expect_fail(result_for(id, {workload}), "no PodDisruptionBudget selects its pods",
              at(Source::kubernetes, 5));
  workload.budgets = {keeping({50, true}, 2)};
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::pass);
  workload.autoscaler = autoscaler_with(1);
  workload.budgets = {keeping({1}, 1)};
  EXPECT_EQ(result_for(id, {workload}).findings.front().message, none);
}

TEST(KubernetesControlsDisruptionBudget, IsUnknownWhenThePodsCannotBeCounted) {
  WorkloadControls workload = workload_of(Component::sts, 2);
  workload.replicas = {.fault = not_a_number};
  expect_unknown(
      result_for(id, {workload}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
}

TEST(KubernetesControlsDisruptionBudget, IsUnknownWhenTheBudgetCannotBeRead) {
  DisruptionBudget broken = keeping({1}, 2);
  broken.min_available = {.fault = not_a_number};
  expect_unknown(
      evaluated(2, {broken}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
  broken = releasing({1}, 2);
  broken.max_unavailable = {.fault = not_a_number};
  expect_unknown(
      evaluated(2, {broken}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
}

TEST(KubernetesControlsDisruptionBudget, IsUnknownWhenTheBudgetStatesBothOrNeither) {
  DisruptionBudget both = keeping({1}, 2);
  both.max_unavailable.value = PodAmount{1};
  EXPECT_EQ(evaluated(2, {both}).findings.front().message,
            "the budget states minAvailable and maxUnavailable at once");
  EXPECT_EQ(evaluated(2, {budget_for(2)}).findings.front().message,
            "the budget states neither minAvailable nor maxUnavailable");
  expect_unknown(evaluated(2, {budget_for(2)}),
                 {.reason = UnknownReason::unparsable,
                  .message = "the budget states neither minAvailable nor maxUnavailable"},
                 at(Source::kubernetes, 70));
}

TEST(KubernetesControlsDisruptionBudget, EvaluatesOnlyCaracal) {
  for (const Component component : {Component::other, Component::edge}) {
    EXPECT_EQ(result_for(id, {workload_of(component, 2)}).status, Outcome::not_applicable);
  }
  expect_fail(result_for(id, {workload_of(Component::redis, 2)}),
              "no PodDisruptionBudget selects its pods", at(Source::kubernetes, 5));
}

}  // namespace
}  // namespace compliance::test::disruption_budget_test
