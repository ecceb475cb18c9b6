// The exposition of a snapshot.
#include "exporter/publish/metrics/exposition.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/base/version.h"
#include "exporter/publish/metrics/family_builder.h"
#include "exporter/publish/metrics/process_metrics.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "tests/support/exposition.h"
#include "tests/support/snapshots.h"

namespace compliance::test::exposition_test {
namespace {

using testing::HasSubstr;
using testing::Not;

Snapshot small_snapshot() {
  Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {failing(Component::api, "service api", "m"),
                                             failing(Component::api, "service api2", "m"),
                                             passing(Component::sts, "service sts")}),
                   result_with(sample_handshake, {not_configured()})});
  PublishedInstallation& installation = snapshot.installations.front();
  installation.result.score = 0.0;
  installation.result.coverage = 0.5;
  installation.sources = {
      {.source = Source::compose, .up = true, .last_change = instant_at(1'782'345'600'125)},
      {.source = Source::secrets}};
  installation.past["published-mode-sample"].last_evaluated = instant_at(1'782'345'678'001);
  return snapshot;
}

// What the program counted and measured while it made the small snapshot.
std::string small_runtime() {
  RuntimeMetrics metrics;
  metrics.configuration_loaded(instant_at(1'782'345'600'000));
  metrics.set_state_store(true, false);
  for (int count = 0; count < 3; ++count) {
    metrics.count_source_error(Source::endpoint, UnknownReason::timeout);
  }
  metrics.count_source_error(Source::secrets, UnknownReason::unreadable);
  metrics.count_source_error(Source::secrets, UnknownReason::unreadable);
  for (const double seconds : {0.05, 0.1, 0.5, 40.0}) {
    metrics.observe_evaluation(RuntimeMetrics::Duration{seconds});
  }
  return metrics.render();
}

