// The overview: what fails stands first, and nothing looks better than it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "exporter/publish/pages/pages.h"
#include "tests/support/page_text.h"
#include "tests/support/snapshots.h"

namespace compliance::pages::overview_page_test {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string overview_of(const Snapshot& snapshot, std::string_view installation = "") {
  auto page = overview_page(snapshot, installation);
  EXPECT_TRUE(page);
  EXPECT_EQ(fault_of(page.value_or("")), "");
  return page.value_or("");
}

Finding waived(Finding finding, std::string waiver) {
  finding.waiver = std::move(waiver);
  return finding;
}

Snapshot mixed_snapshot() {
  Snapshot snapshot = snapshot_of(
      {result_with(sample_budget, {passing(Component::api, "Deployment api")}),
       result_with(sample_handshake,
                   {undecided(Component::web, "", UnknownReason::timeout, "no answer")}),
       result_with(sample_tokens, {failing(Component::api, "service api", "short token")}),
       result_with(sample_mode, {failing(Component::sts, "service sts", "dev mode"),
                                 failing(Component::api, "service api", "dev mode")})});
  snapshot.installations[0].sources = {{.source = Source::compose, .up = true},
                                       {.source = Source::secrets, .up = true},
                                       {.source = Source::endpoint, .up = true}};
  return snapshot;
}

// That the texts follow each other in the document.
void expect_order(const std::string& document, const std::vector<std::string>& texts) {
  std::size_t before = 0;
  for (const std::string& text : texts) {
    const auto at = document.find(text, before);
    ASSERT_NE(at, std::string::npos) << text << " after " << before;
    before = at;
  }
}

TEST(OverviewPage, SaysFirstHowManyFailAndHowBadlyTheyDo) {
  const std::string words = words_of(overview_of(mixed_snapshot()));
  EXPECT_THAT(words, HasSubstr("2 checks fail, 1 of them critical"));
  EXPECT_THAT(words, HasSubstr("Failing 2 1 critical, 1 medium Unknown 1 Waived 0 Passing 1"));
}

TEST(OverviewPage, ShowsFailingBeforeUnknownAndSevereBeforeSlight) {
  expect_order(overview_of(mixed_snapshot()),
               {"Failing (2)", "published-mode-sample", "secrets-sample", "Unknown (1)",
                "external-tls-sample", "Evaluated checks by area", "Workloads have a budget"});
}

TEST(OverviewPage, ShowsTheFirstFindingWithItsPlaceAndCountsTheOthers) {
  const std::string words = words_of(overview_of(mixed_snapshot()));
  EXPECT_THAT(words, HasSubstr("service sts: dev mode and 1 more compose.yaml:12:7"));
  EXPECT_THAT(words, HasSubstr("service api: short token compose.yaml:12:7"));
}

TEST(OverviewPage, SaysForHowLongAStatusHasStood) {
  Snapshot snapshot = mixed_snapshot();
  auto& past = snapshot.installations[0].past;
  past["published-mode-sample"] = {.status = Outcome::fail,
                                   .since = snapshot.published_at - std::chrono::hours(50)};
  past["secrets-sample"] = {.status = Outcome::pass, .since = snapshot.published_at};
  const std::string words = words_of(overview_of(snapshot));
  EXPECT_THAT(words, HasSubstr("FAIL critical for 2 d"));
  EXPECT_THAT(words, Not(HasSubstr("medium for"))) << "another status stands";
}

TEST(OverviewPage, NeverShowsUnknownAsPassing) {
  const std::string page = overview_of(snapshot_of(
      {result_with(sample_handshake,
                   {undecided(Component::web, "", UnknownReason::pending, "not asked yet")})}));
  EXPECT_THAT(page, Not(HasSubstr("status pass")));
  EXPECT_THAT(page, Not(HasSubstr("rect class=\"pass\"")));
  EXPECT_THAT(words_of(page), AllOf(HasSubstr("No check fails, 1 check is unknown"),
                                    HasSubstr("UNKNOWN high"), HasSubstr("Passing 0")));
}

TEST(OverviewPage, FoldsWhatHasNoEvidenceAndNeverCountsItAsPassing) {
  const std::string page =
      overview_of(snapshot_of({result_with(sample_handshake, {not_configured()}),
                               result_with(sample_tokens, {not_configured()})}));
  const std::string words = words_of(page);
  EXPECT_THAT(words, AllOf(HasSubstr("No check could be evaluated"), HasSubstr("Passing 0"),
                           HasSubstr("No data 2"), HasSubstr("1 check needs endpoints"),
                           HasSubstr("1 check needs secret files"),
                           HasSubstr("NO DATA Certificates verify")));
  EXPECT_THAT(page, Not(HasSubstr("status pass")));
  expect_order(page, {"<details>", "Certificates verify", "</details>"});
}

TEST(OverviewPage, ShowsWaivedFailuresAsWaived) {
  const std::string page = overview_of(
      snapshot_of({result_with(sample_mode,
                               {waived(failing(Component::api, "service api", "dev mode"), "w-1")}),
                   result_with(sample_budget, {passing(Component::api, "Deployment api")})}));
  const std::string words = words_of(page);
  EXPECT_THAT(
      words, AllOf(HasSubstr("Only waived checks fail: 1 check"), HasSubstr("Failing 0"),
                   HasSubstr("Waived (1)"), HasSubstr("WAIVED critical"), Not(HasSubstr("FAIL "))));
}

TEST(OverviewPage, CallsAPartlyWaivedCheckFailing) {
  const std::string words = words_of(overview_of(snapshot_of(
      {result_with(sample_mode, {waived(failing(Component::api, "service api", "dev mode"), "w-1"),
                                 failing(Component::sts, "service sts", "dev mode")})})));
  EXPECT_THAT(words, AllOf(HasSubstr("1 check fails, a critical one"), HasSubstr("Waived 0")));
}

TEST(OverviewPage, CountsEachAreaInATableWithHeadings) {
  const std::string page = overview_of(mixed_snapshot());
  EXPECT_THAT(page, AllOf(HasSubstr("<caption>Checks by area</caption>"),
                          HasSubstr("<th scope=\"row\"><a href=\"#area.production.secrets\">"),
                          HasSubstr("id=\"area.production.secrets\"")));
  EXPECT_EQ(count_of(page, "<th scope=\"row\">"), 5U) << "four areas and their sum";
}

TEST(OverviewPage, TellsWhatIsWrongWithTheExportersOwnInputs) {
  Snapshot snapshot = mixed_snapshot();
  EXPECT_EQ(count_of(overview_of(snapshot), "class=\"notice\""), 0U);
  snapshot.last_reload_successful = false;
  snapshot.state_store_up = false;
  snapshot.invalid_waivers = 2;
  snapshot.waivers = {{.waiver = {.id = "w-old"}, .state = WaiverState::expired},
                      {.waiver = {.id = "w-soon"}, .state = WaiverState::expiring},
                      {.waiver = {.id = "w-good"}, .state = WaiverState::active}};
  snapshot.installations[0].sources[0].up = false;
  const std::string words = words_of(overview_of(snapshot));
  EXPECT_THAT(
      words,
      AllOf(HasSubstr("last reload of the configuration failed"),
            HasSubstr("state store cannot be used"), HasSubstr("2 entries of the waivers file"),
            HasSubstr("Expired waivers: w-old."), HasSubstr("14 days: w-soon."),
            Not(HasSubstr("w-good")), HasSubstr("Compose files (could not be read completely)")));
}

TEST(OverviewPage, KeepsHostileNamesAsText) {
  const std::string hostile = "<script>alert('x')</script>\"\n" + override_mark + "\xFF";
  Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {failing(Component::api, hostile, hostile),
                                             failing(Component::sts, "a", "b")})});
  snapshot.installations[0].result.name = hostile;
  snapshot.installations[0].result.checks[0].findings[0].origin.place = Location{hostile};
  const std::string page = overview_of(snapshot);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr(override_mark)),
                          Not(HasSubstr("\xFF")), HasSubstr("&lt;script&gt;")));
}

