// exporter-posture-seccomp-filter
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::seccomp_filter_test {
namespace {

constexpr auto id = "exporter-posture-seccomp-filter";

TEST(ExporterPostureSeccompFilter, FailsWhenOnlyTheContainersFilterIsActive) {
  ProcessPosture process = hardened_process();
  process.own_filter.value = false;
  const Finding finding = expect_fail(
      result_of(id, process), "the exporter's own system call filter is not active", at_process());
  EXPECT_EQ(finding.observed, "only the filter of the container runtime or systemd");
}

TEST(ExporterPostureSeccompFilter, FailsWithoutAFilterEvenIfOneWasInstalled) {
  ProcessPosture process = hardened_process();
  process.seccomp_mode.value = 0;
  expect_fail(result_of(id, process), "no system call filter is active", at_process());
}

TEST(ExporterPostureSeccompFilter, PassesUnderItsOwnFilter) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureSeccompFilter, IsUnknownWhenTheKernelDoesNotShowIt) {
  ProcessPosture process = hardened_process();
  process.seccomp_mode = {};
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable,
                  .message = "the seccomp mode of the process is unknown"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::seccomp_filter_test
