// What reports say of a waiver.
#include "exporter/publish/reports/waiver_text.h"

#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::test::waiver_text_test {
namespace {

const std::vector<PublishedWaiver> waivers = {
    {.waiver = {.id = "SEC-1",
                .reason = "a\nb",
                .approved_by = "board",
                .expires = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}}}},
    {.waiver = {.id = "SEC-2", .reason = "vendor", .approved_by = "me"}}};

Finding under(const std::string& waiver) {
  Finding finding = failing(Component::api, "a", "m");
  finding.waiver = waiver;
  return finding;
}

TEST(WaiverText, SayWhyWhoAndUntilWhenInOneLine) {
  EXPECT_EQ(justification_of("SEC-1", waivers),
            "SEC-1: a\\x0ab; approved by board until 2027-01-15T08:00:00.000Z");
}

TEST(WaiverText, SayTheIdOfOneThatIsNotThere) {
  EXPECT_EQ(justification_of("SEC\t9", waivers), "SEC\\x099");
  EXPECT_EQ(justification_of("SEC-1", {}), "SEC-1");
}

TEST(WaiverText, NameEachWaiverOfAResultOnce) {
  EXPECT_EQ(justifications_of(result_with(sample_mode, {under("b"), under("a"), under("b")}), {}),
            "b, a");
  EXPECT_EQ(justifications_of(result_with(sample_mode, {under("")}), waivers), "");
  EXPECT_EQ(justifications_of({}, waivers), "");
}

}  // namespace
}  // namespace compliance::test::waiver_text_test
