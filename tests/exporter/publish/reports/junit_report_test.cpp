// JUnit XML: suites, cases, counts, escapes.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/base/escape.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/hostile_texts.h"
#include "tests/support/snapshots.h"

namespace compliance::test::junit_report_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string junit_of(std::vector<CheckResult> results, const ReportOptions& options = {}) {
  return render_junit_report(snapshot_of(std::move(results)), options);
}

// The one test case in it, with all that it holds.
std::string case_of(const CheckResult& result, const ReportOptions& options = {}) {
  const std::string report = junit_of({result}, options);
  const auto begin = report.find("<testcase");
  return report.substr(begin, report.find("  </testsuite>") - begin);
}

Finding waived(Finding finding) {
  finding.waiver = "SEC-1";
  return finding;
}

TEST(JunitReport, IsThisDocument) {
  Finding finding = failing(Component::api, "service api", "is open");
  finding.observed = "open";
  const std::vector<CheckResult> results = {
      result_with(sample_mode, {finding}),
      result_with(sample_tokens, {passing(Component::web, "w")}),
      result_with(sample_budget,
                  {undecided(Component::sts, "b", UnknownReason::unparsable, "cannot be read")})};
  EXPECT_EQ(junit_of(results), R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="caracal-compliance-exporter" tests="3" failures="1" errors="1" time="0">
  <testsuite name="production.published-mode" tests="1" failures="1" errors="0" skipped="0" time="0" timestamp="2026-06-25T00:01:18">
    <testcase name="published-mode-sample" classname="production.published-mode" time="0"><failure message="compose.yaml:12:7 service api: is open (observed: open)" type="critical">
- compose.yaml:12:7 service api: is open (observed: open)
Remediation: Set CARACAL_MODE to stable on every service, or remove it.
Reference: https://example.com/mode
</failure></testcase>
  </testsuite>
  <testsuite name="production.secrets" tests="1" failures="0" errors="0" skipped="0" time="0" timestamp="2026-06-25T00:01:18">
    <testcase name="secrets-sample" classname="production.secrets" time="0"/>
  </testsuite>
  <testsuite name="production.kubernetes-controls" tests="1" failures="0" errors="1" skipped="0" time="0" timestamp="2026-06-25T00:01:18">
    <testcase name="kubernetes-controls-sample" classname="production.kubernetes-controls" time="0"><error message="compose.yaml:12:7 b: cannot be read [unparsable]" type="unparsable">
- compose.yaml:12:7 b: cannot be read [unparsable]
Reference: https://example.com/budget
</error></testcase>
  </testsuite>
</testsuites>
)xml");
}

TEST(JunitReport, SkipsWhatNobodyMeantToBeJudged) {
  for (const auto reason :
       {UnknownReason::not_configured, UnknownReason::not_observable, UnknownReason::pending}) {
    const std::string skipped =
        case_of(result_with(sample_mode, {undecided(Component::api, "a", reason, "m")}));
    EXPECT_THAT(skipped, HasSubstr("<skipped>unknown: " + std::string{name_of(reason)} + "\n- "));
    EXPECT_THAT(skipped, Not(HasSubstr("<error")));
  }
}

TEST(JunitReport, SkipsWhatDoesNotApply) {
  EXPECT_THAT(case_of(result_with(sample_mode, {{.outcome = Outcome::not_applicable}})),
              HasSubstr("time=\"0\"><skipped>not applicable</skipped></testcase>"));
}

