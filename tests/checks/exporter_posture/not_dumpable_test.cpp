// exporter-posture-not-dumpable
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::not_dumpable_test {
namespace {

constexpr auto id = "exporter-posture-not-dumpable";

TEST(ExporterPostureNotDumpable, FailsWhenTheHardLimitCouldBeUsed) {
  ProcessPosture process = hardened_process();
  process.core_limit.value = CoreLimit{.soft = 0, .hard = 1};
  const Finding finding =
      expect_fail(result_of(id, process), "the exporter may write core files", at_process());
  EXPECT_EQ(finding.observed, "hard limit above 0");
}

TEST(ExporterPostureNotDumpable, FailsWhenDumpableThoughTheLimitIsNothing) {
  for (const int dumpable : {1, 2}) {
    ProcessPosture process = hardened_process();
    process.dumpable.value = dumpable;
    SCOPED_TRACE(dumpable);
    expect_fail(result_of(id, process), "the exporter is dumpable", at_process());
  }
}

TEST(ExporterPostureNotDumpable, ReportsBothFaults) {
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
  expect_unknown(
      result_of(id, process),
      {.reason = UnknownReason::not_observable, .message = "the core file limit is unknown"},
      Origin{});
  process = hardened_process();
  process.dumpable = {};
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable,
                  .message = "whether the process is dumpable is unknown"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::not_dumpable_test
