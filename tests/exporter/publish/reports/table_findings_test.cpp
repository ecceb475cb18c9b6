// The findings of a check as the table shows them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/reports/report.h"
#include "tests/support/snapshots.h"

namespace compliance::test {
namespace {

using testing::HasSubstr;

std::string table_of(std::vector<CheckResult> results, const ReportOptions& options = {}) {
  return render_table(snapshot_of(std::move(results)), options);
}

TEST(TableFindings, FoldsFindingsThatSayTheSame) {
  std::vector<Finding> findings;
  for (const Component component : {Component::web, Component::api, Component::sts,
                                    Component::gateway, Component::audit, Component::redis}) {
    findings.push_back(
        failing(component, "service " + std::string{name_of(component)}, "sets no memory limit"));
    findings.back().origin.line = static_cast<std::uint32_t>(10 * findings.size());
  }
  findings.push_back(failing(Component::edge, "service edge", "sets a limit of 0"));
  EXPECT_EQ(table_of({result_with(sample_mode, findings)}), R"(Installation production

published-mode
  FAIL     critical  published-mode-sample
           Services run in a published mode
           - 6 times: sets no memory limit
             web (compose.yaml:10:7), api (compose.yaml:20:7), sts
             (compose.yaml:30:7), gateway (compose.yaml:40:7), audit
             (compose.yaml:50:7), redis (compose.yaml:60:7)
           - compose.yaml:12:7 service edge: sets a limit of 0
           Fix: Set CARACAL_MODE to stable on every service, or remove it.

production: 1 FAIL (1 critical), 0 UNKNOWN, 0 ok, 0 n/a; score none, coverage
  none
)");
  const std::string verbose = table_of({result_with(sample_mode, findings)}, {.verbose = true});
  EXPECT_THAT(verbose, HasSubstr("- compose.yaml:60:7 service redis: sets no memory limit\n"));
  findings.erase(findings.begin());
  EXPECT_THAT(table_of({result_with(sample_mode, findings)}),
              HasSubstr("- compose.yaml:20:7 service api: sets no memory limit\n"));
}

TEST(TableFindings, NamesAPlaceOnceForAllThatItIsAbout) {
  const std::vector<Finding> findings{failing(Component::web, "service web", "is open"),
                                      failing(Component::api, "service api", "is open")};
  EXPECT_THAT(table_of({result_with(sample_mode, findings)}),
              HasSubstr("- compose.yaml:12:7 web, api: is open\n"));
  EXPECT_THAT(table_of({result_with(sample_mode, findings)}, {.verbose = true}),
              HasSubstr("- compose.yaml:12:7 service api: is open\n"));
  std::vector<Finding> apart = findings;
  apart.front().origin.column = 8;
  EXPECT_THAT(table_of({result_with(sample_mode, apart)}),
              HasSubstr("- compose.yaml:12:7 service api: is open\n"));
}

TEST(TableFindings, FoldsByObjectWhereComponentsRepeat) {
  std::vector<Finding> findings;
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    findings.push_back(failing(Component::other, name, "runs privileged"));
    findings.back().origin = {};
  }
  const std::string table = table_of({result_with(sample_mode, findings)});
  EXPECT_THAT(table, HasSubstr("- 6 times: runs privileged\n             a, b, c, d, e, f\n"));
}

TEST(TableFindings, DoesNotFoldFindingsThatDifferInOneThing) {
  const auto findings_with = [](auto change) {
    std::vector<Finding> findings;
    for (std::size_t index = 0; index < 6; ++index) {
      findings.push_back(failing(Component::api, "service api", "m"));
      findings.back().origin.line = static_cast<std::uint32_t>(index + 1);
    }
    change(findings.back());
    return findings;
  };
  const auto is_folded = [](std::vector<Finding> findings) {
    return table_of({result_with(sample_mode, std::move(findings))}).find(" times: ") !=
           std::string::npos;
  };
  EXPECT_TRUE(is_folded(findings_with([](Finding&) {})));
  EXPECT_FALSE(is_folded(findings_with([](Finding& finding) { finding.message = "n"; })));
  EXPECT_FALSE(is_folded(findings_with([](Finding& finding) { finding.expected = "n"; })));
  EXPECT_FALSE(is_folded(findings_with([](Finding& finding) { finding.observed = "n"; })));
  EXPECT_FALSE(
      is_folded(findings_with([](Finding& finding) { finding.reason = UnknownReason::timeout; })));
  EXPECT_FALSE(
      is_folded(findings_with([](Finding& finding) { finding.outcome = Outcome::unknown; })));
}

struct PlaceCase {
  std::string name;
  Origin origin;
  std::string expected;
};

class TablePlace : public testing::TestWithParam<PlaceCase> {};

TEST_P(TablePlace, StandsBeforeTheObject) {
  Finding finding = failing(Component::web, "service web", "m");
  finding.origin = GetParam().origin;
  EXPECT_THAT(table_of({result_with(sample_mode, {finding})}),
              HasSubstr("- " + GetParam().expected + ": m\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Places, TablePlace,
    testing::Values(
        PlaceCase{"Whole",
                  {.place = Location{"f.yaml"}, .line = 3, .column = 9},
                  "f.yaml:3:9 service web"},
        PlaceCase{
            "WithoutColumn", {.place = Location{"f.yaml"}, .line = 3}, "f.yaml:3 service web"},
        PlaceCase{"WithoutLine", {.place = Location{"f.yaml"}, .column = 9}, "f.yaml service web"},
        PlaceCase{"Endpoint",
                  {.source = Source::endpoint, .place = Location{"example.com:443"}},
                  "example.com:443 service web"},
        PlaceCase{"None", {.line = 3, .column = 9}, "service web"}),
    [](const auto& row) { return row.param.name; });

TEST(TableFindings, NamesTheComponentWhereThereIsNoObject) {
  EXPECT_THAT(table_of({result_with(sample_mode, {failing(Component::auth_migrate, "", "m")})}),
              HasSubstr("- compose.yaml:12:7 auth-migrate: m\n"));
}

TEST(TableFindings, SaysWhatWasExpectedOrObservedAlone) {
  Finding finding = failing(Component::api, "a", "m");
  finding.expected = "x";
  EXPECT_THAT(table_of({result_with(sample_mode, {finding})}), HasSubstr("a: m (expected: x)\n"));
  finding.expected.clear();
  finding.observed = "y";
  EXPECT_THAT(table_of({result_with(sample_mode, {finding})}), HasSubstr("a: m (observed: y)\n"));
}

}  // namespace
}  // namespace compliance::test