Snapshot several(std::size_t count) {
  Snapshot snapshot = mixed_snapshot();
  for (std::size_t number = 1; number < count; ++number) {
    snapshot.installations.push_back(snapshot.installations.front());
    snapshot.installations.back().result.name = "site-" + std::to_string(number);
  }
  return snapshot;
}

TEST(OverviewPage, ListsSeveralInstallationsAndLeadsToEach) {
  const std::string page = overview_of(several(2));
  EXPECT_THAT(page, AllOf(HasSubstr("<caption>Installations</caption>"),
                          HasSubstr("<a href=\"/?installation=site-1\">site-1</a>"),
                          HasSubstr("/checks/secrets-sample?installation=site-1")));
  EXPECT_THAT(words_of(page), HasSubstr("4 checks fail, 2 of them critical"));
}

TEST(OverviewPage, ShowsTheWorstAloneOfManyInstallations) {
  const std::string page = overview_of(several(4));
  EXPECT_THAT(page, AllOf(HasSubstr("Everything about site-3"), HasSubstr("secrets-sample"),
                          Not(HasSubstr("Evaluated checks by area"))));
}

TEST(OverviewPage, ShowsOneInstallationWhole) {
  const std::string page = overview_of(several(4), "site-2");
  EXPECT_EQ(count_of(page, "Evaluated checks by area"), 1U);
  EXPECT_EQ(count_of(page, "<h2"), 1U);
  EXPECT_FALSE(overview_page(several(4), "nowhere"));
  EXPECT_FALSE(overview_page(several(4), "<script>"));
}

TEST(OverviewPage, IsWholeWithoutAnyInstallationOrCheck) {
  EXPECT_THAT(words_of(overview_of(Snapshot{})), HasSubstr("No check could be evaluated"));
  EXPECT_THAT(words_of(overview_of(snapshot_of({}))), HasSubstr("No check is enabled."));
}

TEST(OverviewPage, HasNoScriptNoStyleAttributeAndNoForeignAddress) {
  const std::string page = overview_of(mixed_snapshot());
  for (const char* part : {"<script", " style=", " onclick", "src=", "url(", "@import", "http:/"}) {
    EXPECT_THAT(page.substr(page.find("</style>")), Not(HasSubstr(part))) << part;
  }
}

// As many checks as there are in the catalogue and more, each of them failing with long words.
TEST(OverviewPage, StaysBelow100KilobytesThoughAll120ChecksFail) {
  std::vector<CheckResult> results;
  results.reserve(120);
  for (std::size_t number = 0; number < 120; ++number) {
    const Check& check = *catalogue()[number % catalogue().size()];
    Finding finding = failing(Component::coordinator, "Deployment/caracal-coordinator-blue",
                              "the container coordinator of the pod runs with more than it needs");
    finding.origin.place = Location{"rendered/templates/coordinator/deployment-coordinator.yaml"};
    results.push_back(result_with(check, {finding, finding}));
  }
  Snapshot snapshot = snapshot_of(std::move(results));
  for (const CheckResult& result : snapshot.installations[0].result.checks) {
    snapshot.installations[0].past[std::string{result.check->id}] = {.status = Outcome::fail};
  }
  const std::string page = overview_of(snapshot);
  EXPECT_LT(page.size(), 100'000U);
  EXPECT_EQ(count_of(page, "<h4>"), 120U);
}

}  // namespace
}  // namespace compliance::pages::overview_page_test
