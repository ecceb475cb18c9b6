// OSCAL assessment results: every mandatory member, states, evidence, identifiers.
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "exporter/base/escape.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/hostile_texts.h"
#include "tests/support/snapshots.h"

namespace compliance::test::oscal_report_test {
namespace {

using Json = nlohmann::ordered_json;

Json oscal_of(const Snapshot& snapshot, const ReportOptions& options = {}) {
  return Json::parse(render_oscal_report(snapshot, options)).at("assessment-results");
}

Json result_of(std::vector<CheckResult> results, const ReportOptions& options = {}) {
  return oscal_of(snapshot_of(std::move(results)), options).at("results").at(0);
}

// The properties by name.
std::map<std::string, std::string> properties_of(const Json& object) {
  std::map<std::string, std::string> properties;
  for (const Json& property : object.at("props")) {
    properties[property.at("name")] = property.at("value");
  }
  return properties;
}

Json evidence_of(const Finding& finding) {
  return result_of({result_with(sample_mode, {finding})})
      .at("observations")
      .at(0)
      .at("relevant-evidence")
      .at(0);
}

TEST(OscalReport, HasTheMandatoryMembersOfTheDocument) {
  const Json document = oscal_of(snapshot_of({}));
  EXPECT_TRUE(document.at("uuid").is_string());
  EXPECT_EQ(document.at("metadata"),
            Json({{"title", "Hardening checklist of Caracal: assessment results"},
                  {"last-modified", "2026-06-25T00:01:18.009Z"},
                  {"version", "2026-06-25T00:01:18.009Z"},
                  {"oscal-version", "1.1.2"}}));
  const Json& plan = document.at("back-matter").at("resources").at(0);
  EXPECT_EQ(document.at("import-ap").at("href"), "#" + plan.at("uuid").get<std::string>());
  EXPECT_EQ(document.at("results").size(), 1U);
}

TEST(OscalReport, HasTheMandatoryMembersOfAResult) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {passing(Component::web, "w")})});
  snapshot.installations.front().result.score = 0.75;
  const Json result = oscal_of(snapshot).at("results").at(0);
  for (const auto* member : {"uuid", "title", "description", "start", "reviewed-controls"}) {
    EXPECT_EQ(result.count(member), 1U) << member;
  }
  EXPECT_EQ(result.at("start"), "2026-06-25T00:01:18.009Z");
  EXPECT_EQ(result.at("reviewed-controls"),
            Json({{"control-selections",
                   Json::array({{{"include-controls",
                                  Json::array({{{"control-id", "published-mode-sample"}}})}}})}}));
  EXPECT_EQ(properties_of(result), (std::map<std::string, std::string>{
                                       {"installation", "production"}, {"score", "0.75"}}));
}

TEST(OscalReport, HasTheMandatoryMembersOfAnObservation) {
  const Json observation =
      result_of({result_with(sample_mode, {failing(Component::api, "service api", "is open")})})
          .at("observations")
          .at(0);
  for (const auto* member : {"uuid", "description", "methods", "collected"}) {
    EXPECT_EQ(observation.count(member), 1U) << member;
  }
  EXPECT_EQ(observation.at("methods"), Json::array({"TEST-AUTOMATED"}));
  EXPECT_EQ(observation.at("types"), Json::array({"finding"}));
  EXPECT_EQ(observation.at("description"), "fail: 1 failing, 0 unknown");
  EXPECT_EQ(observation.at("collected"), "2026-06-25T00:01:18.009Z");
}

TEST(OscalReport, HasTheMandatoryMembersOfAFinding) {
  const Json result =
      result_of({result_with(sample_mode, {failing(Component::api, "service api", "is open")})});
  const Json& finding = result.at("findings").at(0);
  for (const auto* member : {"uuid", "title", "description", "target"}) {
    EXPECT_EQ(finding.count(member), 1U) << member;
  }
  EXPECT_EQ(finding.at("target"),
            Json({{"type", "objective-id"},
                  {"target-id", "published-mode-sample"},
                  {"status", {{"state", "not-satisfied"}, {"reason", "fail"}}}}));
  EXPECT_EQ(finding.at("related-observations").at(0).at("observation-uuid"),
            result.at("observations").at(0).at("uuid"));
  EXPECT_EQ(finding.at("remarks"), "Set CARACAL\\_MODE to stable on every service, or remove it.");
}

