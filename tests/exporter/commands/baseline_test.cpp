// What an earlier JSON report knew.
#include "exporter/commands/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/reports/report.h"
#include "tests/support/snapshots.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::baseline_test {
namespace {

const Finding fault = failing(Component::api, "service api", "publishes port 4000");

Snapshot one(const Finding& finding) { return snapshot_of({result_with(sample_mode, {finding})}); }

// What the JSON report of `before` covers of `now`.
BaselineShare share_of(const Snapshot& before, const Snapshot& now) {
  const auto baseline = parse_baseline(render_json_report(before, {.verbose = true}));
  EXPECT_TRUE(baseline) << baseline.error().message;
  return baseline ? known_findings(now, baseline.value()).share : BaselineShare{};
}

constexpr BaselineShare held{.failing = 1, .known_failing = 1};
constexpr BaselineShare is_new{.failing = 1};

TEST(Baseline, HoldsTheFindingsOfItsOwnReport) {
  Finding endpoint = fault;
  endpoint.origin = {.source = Source::endpoint, .place = Location{"https://a.test"}};
  Finding placeless = fault;
  placeless.origin = {};
  const Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {fault, endpoint, placeless}),
                   result_with(sample_tokens, {not_configured()}),
                   result_with(sample_budget, {passing(Component::web, "w")})});
  EXPECT_EQ(share_of(snapshot, snapshot),
            (BaselineShare{.failing = 3, .known_failing = 3, .unknown = 1, .known_unknown = 1}));
}

TEST(Baseline, HoldsAFindingThatMoved) {
  Finding moved = fault;
  moved.origin.line = 99;
  moved.origin.column = 1;
  EXPECT_EQ(share_of(one(fault), one(moved)), held);
}

TEST(Baseline, HoldsAFindingWhoseMessageNamesOtherLines) {
  EXPECT_EQ(share_of(one(failing(Component::api, "a", "is given twice, on lines 3 and 9")),
                     one(failing(Component::api, "a", "is given twice, on lines 13 and 19"))),
            held);
}

TEST(Baseline, HoldsBytesThatAreNoUtf8) {
  const Snapshot snapshot = one(failing(Component::api, "a\xE2\x82z\xFF", "m\x80"));
  EXPECT_EQ(share_of(snapshot, snapshot), held);
}

TEST(Baseline, HoldsNothingThatDiffersInAnotherPart) {
  std::vector<Finding> others(5, fault);
  others[0].message = "publishes port 5000";
  others[1].object = "service web";
  others[2].component = Component::web;
  others[3].origin.place = Location{"other.yaml"};
  others[4].outcome = Outcome::unknown;
  others[4].reason = UnknownReason::timeout;
  for (const Finding& other : others) {
    EXPECT_EQ(share_of(one(other), one(fault)), is_new) << other.message;
  }
  Snapshot staging = one(fault);
  staging.installations.front().result.name = "staging";
  EXPECT_EQ(share_of(staging, one(fault)), is_new);
  EXPECT_EQ(share_of(snapshot_of({result_with(sample_tokens, {fault})}), one(fault)), is_new);
}

TEST(Baseline, CoversAsManyAsItHolds) {
  const Snapshot twice = snapshot_of({result_with(sample_mode, {fault, fault})});
  EXPECT_EQ(share_of(one(fault), twice), (BaselineShare{.failing = 2, .known_failing = 1}));
  EXPECT_EQ(share_of(twice, one(fault)), held);
}

TEST(Baseline, HoldsNoFailureThatWasWaivedOnly) {
  Finding waived = fault;
  waived.waiver = "SEC-1";
  EXPECT_EQ(share_of(one(waived), one(fault)), is_new);
  EXPECT_EQ(share_of(one(fault), one(waived)), BaselineShare{});
}

