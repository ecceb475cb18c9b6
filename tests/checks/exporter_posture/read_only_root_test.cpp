// exporter-posture-read-only-root
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::read_only_root_test {
namespace {

constexpr auto id = "exporter-posture-read-only-root";

TEST(ExporterPostureReadOnlyRoot, FailsWhenItCanBeWritten) {
  ProcessPosture process = hardened_process();
  process.read_only_root.value = false;
  const CheckResult result = result_of(id, process);
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
}

TEST(ExporterPostureReadOnlyRoot, PassesWhenItCannot) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureReadOnlyRoot, IsUnknownWhenTheMountIsNotShown) {
  ProcessPosture process = hardened_process();
  process.read_only_root = {};
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable,
                  .message = "how the root file system is mounted is unknown"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::read_only_root_test
