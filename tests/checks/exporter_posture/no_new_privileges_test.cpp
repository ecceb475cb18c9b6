// exporter-posture-no-new-privileges
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::no_new_privileges_test {
namespace {

constexpr auto id = "exporter-posture-no-new-privileges";

TEST(ExporterPostureNoNewPrivileges, FailsWhenTheKernelSaysNo) {
  ProcessPosture process = hardened_process();
  process.no_new_privileges.value = false;
  EXPECT_EQ(status_of(id, process), Outcome::fail);
}

TEST(ExporterPostureNoNewPrivileges, PassesWhenTheKernelSaysYes) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureNoNewPrivileges, IsUnknownWhenTheKernelDoesNotSay) {
  ProcessPosture process = hardened_process();
  process.no_new_privileges = {};
  EXPECT_EQ(status_of(id, process), Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::no_new_privileges_test
