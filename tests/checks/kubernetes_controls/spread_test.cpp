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
  const Finding finding =
      expect_fail(result_for(id, {workload_of(Component::api, 2)}),
                  "nothing spreads its replicas over nodes", at(Source::kubernetes, 5, 1));
  EXPECT_EQ(finding.object, "Deployment caracal-x");
}

TEST(KubernetesControlsSpread, DoesNotApplyToASinglePod) {
  EXPECT_EQ(result_for(id, {workload_of(Component::api, 1)}).status, Outcome::not_applicable);
}

TEST(KubernetesControlsSpread, AppliesWhenAnAutoscalerTargetsIt) {
  WorkloadControls workload = workload_of(Component::api, 1);
  workload.autoscaler = autoscaler_with(1);
  expect_fail(result_for(id, {workload}), "nothing spreads its replicas over nodes",
              at(Source::kubernetes, 5));
}

TEST(KubernetesControlsSpread, IsUnknownWhenThePodsCannotBeCounted) {
  WorkloadControls workload = workload_of(Component::api, 2);
  workload.replicas = {.fault = not_a_number};
  expect_unknown(
      result_for(id, {workload}),
      {.reason = UnknownReason::unparsable, .message = "'replicas' is not a whole number"},
      Origin{});
}

TEST(KubernetesControlsSpread, EvaluatesOnlyCaracal) {
  EXPECT_EQ(result_for(id, {workload_of(Component::other, 2)}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::spread_test
