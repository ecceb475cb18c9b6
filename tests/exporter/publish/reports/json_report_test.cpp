// The JSON report.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "exporter/base/version.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/snapshots.h"

namespace compliance::test::json_report_test {
namespace {

using Json = nlohmann::ordered_json;

Json report_of(const Snapshot& snapshot, const ReportOptions& options = {}) {
  return Json::parse(render_json_report(snapshot, options));
}

Json check_of(const CheckResult& result, const ReportOptions& options = {}) {
  return report_of(snapshot_of({result}), options).at("installations").at(0).at("checks").at(0);
}

Json finding_of(Finding finding) {
  return check_of(result_with(sample_mode, {std::move(finding)})).at("findings").at(0);
}

TEST(JsonReport, HasTheShapeOfTheContract) {
  Finding finding = failing(Component::api, "service api", "CARACAL_MODE is not a published mode");
  finding.expected = "stable, rc or unset";
  finding.observed = "another value";
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {finding})});
  snapshot.installations.front().result.score = 0.25;
  snapshot.installations.front().result.coverage = 1.0;
  snapshot.installations.front().past["published-mode-sample"].last_evaluated =
      instant_at(1'782'345'677'000);
  EXPECT_EQ(render_json_report(snapshot, {}), R"({
  "exporter": {
    "version": ")" + std::string{version()} + R"("
  },
  "generated_at": "2026-06-25T00:01:18.009Z",
  "installations": [
    {
      "name": "production",
      "score": 0.25,
      "coverage": 1.0,
      "checks": [
        {
          "id": "published-mode-sample",
          "title": "Services run in a published mode",
          "area": "published-mode",
          "severity": "critical",
          "status": "fail",
          "unknown_reason": null,
          "waived": false,
          "since": null,
          "last_evaluated": "2026-06-25T00:01:17.000Z",
          "remediation": "Set CARACAL_MODE to stable on every service, or remove it.",
          "reference": "https://example.com/mode",
          "findings": [
            {
              "component": "api",
              "status": "fail",
              "message": "CARACAL_MODE is not a published mode",
              "expected": "stable, rc or unset",
              "observed": "another value",
              "waiver": null,
              "origin": {
                "source": "compose",
                "file": "compose.yaml",
                "line": 12,
                "column": 7,
                "object": "service api",
                "endpoint": null
              }
            }
          ]
        }
      ]
    }
  ]
}
)");
}

TEST(JsonReport, SaysNullForWhatIsNotKnown) {
  const Json report = report_of(snapshot_of({result_with(sample_mode, {})}));
  const Json& installation = report.at("installations").at(0);
  EXPECT_TRUE(installation.at("score").is_null());
  EXPECT_TRUE(installation.at("coverage").is_null());
  EXPECT_TRUE(installation.at("checks").at(0).at("last_evaluated").is_null());
}

TEST(JsonReport, WithoutInstallationsHasAnEmptyList) {
  EXPECT_EQ(report_of(Snapshot{}).at("installations"), Json::array());
}

TEST(JsonReport, ListsFailingAndUnknownFindings) {
  const CheckResult result =
      result_with(sample_mode, {failing(Component::api, "a", "m"),
                                undecided(Component::sts, "b", UnknownReason::unparsable, "n"),
                                passing(Component::web, "c"),
                                Finding{.object = "d", .outcome = Outcome::not_applicable}});
  const Json brief = check_of(result).at("findings");
  ASSERT_EQ(brief.size(), 2U);
  EXPECT_EQ(brief.at(0).at("status"), "fail");
  EXPECT_EQ(brief.at(1).at("status"), "unknown");
  const Json whole = check_of(result, {.verbose = true}).at("findings");
  ASSERT_EQ(whole.size(), 3U);
  EXPECT_EQ(whole.at(2).at("status"), "pass");
  EXPECT_EQ(whole.at(2).at("origin").at("object"), "c");
}

TEST(JsonReport, GivesTheReasonOfAnUnknownCheck) {
  const Json check = check_of(
      result_with(sample_mode, {undecided(Component::sts, "b", UnknownReason::unparsable, "n")}));
  EXPECT_EQ(check.at("status"), "unknown");
  EXPECT_EQ(check.at("unknown_reason"), "unparsable");
}

