// containers-resource-limits
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/facts.h"

namespace compliance::test::resource_limits_test {
namespace {

constexpr auto id = "containers-resource-limits";

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
  expect_fail(result_with({.cpu = {.value = "500m"}}), "has no memory limit",
              at(Source::compose, 5, 3));
}

TEST(ContainersResourceLimits, FailsWithMemoryAlone) {
  expect_fail(result_with({.memory = {.value = "512m"}}), "has neither a CPU nor a process limit",
              at(Source::compose, 5, 3));
}

TEST(ContainersResourceLimits, TreatsZeroAndMinusOneAsNoLimit) {
  for (const char* none : {"0", "0.0", "0m", "-1", ""}) {
    const CheckResult result =
        result_with({.memory = {.value = none}, .cpu = {.value = none}, .pids = {.value = none}});
    EXPECT_EQ(result.status, Outcome::fail) << none;
    EXPECT_EQ(result.findings.size(), 2U) << none;
  }
}

TEST(ContainersResourceLimits, IsUnknownWhenAnUnsetVariableDecides) {
  const Fact<std::string> known{.value = "1"};
  const Fact<std::string> open{.fault = unset_variable};
  expect_unknown(result_with({.memory = open, .cpu = known}), unset_variable, Origin{});
  expect_unknown(result_with({.memory = known, .cpu = open}), unset_variable, Origin{});
  expect_unknown(result_with({.memory = known, .pids = open}), unset_variable, Origin{});
  EXPECT_EQ(result_with({.memory = known, .cpu = open, .pids = known}).status, Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::resource_limits_test
