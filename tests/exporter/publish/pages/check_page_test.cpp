// The page of one check: what is wrong, where, since when, and what to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "exporter/publish/pages/pages.h"
#include "tests/support/page_text.h"
#include "tests/support/snapshots.h"

namespace compliance::pages::check_page_test {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(const Snapshot& snapshot, const CheckPageQuery& query,
                    const EventSource& events = {}) {
  auto page = check_page(snapshot, query, events);
  EXPECT_TRUE(page) << query.check;
  EXPECT_EQ(fault_of(page.value_or("")), "");
  return page.value_or("");
}

Finding compared(Finding finding) {
  finding.expected = "stable";
  finding.observed = "dev";
  return finding;
}

Snapshot failing_snapshot() {
  Snapshot snapshot = snapshot_of({result_with(
      sample_mode,
      {compared(failing(Component::api, "service api", "dev mode")),
       compared(failing(Component::sts, "service sts", "dev mode")),
       undecided(Component::web, "service web", UnknownReason::unreadable, "no permission"),
       passing(Component::audit, "service audit")})});
  snapshot.installations[0].past["published-mode-sample"] = {
      .status = Outcome::fail,
      .since = snapshot.published_at - std::chrono::minutes(90),
      .last_evaluated = snapshot.published_at};
  return snapshot;
}

const CheckPageQuery mode{.check = "published-mode-sample"};

TEST(CheckPage, SaysWhatIsWrongWhereAndWhatToDo) {
  const std::string words = words_of(page_of(failing_snapshot(), mode));
  EXPECT_THAT(words, AllOf(HasSubstr("Services run in a published mode published-mode-sample"),
                           HasSubstr("Remediation: Set CARACAL_MODE to stable"),
                           HasSubstr("Why Development modes accept anything."),
                           HasSubstr("Reference https://example.com/mode"),
                           HasSubstr("Evidence Compose files, Kubernetes manifests")));
  EXPECT_THAT(words, HasSubstr("FAIL critical since 2026-06-24 22:31 UTC (for 1 h) "
                               "last evaluated 2026-06-25 00:01 UTC"));
}

TEST(CheckPage, TellsFindingsThatSayTheSameOnce) {
  const std::string words = words_of(page_of(failing_snapshot(), mode));
  EXPECT_THAT(words, HasSubstr("Findings (3)"));
  EXPECT_THAT(words, HasSubstr("FAIL dev mode Expected stable Observed dev Where (2) "
                               "compose.yaml:12:7 service api (api) "
                               "compose.yaml:12:7 service sts (sts)"));
  EXPECT_THAT(words, HasSubstr("UNKNOWN no permission Reason unreadable Where"));
  EXPECT_THAT(words, HasSubstr("Passes for 1"));
}

TEST(CheckPage, ShowsTheEndpointOfWhatHasNoFile) {
  Finding finding = failing(Component::web, "", "certificate has expired");
  finding.origin = {.source = Source::endpoint, .place = Location{"https://caracal.example.com"}};
  const std::string words =
      words_of(page_of(snapshot_of({result_with(sample_mode, {finding})}), mode));
  EXPECT_THAT(words, HasSubstr("Where https://caracal.example.com web"));
}

TEST(CheckPage, NamesTheWaiverWithReasonApprovalAndEnd) {
  Snapshot snapshot = failing_snapshot();
  auto& findings = snapshot.installations[0].result.checks[0].findings;
  findings = {findings[0]};
  findings[0].waiver = "w-7";
  const Waiver waiver{.id = "w-7",
                      .check = "published-mode-sample",
                      .installation = "production",
                      .component = Component::api,
                      .reason = "migration until autumn",
                      .approved_by = "Security Board",
                      .expires = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
  Waiver elsewhere = waiver;
  elsewhere.id = "w-8";
  elsewhere.installation = "staging";
  Waiver expired = waiver;
  expired.id = "w-6";
  snapshot.waivers = {{.waiver = waiver},
                      {.waiver = elsewhere},
                      {.waiver = expired, .state = WaiverState::expired}};
  const std::string words = words_of(page_of(snapshot, mode));
  EXPECT_THAT(words, HasSubstr("WAIVED dev mode Expected stable Observed dev "
                               "Waiver w-7 until 9999-12-31 00:00 UTC"));
  EXPECT_THAT(words, HasSubstr("Waivers (2) w-7 active Reason migration until autumn Approved by "
                               "Security Board Expires 9999-12-31 00:00 UTC Component api"));
  EXPECT_THAT(words, AllOf(HasSubstr("w-6 expired"), Not(HasSubstr("w-8"))));
  EXPECT_THAT(words, Not(HasSubstr("FAIL")));
}

TEST(CheckPage, ShowsAllInstallationsOrOne) {
  Snapshot snapshot = failing_snapshot();
  snapshot.installations.push_back(snapshot.installations[0]);
  snapshot.installations[1].result.name = "staging";
  EXPECT_EQ(count_of(page_of(snapshot, mode), "Findings (3)"), 2U);
  const std::string one = page_of(snapshot, {.check = mode.check, .installation = "staging"});
  EXPECT_EQ(count_of(one, "Findings (3)"), 1U);
  EXPECT_THAT(one, Not(HasSubstr("production")));
}

TEST(CheckPage, IsNotThereForUnknownChecksAndInstallations) {
  for (const char* id :
       {"", "nothing", "<script>", "published-mode-sample/", "Published-mode-sample"}) {
    EXPECT_FALSE(check_page(failing_snapshot(), {.check = id}, {})) << id;
  }
  EXPECT_FALSE(check_page(failing_snapshot(), {.check = mode.check, .installation = "x"}, {}));
}

TEST(CheckPage, TellsThatAnotherCheckOfTheCatalogueIsNotEvaluated) {
  const std::string words =
      words_of(page_of(failing_snapshot(), {.check = catalogue().front()->id}));
  EXPECT_THAT(words, AllOf(HasSubstr("This check is not evaluated"), Not(HasSubstr(" OK ")),
                           HasSubstr(std::string{catalogue().front()->title})));
}

TEST(CheckPage, BoundsWhatItLists) {
  std::vector<Finding> findings;
  findings.reserve(2'000);
  for (int number = 0; number < 2'000; ++number) {
    findings.push_back(failing(Component::api, "service " + std::to_string(number),
                               "message " + std::to_string(number % 700)));
  }
  const std::string page = page_of(snapshot_of({result_with(sample_mode, findings)}), mode);
  EXPECT_THAT(words_of(page), AllOf(HasSubstr("Findings (2000)"), HasSubstr("1499 more are in")));
  EXPECT_LT(page.size(), 300'000U);
}

TEST(CheckPage, KeepsHostileNamesAsText) {
  const std::string hostile = "\"><img src=x>\n" + override_mark + "\xC3";
  Finding finding = failing(Component::api, hostile, hostile);
  finding.expected = hostile;
  finding.observed = hostile;
  finding.waiver = hostile;
  finding.origin.place = Location{hostile};
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {finding})});
  snapshot.installations[0].result.name = hostile;
  snapshot.waivers = {{.waiver = {.id = hostile,
                                  .check = "published-mode-sample",
                                  .installation = hostile,
                                  .object = hostile,
                                  .reason = hostile,
                                  .approved_by = hostile}}};
  const auto events = [&](const EventQuery&) -> Result<EventPage> {
    return EventPage{.events = {{.installation = hostile,
                                 .check = hostile,
                                 .scope = "check",
                                 .component = hostile,
                                 .from = hostile,
                                 .to = hostile,
                                 .reason = hostile,
                                 .object = hostile,
                                 .origin = hostile,
                                 .message = hostile}}};
  };
  const std::string page = page_of(snapshot, mode, events);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<img")), Not(HasSubstr(override_mark)),
                          Not(HasSubstr("\xC3\"")), HasSubstr("&lt;img src=x&gt;")));
}

