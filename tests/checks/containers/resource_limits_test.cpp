// containers-resource-limits
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/facts.h"

namespace compliance::test::resource_limits_test {
namespace {

constexpr auto id = "containers-resource-limits";
const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

CheckResult result_with(ResourceLimits limits) {
  Container container = hardened_service(Component::api);
  container.limits = std::move(limits);
  return result_of(id, compose_installation({container}));
}

TEST(ContainersResourceLimits, IsOffByDefault) { EXPECT_FALSE(find_check(id)->on_by_default); }

TEST(ContainersResourceLimits, PassesWithMemoryAndCpu) {
  EXPECT_EQ(result_with({.memory = {.value = "512m"}, .cpu = {.value = "0.5"}}).status,
            Outcome::pass);
}

TEST(ContainersResourceLimits, PassesWithMemoryAndPids) {
  EXPECT_EQ(result_with({.memory = {.value = "1Gi"}, .pids = {.value = "256"}}).status,
            Outcome::pass);
}

TEST(ContainersResourceLimits, FailsWithoutMemory) {
  const CheckResult result = result_with({.cpu = {.value = "500m"}});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().message, "has no memory limit");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 5, 3));
}

TEST(ContainersResourceLimits, FailsWithMemoryAlone) {
  const CheckResult result = result_with({.memory = {.value = "512m"}});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().message, "has neither a CPU nor a process limit");
}

TEST(ContainersResourceLimits, TakesZeroAndMinusOneForNoLimit) {
  for (const char* none : {"0", "0.0", "0m", "-1", ""}) {
    const CheckResult result =
        result_with({.memory = {.value = none}, .cpu = {.value = none}, .pids = {.value = none}});
    EXPECT_EQ(result.status, Outcome::fail) << none;
    EXPECT_EQ(result.findings.size(), 2U) << none;
  }
}

TEST(ContainersResourceLimits, IsUnknownWhenAnUnsetVariableDecides) {
  const Fact<std::string> known{.value = "1"};
  const Fact<std::string> open{.fault = unset};
  EXPECT_EQ(result_with({.memory = open, .cpu = known}).status, Outcome::unknown);
  EXPECT_EQ(result_with({.memory = known, .cpu = open}).status, Outcome::unknown);
  EXPECT_EQ(result_with({.memory = known, .pids = open}).status, Outcome::unknown);
  EXPECT_EQ(result_with({.memory = known, .cpu = open, .pids = known}).status, Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::resource_limits_test
