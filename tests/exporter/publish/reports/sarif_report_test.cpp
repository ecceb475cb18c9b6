// SARIF: runs, results, locations, suppressions.
#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "checks/catalogue.h"
#include "exporter/base/escape.h"
#include "exporter/base/version.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/hostile_texts.h"
#include "tests/support/snapshots.h"

namespace compliance::test::sarif_report_test {
namespace {

using Json = nlohmann::ordered_json;

Json sarif_of(const Snapshot& snapshot, const ReportOptions& options = {}) {
  return Json::parse(render_sarif_report(snapshot, options));
}

Json results_of(std::vector<CheckResult> results, const ReportOptions& options = {}) {
  return sarif_of(snapshot_of(std::move(results)), options).at("runs").at(0).at("results");
}

Json rules_of(std::vector<CheckResult> results) {
  return sarif_of(snapshot_of(std::move(results)))
      .at("runs")
      .at(0)
      .at("tool")
      .at("driver")
      .at("rules");
}

Json result_of(const Finding& finding) {
  return results_of({result_with(sample_mode, {finding})}, {.verbose = true}).at(0);
}

std::string text_of(const Finding& finding) {
  return result_of(finding).at("message").at("text").get<std::string>();
}

Json physical_of(const Origin& origin) {
  Finding finding = failing(Component::web, "", "m");
  finding.origin = origin;
  return result_of(finding).at("locations").at(0).at("physicalLocation");
}

TEST(SarifReport, SaysWhatItIs) {
  const Json report = sarif_of(snapshot_of({}));
  EXPECT_EQ(report.at("version"), "2.1.0");
  EXPECT_EQ(report.at("$schema"),
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
            "sarif-schema-2.1.0.json");
  const Json& run = report.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("name"), "caracal-compliance-exporter");
  EXPECT_EQ(run.at("tool").at("driver").at("version"), version());
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  EXPECT_EQ(run.at("results"), Json::array());
  EXPECT_EQ(run.at("invocations").at(0).at("executionSuccessful"), true);
  EXPECT_EQ(run.at("invocations").at(0).at("endTimeUtc"), "2026-06-25T00:01:18.009Z");
}

TEST(SarifReport, HasARunWithAnAutomationIdForEachInstallation) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {})});
  snapshot.installations.push_back(snapshot.installations.front());
  snapshot.installations.back().result.name = "staging";
  snapshot.installations.back().result.score = 0.5;
  const Json runs = sarif_of(snapshot).at("runs");
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs.at(0).at("automationDetails").at("id"), "caracal-compliance/production/");
  EXPECT_EQ(runs.at(0).at("properties"), Json({{"installation", "production"}}));
  EXPECT_EQ(runs.at(1).at("automationDetails").at("id"), "caracal-compliance/staging/");
  EXPECT_EQ(runs.at(1).at("properties"), Json({{"installation", "staging"}, {"score", 0.5}}));
  EXPECT_EQ(sarif_of(Snapshot{}).at("runs"), Json::array());
}

TEST(SarifReport, DescribesAResultInFull) {
  Finding finding = failing(Component::api, "service api", "is open");
  finding.expected = "closed";
  finding.observed = "open";
  const Json result = results_of({result_with(sample_tokens, {passing(Component::web, "w")}),
                                  result_with(sample_mode, {finding})})
                          .at(0);
  EXPECT_EQ(result.at("ruleId"), "published-mode-sample");
  EXPECT_EQ(result.at("ruleIndex"), 1);
  EXPECT_EQ(result.at("kind"), "fail");
  EXPECT_EQ(result.at("level"), "error");
  EXPECT_EQ(result.at("message").at("text"),
            "service api: is open (expected: closed; observed: open). Set CARACAL_MODE to stable "
            "on every service, or remove it.");
  EXPECT_EQ(result.at("locations"),
            Json::array({{{"physicalLocation",
                           {{"artifactLocation", {{"uri", "compose.yaml"}}},
                            {"region", {{"startLine", 12}, {"startColumn", 7}}}}},
                          {"logicalLocations",
                           Json::array({{{"name", "service api"}, {"kind", "resource"}}})}}}));
  EXPECT_EQ(result.at("suppressions"), Json::array());
  EXPECT_EQ(result.at("properties"), Json({{"component", "api"}, {"severity", "critical"}}));
}

TEST(SarifReport, NeverShowsAnUnknownAsGoodOrWithALevel) {
  const Json result = result_of(undecided(Component::api, "a", UnknownReason::timeout, "m"));
  EXPECT_EQ(result.at("kind"), "open");
  EXPECT_EQ(result.at("level"), "none");
  EXPECT_EQ(result.at("message").at("text"), "a: m [timeout]");
  EXPECT_EQ(result.at("properties").at("unknownReason"), "timeout");
}

