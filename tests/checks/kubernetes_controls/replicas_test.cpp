// kubernetes-controls-replicas
#include <gtest/gtest.h>

#include "tests/checks/kubernetes_controls/workloads.h"

namespace compliance::test::replicas_test {
namespace {

constexpr auto id = "kubernetes-controls-replicas";

TEST(KubernetesControlsReplicas, PassesWithTwo) {
  EXPECT_EQ(result_for(id, {workload_of(Component::api, 2)}).status, Outcome::pass);
}

TEST(KubernetesControlsReplicas, FailsWithFewer) {
  const CheckResult result = result_for(id, {workload_of(Component::api, 1)});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "may run with fewer than 2 pods");
  EXPECT_EQ(finding.expected, "2 replicas, or an autoscaler's minimum of 2");
  EXPECT_EQ(finding.observed, "1");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 9, 13));
  EXPECT_EQ(finding.component, Component::api);
  expect_fail(result_for(id, {workload_of(Component::api, 0)}), "may run with fewer than 2 pods",
              at(Source::kubernetes, 9, 13));
}

TEST(KubernetesControlsReplicas, UsesTheAutoscalersMinimum) {
  WorkloadControls workload = workload_of(Component::api, 1);
  workload.autoscaler = autoscaler_with(2);
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::pass);
  workload.replicas.value = 3;
  workload.autoscaler = autoscaler_with(1);
  expect_fail(result_for(id, {workload}), "may run with fewer than 2 pods",
              at(Source::kubernetes, 60, 16));
}

TEST(KubernetesControlsReplicas, FailsWhenScaledToZeroSinceThatStopsTheAutoscaler) {
  WorkloadControls workload = workload_of(Component::api, 0);
  workload.autoscaler = autoscaler_with(2);
  expect_fail(result_for(id, {workload}), "may run with fewer than 2 pods",
              at(Source::kubernetes, 9, 13));
}

TEST(KubernetesControlsReplicas, IsUnknownWhenTheyCannotBeRead) {
  WorkloadControls workload = workload_of(Component::api, 2);
  workload.replicas = {.fault = not_a_number};
  expect_unknown(
      result_for(id, {workload}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
}

TEST(KubernetesControlsReplicas, DoesNotApplyToStaging) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.workloads = {workload_of(Component::api, 1)};
  installation.stage = DeploymentStage::staging;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(KubernetesControlsReplicas, EvaluatesOnlyServices) {
  for (const Component component : {Component::postgres, Component::redis, Component::other}) {
    EXPECT_EQ(result_for(id, {workload_of(component, 1)}).status, Outcome::not_applicable);
  }
}

}  // namespace
}  // namespace compliance::test::replicas_test