TEST(OscalReport, CallsNothingButAPassSatisfied) {
  const Json result = result_of(
      {result_with(sample_mode, {passing(Component::web, "w")}),
       result_with(sample_tokens, {undecided(Component::api, "a", UnknownReason::timeout, "m")}),
       result_with(sample_budget, {{.outcome = Outcome::not_applicable}})});
  const Json& findings = result.at("findings");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings.at(0).at("target").at("status"),
            Json({{"state", "satisfied"}, {"reason", "pass"}}));
  EXPECT_EQ(
      findings.at(1).at("target").at("status"),
      Json({{"state", "not-satisfied"}, {"reason", "other"}, {"remarks", "Unknown: timeout"}}));
  ASSERT_EQ(result.at("observations").size(), 3U);
  EXPECT_EQ(properties_of(result.at("observations").at(2)).at("status"), "not_applicable");
}

TEST(OscalReport, ShowsTheWaiverOfAFailureThatStaysNotSatisfied) {
  Finding waived = failing(Component::api, "a", "m");
  waived.waiver = "SEC-1";
  const Json finding = result_of({result_with(sample_mode, {waived})}).at("findings").at(0);
  EXPECT_EQ(finding.at("target").at("status").at("state"), "not-satisfied");
  EXPECT_EQ(properties_of(finding).at("waived"), "true");
  EXPECT_EQ(properties_of(finding).at("waiver"), "SEC-1");
}

TEST(OscalReport, PointsToTheLineOfAFile) {
  Finding finding = failing(Component::api, "service api", "is open");
  finding.origin.place = Location{"a b.yaml"};
  const Json evidence = evidence_of(finding);
  EXPECT_EQ(evidence.at("href"), "a%20b.yaml#L12");
  EXPECT_EQ(evidence.at("description"), "a b.yaml:12:7 service api: is open");
  EXPECT_EQ(properties_of(evidence), (std::map<std::string, std::string>{{"status", "fail"},
                                                                         {"severity", "critical"},
                                                                         {"component", "api"},
                                                                         {"object", "service api"},
                                                                         {"file", "a b.yaml"},
                                                                         {"line", "12"},
                                                                         {"column", "7"}}));
}

TEST(OscalReport, HasNoAddressForWhatIsNoFile) {
  Finding finding = failing(Component::web, "", "m");
  finding.origin = {.source = Source::endpoint, .place = Location{"https://a.test"}};
  EXPECT_EQ(evidence_of(finding).count("href"), 0U);
  EXPECT_EQ(properties_of(evidence_of(finding)).at("endpoint"), "https://a.test");
  finding.origin = {.source = Source::compose, .place = Location{"-"}, .line = 3};
  EXPECT_EQ(evidence_of(finding).count("href"), 0U);
  EXPECT_EQ(evidence_of(not_configured()).count("href"), 0U);
}

TEST(OscalReport, ShowsPassingEvidenceWhereItIsVerbose) {
  const std::vector<CheckResult> results = {
      result_with(sample_mode, {passing(Component::web, "w")})};
  EXPECT_EQ(result_of(results).at("observations").at(0).count("relevant-evidence"), 0U);
  EXPECT_EQ(
      result_of(results, {.verbose = true}).at("observations").at(0).at("relevant-evidence").size(),
      1U);
}

TEST(OscalReport, SaysWhenACheckWasLastDecided) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {not_configured()})});
  snapshot.installations.front().past["published-mode-sample"].last_evaluated =
      instant_at(1'782'345'677'000);
  EXPECT_EQ(oscal_of(snapshot).at("results").at(0).at("observations").at(0).at("collected"),
            "2026-06-25T00:01:17.000Z");
}

