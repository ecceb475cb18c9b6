// exporter-posture-seccomp-filter
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::seccomp_filter_test {
namespace {

constexpr auto id = "exporter-posture-seccomp-filter";

TEST(ExporterPostureSeccompFilter, FailsWhenOnlyTheContainersFilterIsAtWork) {
  ProcessPosture process = hardened_process();
  process.own_filter.value = false;
  const CheckResult result = result_of(id, process);
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "only that of its surroundings");
}

TEST(ExporterPostureSeccompFilter, FailsWithoutAFilterWhateverWasTried) {
  ProcessPosture process = hardened_process();
  process.seccomp_mode.value = 0;
  EXPECT_EQ(status_of(id, process), Outcome::fail);
}

TEST(ExporterPostureSeccompFilter, PassesUnderItsOwnFilter) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureSeccompFilter, IsUnknownWhenTheKernelDoesNotSay) {
  ProcessPosture process = hardened_process();
  process.seccomp_mode = {};
  EXPECT_EQ(status_of(id, process), Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::seccomp_filter_test
