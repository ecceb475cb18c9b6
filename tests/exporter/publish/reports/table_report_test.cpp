// The table of `check`.
#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/base/escape.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/snapshots.h"

namespace compliance::test::table_report_test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string table_of(std::vector<CheckResult> results, const ReportOptions& options = {}) {
  return render_table(snapshot_of(std::move(results)), options);
}

// An installation with something of everything.
Snapshot mixed_snapshot() {
  Finding mode = failing(Component::api, "service api", "CARACAL_MODE is not a published mode");
  mode.expected = "stable, rc or unset";
  mode.observed = "another value";
  Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {mode,
                                             undecided(Component::sts, "service sts",
                                                       UnknownReason::unresolved_reference,
                                                       "STS_MODE is not set"),
                                             passing(Component::web, "service web")}),
                   result_with(sample_handshake, {not_configured()}),
                   result_with(sample_tokens, {passing(Component::installation, "secret zoneKek")}),
                   result_with(sample_budget, {})});
  snapshot.installations.front().result.score = 0.2;
  snapshot.installations.front().result.coverage = 2.0 / 3;
  snapshot.installations.front().sources = {{.source = Source::compose, .up = true}};
  return snapshot;
}

TEST(Table, At80Columns) {
  EXPECT_EQ(render_table(mixed_snapshot(), {}), R"(Installation production

published-mode
  FAIL     critical  published-mode-sample
           Services run in a published mode
           - compose.yaml:12:7 service api: CARACAL_MODE is not a published mode
             (expected: stable, rc or unset; observed: another value)
           - UNKNOWN compose.yaml:12:7 service sts: STS_MODE is not set
             [unresolved_reference]
           Remediation: Set CARACAL_MODE to stable on every service, or remove
                        it.

passing
  ok       medium    secrets-sample

not configured
  UNKNOWN  1 check needs endpoints: 1 high

not applicable
  n/a      1 check does not apply to this installation

production: 1 FAIL (1 critical), 1 UNKNOWN (1 not configured), 1 ok, 1 n/a;
  score 20.0 %, coverage 66.6 %
)");
}

TEST(Table, At200Columns) {
  EXPECT_EQ(render_table(mixed_snapshot(), {.width = 200}), R"(Installation production

published-mode
  FAIL     critical  published-mode-sample       Services run in a published mode
           - compose.yaml:12:7 service api: CARACAL_MODE is not a published mode (expected: stable, rc or unset; observed: another value)
           - UNKNOWN compose.yaml:12:7 service sts: STS_MODE is not set [unresolved_reference]
           Remediation: Set CARACAL_MODE to stable on every service, or remove it.

passing
  ok       medium    secrets-sample              Tokens are long

not configured
  UNKNOWN  1 check needs endpoints: 1 high

not applicable
  n/a      1 check does not apply to this installation

production: 1 FAIL (1 critical), 1 UNKNOWN (1 not configured), 1 ok, 1 n/a; score 20.0 %, coverage 66.6 %
)");
}

TEST(Table, VerboseNamesEverything) {
  EXPECT_EQ(render_table(mixed_snapshot(), {.verbose = true}), R"(Installation production

published-mode
  FAIL     critical  published-mode-sample
           Services run in a published mode
           - compose.yaml:12:7 service api: CARACAL_MODE is not a published mode
             (expected: stable, rc or unset; observed: another value)
           - UNKNOWN compose.yaml:12:7 service sts: STS_MODE is not set
             [unresolved_reference]
           - ok compose.yaml:12:7 service web
           Remediation: Set CARACAL_MODE to stable on every service, or remove
                        it.

passing
  ok       medium    secrets-sample
           - compose.yaml:12:7 secret zoneKek

not configured
  UNKNOWN  1 check needs endpoints: 1 high
           - external-tls-sample

not applicable
  n/a      1 check does not apply to this installation
           - kubernetes-controls-sample

production: 1 FAIL (1 critical), 1 UNKNOWN (1 not configured), 1 ok, 1 n/a;
  score 20.0 %, coverage 66.6 %
)");
}

// The text with ^ for the escape character.
std::string with_escapes(std::string text) {
  std::replace(text.begin(), text.end(), '^', '\x1B');
  return text;
}