std::string golden(const std::string& name) {
  std::ifstream file{std::string{COMPLIANCE_SOURCE_DIR} + "/tests/data/publish/" + name};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string with_build(std::string text) {
  const std::string marker = "@BUILD@";
  const auto place = text.find(marker);
  return place == std::string::npos
             ? text
             : text.replace(place, marker.size(),
                            "version=\"" + std::string{version()} + "\",revision=\"" +
                                std::string{revision()} + "\",compiler=\"" +
                                std::string{compiler()} + "\"");
}

TEST(Exposition, OfASmallSnapshotIsThisText) {
  EXPECT_EQ(render_exposition(small_snapshot()) + small_runtime(),
            with_build(golden("small_snapshot.prom")));
}

TEST(Exposition, HasNoCompliantSeriesForUnknownAndNotApplicableChecks) {
  const std::string text = render_exposition(snapshot_of(
      {result_with(sample_mode, {passing(Component::api, "a")}),
       result_with(sample_handshake, {not_configured()}), result_with(sample_tokens, {}),
       result_with(sample_budget, {failing(Component::api, "a", "m")})}));
  EXPECT_EQ(
      lines_of(text, "check_compliant"),
      "check_compliant{installation=\"production\",check=\"published-mode-sample\"} 1\n"
      "check_compliant{installation=\"production\",check=\"kubernetes-controls-sample\"} 0\n");
}

TEST(Exposition, GivesNoZeroToAComponentThatCouldNotBeEvaluatedCompletely) {
  const auto unparsable = UnknownReason::unparsable;
  const std::string text = render_exposition(snapshot_of({result_with(
      sample_mode,
      {failing(Component::web, "w", "m"), undecided(Component::web, "w2", unparsable, "n"),
       undecided(Component::sts, "s", unparsable, "n"), passing(Component::sts, "s2"),
       undecided(Component::api, "a", unparsable, "n"), passing(Component::redis, "r"),
       Finding{.component = Component::edge, .outcome = Outcome::not_applicable}})}));
  const std::string labels =
      "check_findings{installation=\"production\","
      "check=\"published-mode-sample\",component=";
  EXPECT_EQ(lines_of(text, "check_findings"), labels + "\"redis\"} 0\n" + labels + "\"web\"} 1\n");
}

TEST(Exposition, GivesEachReasonOnlyWhileTheCheckIsUnknown) {
  const Finding timeout = undecided(Component::api, "a", UnknownReason::timeout, "n");
  const Finding stale = undecided(Component::sts, "s", UnknownReason::stale, "n");
  const std::string text = render_exposition(
      snapshot_of({result_with(sample_mode, {timeout, stale, timeout}),
                   result_with(sample_budget, {failing(Component::api, "a", "m"), timeout})}));
  const std::string labels =
      "check_unknown_reason{installation=\"production\","
      "check=\"published-mode-sample\",reason=";
  EXPECT_EQ(lines_of(text, "check_unknown_reason"),
            labels + "\"timeout\"} 1\n" + labels + "\"stale\"} 1\n");
}

TEST(Exposition, RollsUpByTheSeverityOfTheResult) {
  CheckResult lowered = result_with(sample_mode, {failing(Component::api, "a", "m")});
  lowered.severity = Severity::medium;
  const std::string text = render_exposition(
      snapshot_of({lowered, result_with(sample_tokens, {failing(Component::api, "a", "m")}),
                   result_with(sample_budget, {passing(Component::api, "a")})}));
  const std::string checks = lines_of(text, "checks");
  EXPECT_EQ(std::count(checks.begin(), checks.end(), '\n'), 20);
  EXPECT_THAT(checks, HasSubstr("severity=\"medium\",status=\"fail\",waived=\"false\"} 2\n"));
  EXPECT_THAT(checks, HasSubstr("severity=\"critical\",status=\"fail\",waived=\"false\"} 0\n"));
  EXPECT_THAT(checks, HasSubstr("severity=\"low\",status=\"pass\",waived=\"false\"} 1\n"));
}

TEST(Exposition, DescribesEachCheckOnceWithTheSeverityOfTheSite) {
  CheckResult lowered = result_with(sample_mode, {failing(Component::api, "a", "m")});
  lowered.severity = Severity::low;
  lowered.base_severity = Severity::high;
  Snapshot snapshot = snapshot_of({lowered});
  snapshot.installations.push_back(snapshot.installations.front());
  snapshot.installations.back().result.name = "staging";
  EXPECT_EQ(lines_of(render_exposition(snapshot), "check_info"),
            "check_info{check=\"published-mode-sample\",area=\"published-mode\",severity=\"high\","
            "title=\"Services run in a published mode\"} 1\n");
}

TEST(Exposition, LeavesOutRatiosThatAreAbsent) {
  const std::string text = render_exposition(snapshot_of({result_with(sample_mode, {})}));
  EXPECT_THAT(text, Not(HasSubstr("score_ratio")));
  EXPECT_THAT(text, Not(HasSubstr("coverage_ratio")));
}

TEST(Exposition, EscapesHostileNamesAndReplacesInvalidUtf8) {
  Snapshot snapshot = snapshot_of({});
  snapshot.installations.front().result.name = "a\"b\\c\nd\xFF{}";
  snapshot.installations.front().result.score = 1;
  EXPECT_EQ(lines_of(render_exposition(snapshot), "score_ratio"),
            "score_ratio{installation=\"a\\\"b\\\\c\\nd\xEF\xBF\xBD{}\"} 1\n");
}

Snapshot three_installations() {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {passing(Component::api, "a")})});
  for (const char* name : {"second", "third"}) {
    snapshot.installations.push_back(snapshot.installations.front());
    snapshot.installations.back().result.name = name;
  }
  return snapshot;
}

TEST(ExpositionLimit, IsNotTouchedWhenEverySeriesFits) {
  Snapshot snapshot = three_installations();
  snapshot.max_series = series_lines(render_exposition(snapshot)).size();
  const std::string text = render_exposition(snapshot);
  EXPECT_EQ(lines_of(text, "series_dropped"), "series_dropped 0\n");
  EXPECT_THAT(text, HasSubstr("installation=\"third\""));
}