TEST(CheckPage, LinksNoReferenceThatIsNoWebAddress) {
  Check check = sample_mode;
  check.reference = "javascript:alert(1)";
  const std::string page = page_of(snapshot_of({result_with(check, {})}), mode);
  EXPECT_THAT(page, AllOf(HasSubstr("javascript:alert(1)"), Not(HasSubstr("href=\"javascript"))));
}

TEST(CheckPage, AsksForTheEventsOfThisCheckAndInstallationAlone) {
  EventQuery asked;
  const auto events = [&](const EventQuery& query) -> Result<EventPage> {
    asked = query;
    return EventPage{.events = {{.at = failing_snapshot().published_at - std::chrono::hours(2),
                                 .scope = "check",
                                 .component = "api",
                                 .from = "pass",
                                 .to = "fail",
                                 .message = "dev mode"}}};
  };
  const std::string page = page_of(failing_snapshot(), mode, events);
  EXPECT_EQ(asked.check, "published-mode-sample");
  EXPECT_EQ(asked.installation, "production");
  EXPECT_THAT(words_of(page), HasSubstr("2026-06-24 22:01:18 UTC OK to FAIL api: dev mode"));
  EXPECT_THAT(page, AllOf(HasSubstr("class=\"strip\""),
                          HasSubstr("/history?check=published-mode-sample&amp;installation=")));
}

TEST(CheckPage, SaysWhyThereIsNoHistory) {
  const auto events = [](const EventQuery&) -> Result<EventPage> { return Error{"disk is gone"}; };
  EXPECT_THAT(words_of(page_of(failing_snapshot(), mode, events)), HasSubstr("disk is gone"));
  EXPECT_THAT(words_of(page_of(failing_snapshot(), mode)), Not(HasSubstr("No change")));
}

}  // namespace
}  // namespace compliance::pages::check_page_test
