// exporter-posture-no-capabilities
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::no_capabilities_test {
namespace {

constexpr auto id = "exporter-posture-no-capabilities";

ProcessPosture with(ProcessCapabilities sets) {
  ProcessPosture process = hardened_process();
  process.capabilities.value = sets;
  return process;
}

TEST(ExporterPostureNoCapabilities, FailsWhenOneSetHoldsOne) {
  for (const ProcessCapabilities sets :
       {ProcessCapabilities{.inheritable = 1}, ProcessCapabilities{.permitted = 1U << 10U},
        ProcessCapabilities{.effective = 4}, ProcessCapabilities{.ambient = 2}}) {
    const Finding finding =
        expect_fail(result_of(id, with(sets)), "the exporter holds capabilities", at_process());
    EXPECT_EQ(finding.observed, "1 capabilities");
  }
}

TEST(ExporterPostureNoCapabilities, CountsEachCapabilityOnce) {
  const CheckResult result =
      result_of(id, with({.inheritable = 1, .permitted = 3, .effective = 3, .ambient = 1}));
  EXPECT_EQ(result.findings.front().observed, "2 capabilities");
}

TEST(ExporterPostureNoCapabilities, PassesWithEmptySets) {
  EXPECT_EQ(status_of(id, with({})), Outcome::pass);
}

TEST(ExporterPostureNoCapabilities, IsUnknownWhenTheSetsAreNotShown) {
  ProcessPosture process = hardened_process();
  process.capabilities = {};
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable,
                  .message = "the capabilities of the process are unknown"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::no_capabilities_test
