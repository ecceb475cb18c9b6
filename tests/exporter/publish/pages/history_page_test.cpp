// The page of changes, its form, and the strip of a check's past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/pages/history_strip.h"
#include "exporter/publish/pages/pages.h"
#include "tests/support/page_text.h"
#include "tests/support/snapshots.h"

namespace compliance::pages::history_page_test {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Event change{.sequence = 1,
                   .at = instant_at(1'782'345'678'009),
                   .installation = "production",
                   .check = "containers-non-root",
                   .scope = "check",
                   .component = "api",
                   .from = "pass",
                   .to = "unknown",
                   .reason = "unreadable",
                   .object = "service api",
                   .origin = "compose.yaml:12:7",
                   .message = "cannot be read"};

class HistoryPageTest : public ::testing::Test {
 protected:
  HistoryPage page(std::string_view query) {
    auto answer =
        history_page(snapshot_of({}), query_parameters(query), [this](const EventQuery& asked) {
          ++asked_;
          query_ = asked;
          return answer_;
        });
    EXPECT_EQ(fault_of(answer.document), "");
    return answer;
  }

  Result<EventPage> answer_ = EventPage{};
  EventQuery query_{};
  int asked_ = 0;
};

TEST_F(HistoryPageTest, ListsChangesWithWhatWasSaid) {
  Event part = change;
  part.scope = "component";
  part.from = "fail";
  part.to = "a word of another version";
  answer_ = EventPage{.events = {change, part}, .more = true};
  const HistoryPage shown = page("");
  EXPECT_EQ(shown.status, 200);
  const std::string words = words_of(shown.document);
  EXPECT_THAT(words, HasSubstr("2 changes Kept in memory: they are lost when this process exits. "
                               "2026-06-25 00:01:18 UTC OK to UNKNOWN containers-non-root "
                               "production service api: cannot be read (unreadable) "
                               "compose.yaml:12:7"));
  EXPECT_THAT(words, HasSubstr("FAIL to a word of another version containers-non-root production "
                               "of component api"));
  EXPECT_THAT(words, HasSubstr("Older changes match too"));
  EXPECT_THAT(shown.document,
              HasSubstr("href=\"/checks/containers-non-root?installation=production\""));
}

TEST_F(HistoryPageTest, TakesTheFormAsABrowserSendsIt) {
  EXPECT_EQ(page("installation=&check=&since=&limit=").status, 200);
  EXPECT_FALSE(query_.since);
  EXPECT_EQ(query_.limit, 100U);
  page("installation=production&check=containers-non-root&since=2026-06-25T01%3A00%3A00Z&limit=7");
  EXPECT_EQ(query_.installation, "production");
  EXPECT_EQ(query_.check, "containers-non-root");
  EXPECT_EQ(query_.since, instant_at(1'782'349'200'000));
  EXPECT_EQ(query_.limit, 7U);
}

TEST_F(HistoryPageTest, ShowsInTheFormWhatWasAsked) {
  const std::string form =
      page("installation=gone&check=containers-non-root&since=2026-06-25&limit=7").document;
  EXPECT_THAT(form, AllOf(HasSubstr("<option value=\"gone\" selected=\"\">gone</option>"),
                          HasSubstr("<option value=\"containers-non-root\" selected=\"\">"),
                          HasSubstr("value=\"2026-06-25\""), HasSubstr("value=\"7\"")));
  EXPECT_EQ(count_of(form, "selected"), 2U);
  EXPECT_EQ(count_of(page("").document, "<option value=\"\" selected=\"\">all</option>"), 2U);
}

TEST_F(HistoryPageTest, SaysWhatIsWrongWithAQueryAndKeepsTheForm) {
  for (const char* query : {"since=yesterday", "limit=0", "check=%zz", "since=%3Cscript%3E"}) {
    const HistoryPage refused = page(query);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_THAT(refused.document,
                AllOf(HasSubstr("role=\"alert\""), HasSubstr("<form"), Not(HasSubstr("<script"))))
        << query;
  }
  EXPECT_EQ(asked_, 0);
}

TEST_F(HistoryPageTest, SaysWhyThereIsNoHistory) {
  answer_ = Error{"disk is gone"};
  EXPECT_EQ(page("").status, 503);
  EXPECT_THAT(words_of(page("").document), HasSubstr("disk is gone"));
  EXPECT_EQ(history_page(snapshot_of({}), {}, {}).status, 503);
}

TEST_F(HistoryPageTest, SaysThatNothingFits) {
  EXPECT_THAT(words_of(page("").document), HasSubstr("No changes"));
}

std::vector<std::string_view> classes_of(const std::vector<Stretch>& stretches) {
  std::vector<std::string_view> classes;
  classes.reserve(stretches.size());
  for (const Stretch& stretch : stretches) {
    classes.push_back(stretch.css_class);
  }
  return classes;
}

TEST(HistoryStrip, FollowsTheChangesOfTheCheckAlone) {
  Event first = change;
  first.to = "fail";
  Event part = change;
  part.scope = "component";
  Event odd = change;
  odd.to = "odd";
  const Instant now = change.at + std::chrono::seconds{20};
  const auto stretches = stretches_of({odd, change, part, first}, {}, now);
  EXPECT_THAT(classes_of(stretches), ElementsAre("pass", "fail", "unknown", "nothing"));
  EXPECT_EQ(stretches.front().begin, change.at - std::chrono::seconds{1});
}

TEST(HistoryStrip, IsWhatStandsWhereNothingChanged) {
  const CheckHistory past{.status = Outcome::pass, .since = instant_at(5)};
  EXPECT_THAT(stretches_of({}, past, instant_at(9)),
              ElementsAre(Stretch{.begin = instant_at(5), .css_class = "pass"}));
}

TEST(HistoryStrip, ShowsTheShortestTimeThatHoldsAll) {
  using std::chrono::hours;
  const Instant now{hours{500'000}};
  EXPECT_EQ(window_of(now, now).name, "the last hour");
  EXPECT_EQ(window_of(now - hours{2}, now).name, "the last 24 hours");
  EXPECT_EQ(window_of(now - hours{24 * 7}, now).name, "the last 7 days");
  EXPECT_EQ(window_of(now - hours{24 * 8}, now).name, "the last 30 days");
  EXPECT_EQ(window_of(now - hours{24 * 4'000}, now).begin, now - hours{24 * 90});
}

TEST(HistoryStrip, IsWholeForAnyInstants) {
  const Instant now{std::chrono::hours{500'000}};
  const std::vector<Stretch> stretches{{.begin = Instant{}, .css_class = "pass"},
                                       {.begin = now, .css_class = "fail"},
                                       {.begin = now + std::chrono::hours{1}, .css_class = "na"}};
  Html html;
  add_strip(html, stretches, now);
  const std::string strip = html.take();
  EXPECT_EQ(fault_of(strip), "");
  EXPECT_THAT(strip, AllOf(HasSubstr("class=\"pass\" x=\"0\" y=\"21\" width=\"992\""),
                           HasSubstr("class=\"fail\" x=\"992\" y=\"0\" width=\"4\""),
                           Not(HasSubstr("width=\"-"))));
}

}  // namespace
}  // namespace compliance::pages::history_page_test
