// exporter-posture-not-dumpable
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::not_dumpable_test {
namespace {

constexpr auto id = "exporter-posture-not-dumpable";

TEST(ExporterPostureNotDumpable, FailsWhenTheHardLimitCouldBeUsed) {
  ProcessPosture process = hardened_process();
  process.core_limit.value = CoreLimit{.soft = 0, .hard = 1};
  const CheckResult result = result_of(id, process);
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "hard limit above 0");
}

TEST(ExporterPostureNotDumpable, FailsWhenDumpableThoughTheLimitIsNothing) {
  for (const int dumpable : {1, 2}) {
    ProcessPosture process = hardened_process();
    process.dumpable.value = dumpable;
    EXPECT_EQ(status_of(id, process), Outcome::fail) << dumpable;
  }
}

TEST(ExporterPostureNotDumpable, SaysBothFaults) {
  ProcessPosture process = hardened_process();
  process.dumpable.value = 1;
  process.core_limit.value = CoreLimit{.soft = 4096, .hard = 4096};
  EXPECT_EQ(result_of(id, process).findings.size(), 2U);
}

TEST(ExporterPostureNotDumpable, PassesWithNeither) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureNotDumpable, IsUnknownWhenEitherIsNotShown) {
  ProcessPosture process = hardened_process();
  process.core_limit = {};
  EXPECT_EQ(status_of(id, process), Outcome::unknown);
  process = hardened_process();
  process.dumpable = {};
  EXPECT_EQ(status_of(id, process), Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::not_dumpable_test