TEST(SarifReport, ShowsPassingFindingsWhereItIsVerbose) {
  const std::vector<CheckResult> results = {result_with(
      sample_mode, {passing(Component::web, "w"), Finding{.outcome = Outcome::not_applicable}})};
  EXPECT_TRUE(results_of(results).empty());
  const Json shown = results_of(results, {.verbose = true});
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown.at(0).at("kind"), "pass");
  EXPECT_EQ(shown.at(0).at("level"), "none");
  EXPECT_EQ(shown.at(0).at("message").at("text"), "w");
}

TEST(SarifReport, HasTheLevelOfTheFindingsSeverity) {
  for (const auto& [severity, level] :
       {std::pair{Severity::critical, "error"}, std::pair{Severity::high, "error"},
        std::pair{Severity::medium, "warning"}, std::pair{Severity::low, "note"}}) {
    CheckResult result = result_with(sample_mode, {failing(Component::api, "a", "m")});
    result.findings.front().severity = severity;
    EXPECT_EQ(results_of({result}).at(0).at("level"), level);
  }
}

TEST(SarifReport, SuppressesWaivedFindingsWithTheWaiver) {
  Finding waived = failing(Component::api, "a", "m");
  waived.waiver = "SEC-1";
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {waived})});
  snapshot.waivers.push_back(
      {.waiver = {.id = "SEC-1", .reason = "vendor", .approved_by = "the board"}});
  const Json result = sarif_of(snapshot).at("runs").at(0).at("results").at(0);
  EXPECT_EQ(result.at("kind"), "fail");
  EXPECT_EQ(
      result.at("suppressions"),
      Json::array({{{"kind", "external"},
                    {"status", "accepted"},
                    {"justification",
                     "SEC-1: vendor; approved by the board until 1970-01-01T00:00:00.000Z"}}}));
}

TEST(SarifReport, LeavesOutWhatIsNotKnownOfAPosition) {
  EXPECT_EQ(physical_of({.place = Location{"a"}}), Json({{"artifactLocation", {{"uri", "a"}}}}));
  EXPECT_EQ(physical_of({.place = Location{"a"}, .line = 3}).at("region"),
            Json({{"startLine", 3}}));
  EXPECT_EQ(physical_of({.place = Location{"a"}, .column = 3}).count("region"), 0U);
}

struct UriCase {
  Source source;
  std::string place;
  std::string uri;
};

class SarifArtifact : public testing::TestWithParam<UriCase> {};

TEST_P(SarifArtifact, IsAUriThatCodeScannersTake) {
  EXPECT_EQ(physical_of({.source = GetParam().source, .place = Location{GetParam().place}})
                .at("artifactLocation")
                .at("uri"),
            GetParam().uri);
}

INSTANTIATE_TEST_SUITE_P(
    Places, SarifArtifact,
    testing::Values(
        UriCase{Source::compose, "deploy/a b.yaml", "deploy/a%20b.yaml"},
        UriCase{Source::compose, "./compose.yaml", "compose.yaml"},
        UriCase{Source::kubernetes, "/srv/ü.yaml", "file:///srv/%C3%BC.yaml"},
        UriCase{Source::compose, "-", "-"}, UriCase{Source::secrets, "a:b/c", "a%3Ab/c"},
        UriCase{Source::endpoint, "https://a.test:8443/x?y", "endpoint/https/a.test%3A8443/x%3Fy"},
        UriCase{Source::endpoint, "GET https://a.test/", "endpoint/GET%20https/a.test/"},
        UriCase{Source::dns, "dns:a.test", "dns/dns%3Aa.test"},
        UriCase{Source::exposure, "tcp://[::1]:80", "exposure/tcp/%5B%3A%3A1%5D%3A80"},
        UriCase{Source::datastore, "/", "datastore//"},
        UriCase{Source::compose, "", "installation/production"}));

TEST(SarifReport, NamesTheEndpointBesideTheObject) {
  Finding finding = failing(Component::web, "", "m");
  finding.origin = {.source = Source::endpoint, .place = Location{"https://a.test"}};
  EXPECT_EQ(result_of(finding).at("locations").at(0).at("logicalLocations"),
            Json::array({{{"name", "web"}, {"kind", "resource"}},
                         {{"name", "https://a.test"}, {"kind", "endpoint"}}}));
}

std::string fingerprint_of(const Json& result) {
  return result.at("partialFingerprints").at("caracalComplianceFinding/v1").get<std::string>();
}

TEST(SarifReport, KeepsTheFingerprintOfAFindingThatMoves) {
  Finding finding = failing(Component::api, "a", "on line 3");
  const std::string fingerprint = fingerprint_of(result_of(finding));
  finding.origin.line = 99;
  finding.message = "on line 99";
  EXPECT_EQ(fingerprint_of(result_of(finding)), fingerprint);
  EXPECT_TRUE(std::regex_match(fingerprint, std::regex{"[0-9a-f]{64}"}));
}

