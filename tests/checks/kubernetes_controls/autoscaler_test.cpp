// kubernetes-controls-autoscaler
#include <gtest/gtest.h>

#include "tests/checks/kubernetes_controls/workloads.h"

namespace compliance::test::autoscaler_test {
namespace {

constexpr auto id = "kubernetes-controls-autoscaler";

WorkloadControls scaled(Component component, std::int64_t minimum) {
  WorkloadControls workload = workload_of(component, 1);
  workload.autoscaler = autoscaler_with(minimum);
  return workload;
}

TEST(KubernetesControlsAutoscaler, PassesWithAMinimumOfTwo) {
  EXPECT_EQ(result_for(id, {scaled(Component::api, 2)}).status, Outcome::pass);
  EXPECT_EQ(result_for(id, {scaled(Component::api, 5)}).status, Outcome::pass);
}

TEST(KubernetesControlsAutoscaler, FailsWithASmallerOne) {
  const CheckResult result = result_for(id, {scaled(Component::api, 1)});
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "its HorizontalPodAutoscaler caracal-x keeps fewer than 2 pods");
  EXPECT_EQ(finding.expected, "a minimum of 2");
  EXPECT_EQ(finding.observed, "1");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 60, 16));
}

TEST(KubernetesControlsAutoscaler, FailsWithoutOne) {
  const Finding finding = expect_fail(result_for(id, {workload_of(Component::sts, 5)}),
                                      "no autoscaler targets it", at(Source::kubernetes, 5, 1));
  EXPECT_EQ(finding.component, Component::sts);
  EXPECT_EQ(finding.object, "Deployment caracal-x");
}

TEST(KubernetesControlsAutoscaler, IsUnknownWhenTheMinimumCannotBeRead) {
  WorkloadControls workload = scaled(Component::api, 2);
  workload.autoscaler->minimum = {.fault = not_a_number};
  expect_unknown(
      result_for(id, {workload}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
}

TEST(KubernetesControlsAutoscaler, EvaluatesOnlyServices) {
  for (const Component component :
       {Component::postgres, Component::redis, Component::other, Component::edge}) {
    EXPECT_EQ(result_for(id, {workload_of(component, 1)}).status, Outcome::not_applicable);
  }
  for (const Component component : {Component::web, Component::api, Component::sts,
                                    Component::gateway, Component::audit, Component::coordinator}) {
    expect_fail(result_for(id, {workload_of(component, 1)}), "no autoscaler targets it",
                at(Source::kubernetes, 5));
  }
}

}  // namespace
}  // namespace compliance::test::autoscaler_test