TEST(OscalReport, HasNoEmptyListAndOneResultAtLeast) {
  for (const Snapshot& snapshot : {snapshot_of({}), Snapshot{}}) {
    const Json result = oscal_of(snapshot).at("results").at(0);
    EXPECT_EQ(result.count("observations"), 0U);
    EXPECT_EQ(result.count("findings"), 0U);
    EXPECT_EQ(result.at("reviewed-controls").at("control-selections"),
              Json::array({{{"include-all", Json::object()}}}));
  }
}

void collect_uuids(const Json& json, std::multiset<std::string>& uuids) {
  for (const auto& [key, value] : json.items()) {
    if (json.is_object() && key == "uuid") {
      uuids.insert(value.get<std::string>());
    }
    collect_uuids(value.is_structured() ? value : Json{}, uuids);
  }
}

TEST(OscalReport, GivesEachThingAUuidThatStaysItsOwn) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {passing(Component::web, "w")}),
                                   result_with(sample_tokens, {passing(Component::web, "w")})});
  snapshot.installations.push_back(snapshot.installations.front());
  snapshot.installations.back().result.name = "staging";
  std::multiset<std::string> uuids;
  collect_uuids(oscal_of(snapshot), uuids);
  EXPECT_EQ(uuids.size(), 16U);
  EXPECT_EQ(std::set(uuids.begin(), uuids.end()).size(), uuids.size());
  const Json before = oscal_of(snapshot);
  snapshot.published_at += std::chrono::seconds{1};
  const Json after = oscal_of(snapshot);
  EXPECT_EQ(before.at("results").at(0).at("findings"), after.at("results").at(0).at("findings"));
  EXPECT_NE(before.at("uuid"), after.at("uuid"));
  EXPECT_NE(before.at("results").at(0).at("uuid"), after.at("results").at(0).at("uuid"));
}

// The UUIDs are those that Python's uuid.uuid5 gives in the namespace of this program.
TEST(OscalReport, DerivesUuidsOfVersion5FromNamesAndTimes) {
  const Json result = result_of({result_with(sample_mode, {passing(Component::web, "w")})});
  EXPECT_EQ(result.at("uuid"), "6c97f205-17e0-57fc-86a4-d2878d409065");
  EXPECT_EQ(result.at("findings").at(0).at("uuid"), "92d7425a-8850-59db-a50d-8582e37f45c9");
}

TEST(OscalReport, HasPropertiesWithNameNamespaceAndValueAlone) {
  const Json result = result_of({result_with(sample_mode, {passing(Component::web, "w")})});
  EXPECT_EQ(result.at("props"), Json::array({{{"name", "installation"},
                                              {"ns", "urn:caracal-compliance-exporter:oscal"},
                                              {"value", "production"}}}));
}

TEST(OscalReport, HasPropertyValuesThatTheirDatatypeAllows) {
  const auto object_value = [](const std::string& object) {
    return properties_of(evidence_of(failing(Component::api, object, "m")))["object"];
  };
  const std::regex string_datatype{R"(\S(.*\S)?)", std::regex::optimize};
  for (const std::string& text : hostile_texts()) {
    if (text.empty() || text.size() > 1000) {
      continue;  // std::regex recurses for each character
    }
    const std::string value = object_value(text);
    EXPECT_TRUE(std::regex_match(value, string_datatype)) << value;
  }
  EXPECT_EQ(object_value(" b "), "\" b \"");
  EXPECT_EQ(object_value("b c"), "b c");
}

TEST(OscalReport, LetsNoNameMakeMarkup) {
  for (const std::string& text : hostile_texts()) {
    Finding finding = failing(Component::api, text, text);
    finding.origin.place = Location{text};
    const auto description = evidence_of(finding).at("description").get<std::string>();
    EXPECT_EQ(printable(description), description);
    // What follows a backslash stands for itself.
    for (std::size_t at = 0; at < description.size(); at += description[at] == '\\' ? 2 : 1) {
      EXPECT_EQ(std::string_view{"<>[]`*@"}.find(description[at]), std::string_view::npos)
          << description;
    }
  }
}

}  // namespace
}  // namespace compliance::test::oscal_report_test