TEST(JunitReport, SkipsAWaivedFailureAndSaysWhoWaivedIt) {
  Snapshot snapshot = snapshot_of(
      {result_with(sample_mode, {waived(failing(Component::api, "service api", "is open"))})});
  snapshot.waivers.push_back(
      {.waiver = {.id = "SEC-1", .reason = "<vendor>", .approved_by = "us"}});
  const std::string report = render_junit_report(snapshot, {});
  EXPECT_THAT(report, HasSubstr("<skipped>waived: SEC-1: &lt;vendor&gt;; approved by us until "));
  EXPECT_THAT(report, HasSubstr("- compose.yaml:12:7 service api: is open [waived: SEC-1]\n"));
  EXPECT_THAT(report, HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
}

TEST(JunitReport, FailsWhereOneOfTheFailuresIsNotWaived) {
  const std::string text = case_of(result_with(
      sample_mode, {waived(failing(Component::api, "a", "m")), failing(Component::api, "b", "n")}));
  EXPECT_THAT(text, HasSubstr("<failure message=\"2 findings, the first: compose.yaml:12:7 a: m"));
  EXPECT_THAT(text, HasSubstr("\n- compose.yaml:12:7 b: n\n"));
}

TEST(JunitReport, MarksFindingsOfAnotherStatusThanTheCheck) {
  const CheckResult result =
      result_with(sample_mode, {failing(Component::api, "a", "m"),
                                undecided(Component::sts, "b", UnknownReason::timeout, "n"),
                                passing(Component::web, "c")});
  EXPECT_THAT(case_of(result), HasSubstr("\n- (unknown) compose.yaml:12:7 b: n [timeout]\n"));
  EXPECT_THAT(case_of(result), Not(HasSubstr("(pass)")));
  EXPECT_THAT(case_of(result, {.verbose = true}), HasSubstr("\n- (pass) compose.yaml:12:7 c\n"));
}

TEST(JunitReport, CountsEachCheckOnce) {
  const Finding fault = failing(Component::api, "a", "m");
  const std::string report = junit_of(
      {result_with(sample_mode, {fault, fault}), result_with(sample_mode, {waived(fault)}),
       result_with(sample_mode, {undecided(Component::sts, "b", UnknownReason::stale, "n")}),
       result_with(sample_mode, {not_configured()}),
       result_with(sample_mode, {passing(Component::web, "c")}),
       result_with(sample_mode, {{.outcome = Outcome::not_applicable}})});
  EXPECT_THAT(report, HasSubstr("<testsuites name=\"caracal-compliance-exporter\" tests=\"6\" "
                                "failures=\"1\" errors=\"1\" time=\"0\">"));
  EXPECT_THAT(report, HasSubstr("tests=\"6\" failures=\"1\" errors=\"1\" skipped=\"3\""));
}

TEST(JunitReport, HasSuitesOfEachInstallation) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {passing(Component::web, "c")})});
  snapshot.installations.push_back(snapshot.installations.front());
  snapshot.installations.back().result.name = "staging";
  const std::string report = render_junit_report(snapshot, {});
  EXPECT_THAT(report, HasSubstr("<testsuite name=\"production.published-mode\""));
  EXPECT_THAT(report, HasSubstr("<testsuite name=\"staging.published-mode\""));
  EXPECT_THAT(report, HasSubstr("tests=\"2\""));
}

TEST(JunitReport, IsWholeWithoutChecks) {
  const std::string empty =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
      "name=\"caracal-compliance-exporter\" "
      "tests=\"0\" failures=\"0\" errors=\"0\" time=\"0\">\n</testsuites>\n";
  EXPECT_EQ(junit_of({}), empty);
  EXPECT_EQ(render_junit_report({}, {}), empty);
}

// Everything between the markup that the writer makes itself.
TEST(JunitReport, LetsNoNameMakeMarkup) {
  const auto count = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '<') + std::count(text.begin(), text.end(), '>');
  };
  const auto tags =
      count(junit_of({result_with(sample_mode, {failing(Component::api, "a", "m")})}));
  for (const std::string& text : hostile_texts()) {
    Finding finding = failing(Component::api, text, text);
    finding.expected = finding.observed = text;
    finding.origin.place = Location{text};
    Snapshot snapshot = snapshot_of({result_with(sample_mode, {finding})});
    snapshot.installations.front().result.name = text;
    const std::string report = render_junit_report(snapshot, {});
    EXPECT_EQ(count(report), tags) << text;
    EXPECT_EQ(valid_utf8(report), report);
    EXPECT_EQ(report.find_first_of(std::string("\0\x01\x07\x1B\r\t", 6)), std::string::npos)
        << text;
    EXPECT_THAT(report, Not(HasSubstr("]]>")));
  }
}

}  // namespace
}  // namespace compliance::test::junit_report_test