TEST(SarifReport, GivesEachResultAFingerprintOfItsOwn) {
  const Finding finding = failing(Component::api, "a", "m");
  const Finding other = failing(Component::api, "b", "m");
  Snapshot snapshot = snapshot_of(
      {result_with(sample_mode, {finding, finding, other}), result_with(sample_tokens, {finding})});
  snapshot.installations.push_back(snapshot.installations.front());
  snapshot.installations.back().result.name = "staging";
  std::set<std::string> fingerprints;
  const Json report = sarif_of(snapshot);
  for (const Json& run : report.at("runs")) {
    for (const Json& result : run.at("results")) {
      fingerprints.insert(fingerprint_of(result));
    }
  }
  EXPECT_EQ(fingerprints.size(), 8U);
}

TEST(SarifReport, TellsOfSourcesThatCouldNotBeRead) {
  Snapshot snapshot = snapshot_of({});
  snapshot.installations.front().sources = {{.source = Source::compose, .up = true},
                                            {.source = Source::secrets}};
  const Json notifications =
      sarif_of(snapshot).at("runs").at(0).at("invocations").at(0).at("toolExecutionNotifications");
  ASSERT_EQ(notifications.size(), 1U);
  EXPECT_EQ(notifications.at(0).at("level"), "warning");
  EXPECT_EQ(notifications.at(0).at("message").at("text"),
            "the source secrets could not be read completely; checks that need it are unknown");
}

TEST(SarifReport, WritesNeitherPlaceholdersNorLinksThatOthersHaveMade) {
  EXPECT_EQ(text_of(undecided(Component::api, "{0}", UnknownReason::stale, "ports[0]")),
            "{{0}}: ports[0] [stale]");
  EXPECT_EQ(text_of(undecided(Component::api, "[a](b)", UnknownReason::stale, "m")),
            "\\[a\\](b): m \\[stale\\]");
}

TEST(SarifReport, StaysPrintableWhateverNamesHold) {
  for (const std::string& text : hostile_texts()) {
    Finding finding = failing(Component::api, text, text);
    finding.expected = finding.observed = finding.waiver = text;
    finding.origin.place = Location{text};
    const Json result = result_of(finding);
    const auto message = result.at("message").at("text").get<std::string>();
    EXPECT_EQ(printable(message), message);
    const auto uri = result.at("locations").at(0).at("physicalLocation").at("artifactLocation");
    EXPECT_EQ(uri.at("uri").get<std::string>().find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~/%-"),
              std::string::npos)
        << uri;
  }
}

TEST(SarifRules, DescribeTheCheck) {
  EXPECT_EQ(rules_of({result_with(sample_mode, {})}),
            Json::array({{{"id", "published-mode-sample"},
                          {"name", "PublishedModeSample"},
                          {"shortDescription", {{"text", "Services run in a published mode"}}},
                          {"fullDescription", {{"text", "Development modes accept anything."}}},
                          {"help",
                           {{"text",
                             "Set CARACAL_MODE to stable on every service, or remove it. See "
                             "https://example.com/mode"},
                            {"markdown",
                             "**Why:** Development modes accept anything.\n\n**Remediation:** Set "
                             "CARACAL\\_MODE to stable on every service, or remove "
                             "it.\n\n[Reference](https://example.com/mode)"}}},
                          {"helpUri", "https://example.com/mode"},
                          {"defaultConfiguration", {{"level", "error"}}},
                          {"properties",
                           {{"security-severity", "9.5"},
                            {"precision", "high"},
                            {"tags", Json::array({"security", "published-mode"})}}}}}));
}

TEST(SarifRules, HaveTheSeverityThatTheSiteChose) {
  for (const auto& [severity, level, score] :
       {std::tuple{Severity::critical, "error", "9.5"}, std::tuple{Severity::high, "error", "8.0"},
        std::tuple{Severity::medium, "warning", "5.5"}, std::tuple{Severity::low, "note", "2.0"}}) {
    CheckResult result = result_with(sample_mode, {});
    result.base_severity = severity;
    const Json rule = rules_of({result}).at(0);
    EXPECT_EQ(rule.at("defaultConfiguration").at("level"), level);
    EXPECT_EQ(rule.at("properties").at("security-severity"), score);
  }
}

TEST(SarifRules, StandInTheOrderOfTheResults) {
  const Json rules = rules_of({result_with(sample_tokens, {}), result_with(sample_mode, {})});
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules.at(0).at("id"), "secrets-sample");
  EXPECT_EQ(rules.at(1).at("id"), "published-mode-sample");
}

TEST(SarifRules, NeedNoEscapesForAnyCheckOfTheCatalogue) {
  for (const Check* check : catalogue()) {
    const Json rule = rules_of({result_with(*check, {})}).at(0);
    EXPECT_TRUE(
        std::regex_match(rule.at("name").get<std::string>(), std::regex{"[A-Z][A-Za-z0-9]+"}))
        << check->id;
    // Braces would be placeholders, and line ends end what is shown of a rule.
    for (const auto text : {check->title, check->why, check->remediation}) {
      EXPECT_EQ(text.find_first_of("{}\n"), std::string_view::npos) << check->id;
    }
  }
}

}  // namespace
}  // namespace compliance::test::sarif_report_test
