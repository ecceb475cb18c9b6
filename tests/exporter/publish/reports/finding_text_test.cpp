// What reports say of one finding.
#include "exporter/publish/reports/finding_text.h"

#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::test::finding_text_test {
namespace {

TEST(FindingText, NamePlaceSubjectAndStatement) {
  Finding finding = failing(Component::api, "service api", "is open");
  finding.expected = "closed";
  finding.observed = "open";
  EXPECT_EQ(line_of(finding),
            "compose.yaml:12:7 service api: is open (expected: closed; observed: open)");
  finding.waiver = "SEC-1";
  EXPECT_EQ(statement_of(finding), "is open (expected: closed; observed: open) [waived: SEC-1]");
}

TEST(FindingText, SayOneOfExpectedAndObserved) {
  Finding finding = failing(Component::api, "a", "m");
  finding.expected = "closed";
  EXPECT_EQ(statement_of(finding), "m (expected: closed)");
  finding.expected.clear();
  finding.observed = "open";
  EXPECT_EQ(statement_of(finding), "m (observed: open)");
}

TEST(FindingText, SayTheReasonOfUnknownOnesAlone) {
  EXPECT_EQ(statement_of(undecided(Component::api, "a", UnknownReason::timeout, "m")),
            "m [timeout]");
  Finding fails = failing(Component::api, "a", "m");
  fails.reason = UnknownReason::timeout;
  EXPECT_EQ(statement_of(fails), "m");
}

TEST(FindingText, NameTheComponentWhereThereIsNoObject) {
  EXPECT_EQ(line_of(not_configured()),
            "installation: no evidence for this check is configured [not_configured]");
  EXPECT_EQ(line_of(passing(Component::web, "service web")), "compose.yaml:12:7 service web");
}

TEST(FindingText, GiveAsMuchOfThePlaceAsIsKnown) {
  EXPECT_EQ(format_location({}), "");
  EXPECT_EQ(format_location({.place = Location{"f"}}), "f");
  EXPECT_EQ(format_location({.place = Location{"f"}, .line = 3}), "f:3");
  EXPECT_EQ(format_location({.place = Location{"f"}, .column = 3}), "f");
  EXPECT_EQ(format_location({.line = 3, .column = 4}), "");
}

TEST(FindingText, ListPassingOnesWhereTheReportIsVerbose) {
  EXPECT_TRUE(is_listed(failing(Component::api, "a", "m"), false));
  EXPECT_TRUE(is_listed(not_configured(), false));
  EXPECT_FALSE(is_listed(passing(Component::api, "a"), false));
  EXPECT_TRUE(is_listed(passing(Component::api, "a"), true));
  EXPECT_FALSE(is_listed({.outcome = Outcome::not_applicable}, true));
}

}  // namespace
}  // namespace compliance::test::finding_text_test
