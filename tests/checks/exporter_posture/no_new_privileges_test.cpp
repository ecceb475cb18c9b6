// exporter-posture-no-new-privileges
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::no_new_privileges_test {
namespace {

constexpr auto id = "exporter-posture-no-new-privileges";

TEST(ExporterPostureNoNewPrivileges, FailsWhenTheFlagIsNotSet) {
  ProcessPosture process = hardened_process();
  process.no_new_privileges.value = false;
  expect_fail(result_of(id, process), "the exporter can gain new privileges", at_process());
}

TEST(ExporterPostureNoNewPrivileges, PassesWhenTheFlagIsSet) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureNoNewPrivileges, IsUnknownWhenTheKernelDoesNotShowIt) {
  ProcessPosture process = hardened_process();
  process.no_new_privileges = {};
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable,
                  .message = "no_new_privs of the process is unknown"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::no_new_privileges_test