TEST(Table, ColorsOnlyTheStatusAndHeadings) {
  EXPECT_EQ(render_table(mixed_snapshot(), {.color = true, .width = 200}),
            with_escapes(R"(^[1mInstallation production^[0m

^[1mpublished-mode^[0m
  ^[1;31mFAIL^[0m     critical  published-mode-sample       Services run in a published mode
           - compose.yaml:12:7 service api: CARACAL_MODE is not a published mode (expected: stable, rc or unset; observed: another value)
           - ^[33mUNKNOWN^[0m compose.yaml:12:7 service sts: STS_MODE is not set [unresolved_reference]
           Remediation: Set CARACAL_MODE to stable on every service, or remove it.

^[1mpassing^[0m
  ^[32mok^[0m       medium    secrets-sample              Tokens are long

^[1mnot configured^[0m
  ^[33mUNKNOWN^[0m  1 check needs endpoints: 1 high

^[1mnot applicable^[0m
  ^[2mn/a^[0m      1 check does not apply to this installation

production: 1 FAIL (1 critical), 1 UNKNOWN (1 not configured), 1 ok, 1 n/a; score 20.0 %, coverage 66.6 %
)"));
}

TEST(Table, OrdersProblemsByAreaStatusAndSeverity) {
  const auto fail = failing(Component::api, "a", "m");
  const auto doubt = undecided(Component::api, "a", UnknownReason::timeout, "m");
  Check second = sample_mode;
  second.id = "published-mode-zz";
  CheckResult slight = result_with(sample_mode, {fail});
  slight.severity = Severity::low;
  Check third = sample_mode;
  third.id = "published-mode-unknown";
  const std::string table =
      table_of({result_with(sample_handshake, {doubt}), result_with(third, {doubt}), slight,
                result_with(second, {fail})});
  const auto place = [&table](std::string_view text) { return table.find(text); };
  EXPECT_LT(place("\npublished-mode\n"), place("critical  published-mode-zz\n"));
  EXPECT_LT(place("critical  published-mode-zz\n"), place("low       published-mode-sample\n"));
  EXPECT_LT(place("low       published-mode-sample\n"), place("published-mode-unknown\n"));
  EXPECT_LT(place("published-mode-unknown\n"), place("\nexternal-tls\n"));
  EXPECT_LT(place("\nexternal-tls\n"), place("external-tls-sample\n"));
  EXPECT_NE(place("external-tls-sample\n"), std::string::npos);
}

TEST(Table, DoesNotCallAMixtureOfReasonsUnconfigured) {
  const std::string table = table_of({result_with(
      sample_handshake,
      {not_configured(), undecided(Component::web, "w", UnknownReason::timeout, "no answer")})});
  EXPECT_THAT(table, Not(HasSubstr("not configured")));
  EXPECT_THAT(table, HasSubstr("w: no answer [timeout]\n"));
}

struct EvidenceCase {
  std::string name;
  Evidence evidence;
  std::vector<Source> configured;
  std::string expected;
};

class TableMissingEvidence : public testing::TestWithParam<EvidenceCase> {};

TEST_P(TableMissingEvidence, IsNamed) {
  Check check = sample_mode;
  check.evidence = GetParam().evidence;
  Snapshot snapshot = snapshot_of({result_with(check, {not_configured()})});
  for (const Source source : GetParam().configured) {
    snapshot.installations.front().sources.push_back({.source = source});
  }
  EXPECT_THAT(render_table(snapshot, {.width = 200}),
              HasSubstr("1 check needs " + GetParam().expected + ": 1 critical\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Letters, TableMissingEvidence,
    testing::Values(
        EvidenceCase{"Nothing",
                     Source::compose | Source::kubernetes | Source::secrets,
                     {},
                     "Compose files, Kubernetes manifests or secret files"},
        EvidenceCase{"Compose",
                     Source::compose | Source::kubernetes | Source::secrets,
                     {Source::compose},
                     "secret files"},
        EvidenceCase{"Kubernetes",
                     Source::compose | Source::kubernetes | Source::endpoint,
                     {Source::kubernetes},
                     "endpoints"},
        EvidenceCase{"Secrets", Source::secrets | Source::endpoint, {Source::secrets}, "endpoints"},
        EvidenceCase{
            "Endpoint", Source::endpoint | Source::dns, {Source::endpoint}, "name resolution"},
        EvidenceCase{
            "Names", Source::runtime_cli | Source::dns, {Source::dns}, "runtime CLI help text"},
        EvidenceCase{"RuntimeCli",
                     Source::runtime_cli | Source::process,
                     {Source::runtime_cli},
                     "the exporter's own process"},
        EvidenceCase{
            "Process", Source::secrets | Source::process, {Source::process}, "secret files"},
        EvidenceCase{"Exposure",
                     Source::endpoint | Source::dns,
                     {Source::exposure, Source::datastore},
                     "endpoints or name resolution"}),
    [](const auto& row) { return row.param.name; });

// The message says what to configure where no kind of evidence is missing.
TEST(Table, TellsOfAMissingSettingAmongTheProblems) {
  Check issuer = sample_mode;
  issuer.evidence = Source::compose;
  const CheckResult result = result_with(
      issuer,
      {undecided(Component::sts, "service sts", UnknownReason::not_configured, "no endpoint")});
  Snapshot snapshot = snapshot_of({result});
  snapshot.installations.front().sources = {{.source = Source::compose, .up = true}};
  const std::string table = render_table(snapshot, {});
  EXPECT_THAT(table, HasSubstr("service sts: no endpoint [not_configured]\n"));
  EXPECT_THAT(table, Not(HasSubstr("not configured")));
}

TEST(Table, ShowsHostileNamesAndDoesNotObeyThem) {
  const std::string hostile = "\x1B[31m\x1B]0;x\x07 a\nb\r\xFF\xE2\x80\xAE";
  Finding finding = failing(Component::api, hostile, hostile);
  finding.origin.place = Location{hostile};
  finding.expected = hostile;
  finding.observed = hostile;
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {finding})});
  snapshot.installations.front().result.name = hostile;
  const std::string table = render_table(snapshot, {.width = 1'000});
  EXPECT_EQ(table, valid_utf8(table));
  for (const char byte : table) {
    EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20U);
  }
  EXPECT_THAT(table,
              HasSubstr("Installation \\x1b[31m\\x1b]0;x\\x07 a\\x0ab\\x0d\xEF\xBF\xBD\\u202e\n"));
}

class TableWidth : public testing::TestWithParam<std::size_t> {};

TEST_P(TableWidth, IsKeptUnlessASingleWordIsLonger) {
  std::vector<Finding> findings;
  for (std::size_t index = 0; index < 40; ++index) {
    findings.push_back(failing(static_cast<Component>(index % 14),
                               "Deployment caracal-" + std::to_string(index) + " container api",
                               index % 3 == 0
                                   ? "caf\xC3\xA9 " + std::string(index * 7, 'x') + " end"
                                   : "says the same as the other ones do"));
  }
  Snapshot snapshot = mixed_snapshot();
  snapshot.installations.front().result.checks.push_back(result_with(sample_budget, findings));
  for (const bool verbose : {false, true}) {
    std::istringstream table{render_table(snapshot, {.verbose = verbose, .width = GetParam()})};
    for (std::string line; std::getline(table, line);) {
      const auto words = line.substr(std::min(line.find_first_not_of(" -"), line.size()));
      const bool single = words.find(' ') == std::string::npos;
      EXPECT_TRUE(column_count(line) <= GetParam() || single) << line;
      EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Columns, TableWidth, testing::Values(60U, 80U, 120U, 200U));

TEST(Table, IsNeverNarrowerThan40Columns) {
  EXPECT_EQ(render_table(mixed_snapshot(), {.width = 0}),
            render_table(mixed_snapshot(), {.width = 40}));
  EXPECT_NE(render_table(mixed_snapshot(), {.width = 41}),
            render_table(mixed_snapshot(), {.width = 60}));
}

TEST(Table, SummarisesEachInstallationAtTheEnd) {
  Snapshot snapshot = mixed_snapshot();
  snapshot.installations.push_back({});
  snapshot.installations.back().result.name = "staging";
  const std::string table = render_table(snapshot, {.width = 200});
  EXPECT_THAT(table, testing::EndsWith(
                         "\nproduction: 1 FAIL (1 critical), 1 UNKNOWN (1 not configured), 1 ok, 1 "
                         "n/a; score 20.0 %, coverage 66.6 %\n"
                         "staging: 0 FAIL, 0 UNKNOWN, 0 ok, 0 n/a; score none, coverage none\n"));
}

TEST(Table, RoundsNothingUpTo100Percent) {
  Snapshot snapshot = snapshot_of({});
  snapshot.installations.front().result.score = 0.99999;
  snapshot.installations.front().result.coverage = 1;
  EXPECT_THAT(render_table(snapshot, {}), HasSubstr("score 99.9 %, coverage 100.0 %\n"));
  snapshot.installations.front().result.score = 0.57;
  EXPECT_THAT(render_table(snapshot, {}), HasSubstr("score 57.0 %"));
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
           Remediation: Set CARACAL_MODE to stable on every service, or remove
                        it.

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
}  // namespace compliance::test::table_report_test