TEST(ExpositionLimit, CutsWholeInstallationsFromTheFirstThatDoesNotFit) {
  Snapshot snapshot = three_installations();
  // The second one is larger than the third, which alone would still fit.
  snapshot.installations.at(1).result.score = 1;
  const std::size_t all = series_lines(render_exposition(snapshot)).size();
  // Four of the state set, compliant, findings, waived, transitions and the roll-up of 20.
  constexpr std::size_t each = 28;
  snapshot.max_series = all - each - 1;
  const std::string text = render_exposition(snapshot);
  EXPECT_THAT(text, HasSubstr("installation=\"production\""));
  EXPECT_THAT(text, Not(HasSubstr("installation=\"second\"")));
  EXPECT_THAT(text, Not(HasSubstr("installation=\"third\"")));
  EXPECT_EQ(lines_of(text, "series_dropped"),
            "series_dropped " + std::to_string(2 * each + 1) + "\n");
  EXPECT_THAT(text, HasSubstr("check=\"published-mode-sample\",area="));
  EXPECT_LE(series_lines(text).size(), snapshot.max_series);
}

Finding random_finding(std::mt19937& random) {
  const auto component = static_cast<Component>(random() % 14);
  switch (random() % 4) {
    case 0:
      return failing(component, "object", "message");
    case 1:
      return undecided(component, "object", static_cast<UnknownReason>(random() % 17), "message");
    case 2:
      return Finding{.component = component, .outcome = Outcome::not_applicable};
    default:
      return passing(component, "object");
  }
}

Snapshot random_snapshot(std::size_t installations) {
  std::mt19937 random{20'260'625};
  Snapshot snapshot = snapshot_of({});
  snapshot.installations.clear();
  for (std::size_t index = 0; index < installations; ++index) {
    PublishedInstallation installation;
    installation.result.name = "installation-" + std::to_string(index);
    for (const Check* check : {&sample_mode, &sample_handshake, &sample_tokens, &sample_budget}) {
      std::vector<Finding> findings;
      for (std::size_t count = random() % 30; count > 0; --count) {
        findings.push_back(random_finding(random));
      }
      installation.result.checks.push_back(result_with(*check, std::move(findings)));
      installation.past[std::string{check->id}].last_evaluated =
          instant_at(static_cast<long>(random()));
    }
    installation.sources = {{.source = Source::compose, .last_change = instant_at(1)},
                            {.source = Source::kubernetes}};
    installation.result.score = 1.0 / (1 + static_cast<double>(index));
    installation.result.coverage = 1;
    snapshot.installations.push_back(std::move(installation));
  }
  return snapshot;
}

TEST(Exposition, OfALargeSnapshotHasNoSeriesTwice) {
  const auto lines = series_lines(render_exposition(random_snapshot(400)));
  std::set<std::string> series;
  for (const std::string& line : lines) {
    EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
  }
  EXPECT_GT(lines.size(), 20'000U);
}

TEST(Exposition, IsTheSameForTheSameSnapshot) {
  EXPECT_EQ(render_exposition(random_snapshot(5)), render_exposition(random_snapshot(5)));
}

TEST(Exposition, HasEachFamilyOnceInOrderOfItsName) {
  const auto families = families_of(render_exposition(random_snapshot(5)));
  EXPECT_TRUE(std::is_sorted(families.begin(), families.end()));
  EXPECT_EQ(std::set<std::string>(families.begin(), families.end()).size(), families.size());
  EXPECT_EQ(families.size(), 17U);
}

// What `promtool check metrics` says of the text.
std::string promtool_complaints(const std::string& exposition) {
  const auto file = std::filesystem::path{testing::TempDir()} / "exposition_test.prom";
  std::ofstream{file} << exposition;
  const std::string command = "promtool check metrics < '" + file.string() + "' 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    output.push_back(static_cast<char>(byte));
  }
  if (pclose(pipe) != 0) {
    output += "(failed)";
  }
  std::filesystem::remove(file);
  return output;
}

TEST(Exposition, SatisfiesPromtool) {
  if (std::system("promtool --version > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "promtool is not on the PATH";
  }
  Snapshot snapshot = random_snapshot(3);
  snapshot.installations.front().result.name = "a\"b\\c\nd\xFF";
  snapshot.installations.front().result.score = 1;
  snapshot.installations.front().result.coverage = 1;
  RuntimeMetrics metrics;
  metrics.count_request("/metrics", 200);
  metrics.count_authentication_failure("missing");
  EXPECT_EQ(promtool_complaints(render_exposition(snapshot) + metrics.render() +
                                exposition_text(ProcessCollector{"/proc"}.Collect())),
            "");
}

}  // namespace
}  // namespace compliance::test::exposition_test
