// kubernetes-controls-spread
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/checks/kubernetes_controls/workloads.h"

namespace compliance::test::spread_test {
namespace {

constexpr auto id = "kubernetes-controls-spread";

TEST(KubernetesControlsSpread, IsOffByDefault) { EXPECT_FALSE(find_check(id)->on_by_default); }

TEST(KubernetesControlsSpread, PassesWhenSpread) {
  WorkloadControls workload = workload_of(Component::api, 2);
  workload.spread = true;
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::pass);
}

TEST(KubernetesControlsSpread, FailsOtherwise) {
  const CheckResult result = result_for(id, {workload_of(Component::api, 2)});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "nothing spreads its replicas over nodes");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 5, 1));
  EXPECT_EQ(result.findings.front().object, "Deployment caracal-x");
}

TEST(KubernetesControlsSpread, DoesNotApplyToASinglePod) {
  EXPECT_EQ(result_for(id, {workload_of(Component::api, 1)}).status, Outcome::not_applicable);
}

TEST(KubernetesControlsSpread, AppliesWhenAnAutoscalerTargetsIt) {
  WorkloadControls workload = workload_of(Component::api, 1);
  workload.autoscaler = autoscaler_with(1);
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::fail);
}

TEST(KubernetesControlsSpread, IsUnknownWhenThePodsCannotBeCounted) {
  WorkloadControls workload = workload_of(Component::api, 2);
  workload.replicas = {.fault = not_a_number};
  EXPECT_EQ(result_for(id, {workload}).status, Outcome::unknown);
}

TEST(KubernetesControlsSpread, LooksAtCaracalAlone) {
  EXPECT_EQ(result_for(id, {workload_of(Component::other, 2)}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::spread_test
