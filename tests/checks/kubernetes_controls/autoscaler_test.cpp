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
  const CheckResult result = result_for(id, {workload_of(Component::sts, 5)});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "no autoscaler targets it");
  EXPECT_EQ(result.findings.front().component, Component::sts);
  EXPECT_EQ(result.findings.front().object, "Deployment caracal-x");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 5, 1));
}

TEST(KubernetesControlsAutoscaler, IsUnknownWhenTheMinimumCannotBeRead) {
  WorkloadControls workload = scaled(Component::api, 2);
  workload.autoscaler->minimum = {.fault = not_a_number};
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::unknown);
}

TEST(KubernetesControlsAutoscaler, LooksAtServicesAlone) {
  for (const Component component :
       {Component::postgres, Component::redis, Component::other, Component::edge}) {
    EXPECT_EQ(result_for(id, {workload_of(component, 1)}).status, Outcome::not_applicable);
  }
  for (const Component component : {Component::web, Component::api, Component::sts,
                                    Component::gateway, Component::audit, Component::coordinator}) {
    EXPECT_EQ(result_for(id, {workload_of(component, 1)}).status, Outcome::fail);
  }
}

}  // namespace
}  // namespace compliance::test::autoscaler_test