TEST(Baseline, NamesTheFindingsOfTheSnapshotThatItHolds) {
  const Snapshot now = snapshot_of(
      {result_with(sample_mode, {failing(Component::web, "service web", "new"), fault})});
  const auto baseline = parse_baseline(render_json_report(one(fault), {}));
  const auto known = known_findings(now, baseline.value());
  EXPECT_THAT(known.findings, ::testing::ElementsAre(
                                  &now.installations.front().result.checks.front().findings.at(1)));
}

TEST(Baseline, SaysHowMuchItHolds) {
  EXPECT_EQ(baseline_summary({.failing = 11, .known_failing = 9, .unknown = 3, .known_unknown = 2},
                             "a\n.json"),
            "9 of 11 failing and 2 of 3 unknown findings are in the baseline a\\x0a.json");
}

struct Broken {
  std::string name;
  std::string text;
  std::string message;
};

class BrokenBaseline : public testing::TestWithParam<Broken> {};

TEST_P(BrokenBaseline, IsRefusedWithItsPlace) {
  const auto baseline = parse_baseline(GetParam().text);
  ASSERT_FALSE(baseline);
  EXPECT_EQ(baseline.error().message, GetParam().message);
}

const std::string before_finding =
    R"({"installations": [{"name": "a", "checks": [{"id": "b", "findings": [)";
const std::string good_start = R"({"status": "fail", "component": "api", "message": "m")";

INSTANTIATE_TEST_SUITE_P(
    Texts, BrokenBaseline,
    testing::Values(
        Broken{"Empty", "", "invalid JSON at line 1, column 1"},
        Broken{"Secret", "hunter2-hunter2", "invalid JSON at line 1, column 1"},
        Broken{"Cut", "{\"installations\":\n [", "invalid JSON at line 2, column 3"},
        Broken{"InvalidUtf8", "{\"a\": \"\xFF\"}", "invalid JSON at line 1, column 8"},
        Broken{"AnotherDocument", "[]", "installations must be a list"},
        Broken{"NoList", R"({"installations": {}})", "installations must be a list"},
        Broken{"NoInstallation", R"({"installations": [1]})",
               "installations[0].name must be a string"},
        Broken{"NoChecks", R"({"installations": [{"name": "a"}]})",
               "installations[0].checks must be a list"},
        Broken{"NoId", R"({"installations": [{"name": "a", "checks": [{"findings": []}]}]})",
               "installations[0].checks[0].id must be a string"},
        Broken{"NoFindings", R"({"installations": [{"name": "a", "checks": [{"id": "b"}]}]})",
               "installations[0].checks[0].findings must be a list"},
        Broken{"NoStatus", before_finding + "{}]}]}]}",
               "installations[0].checks[0].findings[0].status must be a string"},
        Broken{"WaiverIsAList", before_finding + good_start + R"(, "waiver": []}]}]}]})",
               "installations[0].checks[0].findings[0].waiver must be a string"},
        Broken{"OriginIsAText", before_finding + good_start + R"(, "origin": "x"}]}]}]})",
               "installations[0].checks[0].findings[0].origin must be a mapping or null"},
        Broken{"FileIsANumber", before_finding + good_start + R"(, "origin": {"file": 1}}]}]}]})",
               "installations[0].checks[0].findings[0].origin.file must be a string"}),
    [](const testing::TestParamInfo<Broken>& row) { return row.param.name; });

TEST(Baseline, IsReadFromAFileWhoseNameTheErrorsSay) {
  const TemporaryDirectory directory;
  const auto good = directory.write("good.json", render_json_report(one(fault), {}));
  EXPECT_EQ(read_baseline(good).value().size(), 1U);
  const auto bad = directory.write("bad.json", "{}");
  EXPECT_EQ(read_baseline(bad).error().message,
            "--baseline: " + bad + ": installations must be a list");
  const auto none = directory.path_of("none.json");
  EXPECT_EQ(read_baseline(none).error().message, "--baseline: " + none + " is not there");
}

TEST(Baseline, StandsAHundredThousandOpenBrackets) {
  EXPECT_FALSE(parse_baseline(std::string(100'000, '[')));
}

}  // namespace
}  // namespace compliance::test::baseline_test
