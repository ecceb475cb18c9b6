// exporter-posture-not-root
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::not_root_test {
namespace {

constexpr auto id = "exporter-posture-not-root";

ProcessPosture with(ProcessUsers users) {
  ProcessPosture process = hardened_process();
  process.users.value = users;
  return process;
}

TEST(ExporterPostureNotRoot, FailsWhenOnlyOneOfTheUsersIsRoot) {
  for (const ProcessUsers users : {ProcessUsers{0, 5, 5, 5}, ProcessUsers{5, 0, 5, 5},
                                   ProcessUsers{5, 5, 0, 5}, ProcessUsers{5, 5, 5, 0}}) {
    const CheckResult result = result_of(id, with(users));
    ASSERT_EQ(result.status, Outcome::fail);
    EXPECT_EQ(result.severity, Severity::high);
    EXPECT_EQ(result.findings.front().observed, "user 0");
    EXPECT_EQ(result.findings.front().origin.source, Source::process);
  }
}

TEST(ExporterPostureNotRoot, PassesForAnyOtherUser) {
  EXPECT_EQ(status_of(id, with({1, 1, 1, 1})), Outcome::pass);
  EXPECT_EQ(status_of(id, with({65534, 65534, 65534, 65534})), Outcome::pass);
}

TEST(ExporterPostureNotRoot, IsUnknownWhenTheUsersAreNotShown) {
  ProcessPosture process = hardened_process();
  process.users = {};
  expect_unknown(
      result_of(id, process),
      {.reason = UnknownReason::not_observable, .message = "the users of the process are unknown"},
      Origin{});
  process.users = unreadable_fact<ProcessUsers>();
  EXPECT_EQ(result_of(id, process).unknown_reasons(),
            std::vector{UnknownReason::permission_denied});
}

}  // namespace
}  // namespace compliance::test::not_root_test