TEST(JsonReport, GivesNoReasonWhenTheCheckFailsAnyway) {
  const Json check = check_of(
      result_with(sample_mode, {failing(Component::api, "a", "m"),
                                undecided(Component::sts, "b", UnknownReason::unparsable, "n")}));
  EXPECT_TRUE(check.at("unknown_reason").is_null());
}

struct ReasonCase {
  UnknownReason first;
  UnknownReason second;
  std::string expected;
};

class JsonReportReason : public testing::TestWithParam<ReasonCase> {};

TEST_P(JsonReportReason, IsTheOneThatAsksForAttention) {
  const Json check =
      check_of(result_with(sample_mode, {undecided(Component::api, "a", GetParam().first, "m"),
                                         undecided(Component::sts, "b", GetParam().second, "n")}));
  EXPECT_EQ(check.at("unknown_reason"), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, JsonReportReason,
    testing::Values(
        ReasonCase{UnknownReason::not_configured, UnknownReason::timeout, "timeout"},
        ReasonCase{UnknownReason::not_observable, UnknownReason::stale, "stale"},
        ReasonCase{UnknownReason::pending, UnknownReason::internal_error, "internal_error"},
        ReasonCase{UnknownReason::pending, UnknownReason::not_configured, "not_configured"}));

TEST(JsonReport, NamesTheEndpointInsteadOfAFile) {
  for (const Source source : {Source::endpoint, Source::dns, Source::exposure, Source::datastore}) {
    Finding finding = failing(Component::web, "", "m");
    finding.origin = {.source = source, .place = Location{"example.com:443"}};
    EXPECT_EQ(finding_of(finding).at("origin"), Json({{"source", name_of(source)},
                                                      {"file", nullptr},
                                                      {"line", nullptr},
                                                      {"column", nullptr},
                                                      {"object", nullptr},
                                                      {"endpoint", "example.com:443"}}));
  }
}

TEST(JsonReport, NamesTheFileOfEvidenceThatHasOne) {
  for (const Source source : {Source::compose, Source::kubernetes, Source::secrets,
                              Source::runtime_cli, Source::process}) {
    Finding finding = failing(Component::web, "", "m");
    finding.origin = {.source = source, .place = Location{"f"}};
    const Json origin = finding_of(finding).at("origin");
    EXPECT_EQ(origin.at("file"), "f");
    EXPECT_TRUE(origin.at("endpoint").is_null());
  }
}

TEST(JsonReport, HasNoOriginWhereNothingIsKnown) {
  EXPECT_TRUE(finding_of(not_configured()).at("origin").is_null());
}

TEST(JsonReport, KeepsTheObjectWhereThereIsNoPlace) {
  Finding finding = failing(Component::web, "service web", "m");
  finding.origin = {};
  const Json origin = finding_of(finding).at("origin");
  EXPECT_EQ(origin.at("object"), "service web");
  EXPECT_TRUE(origin.at("source").is_null());
  EXPECT_TRUE(origin.at("file").is_null());
}

TEST(JsonReport, ReplacesInvalidUtf8AndEscapesTheRest) {
  const std::string hostile = "a\"b\\c\nd\x1B\xFFz\xE2\x82";
  const std::string expected = "a\"b\\c\nd\x1B\xEF\xBF\xBDz\xEF\xBF\xBD";
  Finding finding = failing(Component::api, hostile, hostile);
  finding.origin.place = Location{hostile};
  const Json json = finding_of(finding);
  EXPECT_EQ(json.at("message"), expected);
  EXPECT_EQ(json.at("origin").at("object"), expected);
  EXPECT_EQ(json.at("origin").at("file"), expected);
}

TEST(JsonReport, ShowsTheSeverityOfTheResult) {
  CheckResult result = result_with(sample_mode, {failing(Component::api, "a", "m")});
  result.severity = Severity::low;
  EXPECT_EQ(check_of(result).at("severity"), "low");
}

}  // namespace
}  // namespace compliance::test::json_report_test
