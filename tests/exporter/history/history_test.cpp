// What history remembers, in memory and across restarts.
#include "exporter/history/history.h"

#include <atomic>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "exporter/history/verify.h"
#include "tests/exporter/history/cycles.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::history_test {
namespace {

HistoryOptions at(const TemporaryDirectory& directory) {
  return {.path = directory.path_of("state.db")};
}

std::uintmax_t bytes_of_log(const TemporaryDirectory& directory) {
  return std::filesystem::file_size(directory.path_of("state.db-wal"));
}

void expect_whole(const TemporaryDirectory& directory, const std::string& words) {
  const Verification found = verify_history(directory.path_of("state.db"));
  EXPECT_EQ(found.outcome, Verification::Outcome::intact);
  EXPECT_EQ(found.message.substr(0, words.size()), words);
}

TEST(HistoryInMemory, WorksAndSaysThatItDoesNotLast) {
  History history{{}, after(0)};
  EXPECT_EQ(history.state(), (StoreState{.persistent = false, .up = true}));
  record(history, {passes(sample_mode)}, after(0));
  record(history, {fails(sample_mode)}, after(60));
  EXPECT_EQ(history_of(history, sample_mode), (CheckHistory{.status = Outcome::fail,
                                                            .since = after(60),
                                                            .transitions = 1,
                                                            .last_transition = after(60),
                                                            .last_evaluated = after(60)}));
  ASSERT_EQ(events_of(history).size(), 1U);
  EXPECT_EQ(events_of(history).front().sequence, 1U);
  EXPECT_TRUE(events_of(history).front().hash.empty());
}

TEST(HistoryInMemory, KeepsTheNewestEventsOnly) {
  History history{{}, after(0)};
  for (int second = 0; second < 1500; ++second) {
    record(history, {second % 2 == 0 ? passes(sample_mode) : fails(sample_mode)}, after(second));
  }
  const auto events = events_of(history);
  ASSERT_EQ(events.size(), 1000U);
  EXPECT_EQ(events.back().sequence, 1499U);
  EXPECT_EQ(history_of(history, sample_mode).transitions, 1499U);
}

TEST(History, MakesAStoreThatOnlyItsUserReads) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("made/state.db");
  History history{{.path = path}, after(0)};
  EXPECT_EQ(history.state(), (StoreState{.persistent = true, .up = true}));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(directory.path_of("made").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(History, FindsTheSameAfterARestart) {
  const TemporaryDirectory directory;
  std::map<std::string, CheckHistory, std::less<>> before;
  std::vector<Event> events;
  {
    History history{at(directory), after(0)};
    record(history, {passes(sample_mode), fails(sample_tokens)}, after(0));
    record(history, {fails(sample_mode), fails(sample_tokens)}, after(60));
    record(history, {fails(sample_mode), passes(sample_tokens)}, after(120));
    before = history.history_of("production");
    events = events_of(history);
  }
  History history{at(directory), after(500)};
  EXPECT_EQ(history.history_of("production"), before);
  EXPECT_EQ(events_of(history), events);
  record(history, {fails(sample_mode), passes(sample_tokens)}, after(500));
  EXPECT_EQ(history_of(history, sample_mode).transitions, 1U);
  EXPECT_EQ(history_of(history, sample_mode).since, after(60));
  EXPECT_EQ(events_of(history), events);
  expect_whole(directory,
               "2 events, chain intact, from 2026-06-25T00:01:00.000Z to "
               "2026-06-25T00:02:00.000Z, head ");
}

TEST(History, SeesAChangeThatHappenedWhileItWasDown) {
  const TemporaryDirectory directory;
  {
    History history{at(directory), after(0)};
    record(history, {passes(sample_mode)}, after(0));
  }
  History history{at(directory), after(500)};
  record(history, {fails(sample_mode)}, after(500));
  EXPECT_EQ(history_of(history, sample_mode).transitions, 1U);
  EXPECT_EQ(history_of(history, sample_mode).last_transition, after(500));
}

TEST(History, MakesNothingOfResultsThatArePendingAfterARestart) {
  const TemporaryDirectory directory;
  {
    History history{at(directory), after(0)};
    record(history, {fails(sample_handshake)}, after(0));
  }
  History history{at(directory), after(500)};
  record(history, {is_unknown(sample_handshake, UnknownReason::pending)}, after(500));
  EXPECT_EQ(history_of(history, sample_handshake).status, Outcome::fail);
  record(history, {fails(sample_handshake)}, after(510));
  EXPECT_EQ(history_of(history, sample_handshake).since, after(0));
  EXPECT_EQ(history_of(history, sample_handshake).transitions, 0U);
  EXPECT_TRUE(events_of(history).empty());
}

TEST(History, ForgetsWhatIsNoLongerJudgedAndKeepsItsEvents) {
  const TemporaryDirectory directory;
  History history{at(directory), after(0)};
  record(history, {passes(sample_mode), passes(sample_tokens)}, after(0));
  record(history, {fails(sample_mode), passes(sample_tokens)}, after(60));
  record(history, {passes(sample_tokens)}, after(120));
  EXPECT_FALSE(is_remembered(history, sample_mode));
  EXPECT_EQ(events_of(history).size(), 1U);
  record(history, {passes(sample_mode), passes(sample_tokens)}, after(180));
  EXPECT_EQ(
      history_of(history, sample_mode),
      (CheckHistory{.status = Outcome::pass, .since = after(180), .last_evaluated = after(180)}));
  EXPECT_EQ(events_of(history).size(), 1U);
}

TEST(History, LeavesAnUntouchedInstallationAsItStood) {
  History history{{}, after(0)};
  record(
      history,
      std::vector{installation({fails(sample_mode)}, "a"), installation({fails(sample_mode)}, "b")},
      after(0));
  const InstallationResult judged = installation({passes(sample_mode)}, "a");
  history.record({&judged}, after(60), {"b"});
  EXPECT_EQ(history_of(history, sample_mode, "a").last_evaluated, after(60));
  EXPECT_EQ(history_of(history, sample_mode, "b"),
            (CheckHistory{.status = Outcome::fail, .since = after(0), .last_evaluated = after(0)}));
}

TEST(History, ForgetsAnInstallationThatWasRemovedWhileItWasDown) {
  const TemporaryDirectory directory;
  {
    History history{at(directory), after(0)};
    record(history,
           std::vector{installation({passes(sample_mode)}, "a"),
                       installation({passes(sample_mode)}, "b")},
           after(0));
  }
  {
    History history{at(directory), after(60)};
    EXPECT_TRUE(is_remembered(history, sample_mode, "b"));
    record(history, std::vector{installation({passes(sample_mode)}, "a")}, after(60));
  }
  const History history{at(directory), after(120)};
  EXPECT_TRUE(is_remembered(history, sample_mode, "a"));
  EXPECT_FALSE(is_remembered(history, sample_mode, "b"));
}

TEST(History, WritesNothingWhenNothingChanged) {
  const TemporaryDirectory directory;
  History history{at(directory), after(0)};
  record(history, {passes(sample_mode)}, after(0));
  const auto bytes = bytes_of_log(directory);
  for (int second = 1; second < 600; ++second) {
    record(history, {passes(sample_mode)}, after(second));
  }
  EXPECT_EQ(bytes_of_log(directory), bytes);
  record(history, {fails(sample_mode)}, after(600));
  EXPECT_GT(bytes_of_log(directory), bytes);
}

TEST(History, RestoresWhenAVerdictWasLastSeenAfterAnOrderlyEnd) {
  const TemporaryDirectory directory;
  {
    History history{at(directory), after(0)};
    record(history, {passes(sample_mode)}, after(0));
    record(history, {passes(sample_mode)}, after(77));
  }
  History history{at(directory), after(500)};
  record(history, {is_unknown(sample_mode, UnknownReason::unreadable)}, after(500));
  EXPECT_EQ(history_of(history, sample_mode).last_evaluated, after(77));
}

TEST(History, SavesWhenVerdictsWereLastSeenNowAndThen) {
  const TemporaryDirectory directory;
  History history{at(directory), after(0)};
  for (int minute = 0; minute <= 15; ++minute) {
    record(history, {passes(sample_mode)}, after(60L * minute));
  }
  // A second reader sees what a crash now would leave.
  const auto stored = Database::open(directory.path_of("state.db"), Database::Access::read_only);
  const auto states = read_states(stored.value());
  EXPECT_EQ(states.value().begin()->second.own.definite_at, after(9 * 60));
}

TEST(History, NeverKnowsMoreInMemoryThanInTheFile) {
  const TemporaryDirectory directory;
  const Instant odd = after(0) + std::chrono::microseconds{1234};
  std::map<std::string, CheckHistory, std::less<>> before;
  {
    History history{at(directory), odd};
    record(history, {passes(sample_mode)}, odd);
    before = history.history_of("production");
  }
  EXPECT_EQ(History(at(directory), odd).history_of("production"), before);
}

TEST(History, GivesTheNewestEventsFirstFromAMomentOn) {
  const TemporaryDirectory directory;
  History history{at(directory), after(0)};
  for (int minute = 0; minute <= 5; ++minute) {
    record(history, {minute % 2 == 0 ? passes(sample_mode) : fails(sample_mode)},
           after(60L * minute));
  }
  const auto page = history.events({.since = after(120), .limit = 3}).value();
  ASSERT_EQ(page.events.size(), 3U);
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.events.front().at, after(300));
  const auto all = history.events({.since = after(120), .limit = 4}).value();
  EXPECT_EQ(all.events.back().at, after(120));
  EXPECT_FALSE(all.more);
  EXPECT_TRUE(history.events({.since = after(301)}).value().events.empty());
}

TEST(History, GivesTheEventsOfOneInstallationAndOneCheckFromMemoryAndFileAlike) {
  const TemporaryDirectory directory;
  for (const HistoryOptions& options : {HistoryOptions{}, at(directory)}) {
    History history{options, after(0)};
    record(history, {passes(sample_mode), passes(sample_budget)}, after(0));
    record(history, {fails(sample_mode), fails(sample_budget)}, after(60));
    const auto count = [&](const EventQuery& query) {
      return history.events(query).value().events.size();
    };
    EXPECT_EQ(count({}), 2U);
    EXPECT_EQ(count({.installation = "production"}), 2U);
    EXPECT_EQ(count({.installation = "Production"}), 0U);
    EXPECT_EQ(count({.check = "published-mode-sample"}), 1U);
    EXPECT_EQ(count({.check = "published-mode-%"}), 0U);
    EXPECT_EQ(count({.installation = "other", .check = "published-mode-sample"}), 0U);
    EXPECT_EQ(history.events({.check = "kubernetes-controls-sample"}).value().events.front().check,
              "kubernetes-controls-sample");
  }
}

TEST(History, KeepsAsManyEventsAsItMayAndAChainThatVerifies) {
  const TemporaryDirectory directory;
  HistoryOptions options = at(directory);
  options.max_events = 10;
  {
    History history{options, after(0)};
    for (int second = 0; second <= 25; ++second) {
      record(history, {second % 2 == 0 ? passes(sample_mode) : fails(sample_mode)}, after(second));
    }
    EXPECT_EQ(events_of(history).size(), 10U);
    EXPECT_EQ(events_of(history).front().sequence, 16U);
    expect_whole(directory, "10 events, chain intact, from ");
  }
  const Verification found = verify_history(directory.path_of("state.db"));
  EXPECT_NE(found.message.find(", 15 older ones removed by retention, head "), std::string::npos);
}

TEST(History, RemovesEventsThatAreTooOldThoughNothingHappens) {
  const TemporaryDirectory directory;
  HistoryOptions options = at(directory);
  options.max_age = std::chrono::days{1};
  History history{options, after(0)};
  record(history, {passes(sample_mode)}, after(0));
  record(history, {fails(sample_mode)}, after(60));
  record(history, {passes(sample_mode)}, after(7200));
  record(history, {passes(sample_mode)}, after(24L * 3600 + 60));
  EXPECT_EQ(events_of(history).size(), 2U);
  record(history, {passes(sample_mode)}, after(24L * 3600 + 661));
  EXPECT_EQ(events_of(history).size(), 1U);
  record(history, {passes(sample_mode)}, after(48L * 3600));
  EXPECT_TRUE(events_of(history).empty());
  expect_whole(directory, "0 events, chain intact, 2 older ones removed by retention, head ");
  record(history, {fails(sample_mode)}, after(49L * 3600));
  expect_whole(directory, "1 event, chain intact, from ");
}

TEST(History, IsReadFromOtherThreadsWhileTheCycleWrites) {
  const TemporaryDirectory directory;
  History history{at(directory), after(0)};
  record(history, {passes(sample_mode)}, after(0));
  std::atomic<bool> torn = false;
  std::vector<std::jthread> readers;
  for (int count = 0; count < 2; ++count) {
    readers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        const auto page = history.events({.limit = 20});
        torn = torn || !page || !history.state().up;
        for (std::size_t index = 1; page && index < page.value().events.size(); ++index) {
          torn = torn ||
                 page.value().events[index].sequence + 1 != page.value().events[index - 1].sequence;
        }
      }
    });
  }
  for (int second = 1; second <= 100; ++second) {
    record(history, {second % 2 == 0 ? passes(sample_mode) : fails(sample_mode)}, after(second));
  }
  readers.clear();
  EXPECT_FALSE(torn);
  EXPECT_TRUE(history.state().up);
  EXPECT_EQ(events_of(history).size(), 100U);
}

TEST(History, GoesOnWhenTheClockIsSetBack) {
  const TemporaryDirectory directory;
  History history{at(directory), after(5000)};
  record(history, {passes(sample_mode)}, after(5000));
  record(history, {fails(sample_mode)}, after(100));
  record(history, {passes(sample_mode)}, after(160));
  EXPECT_EQ(history_of(history, sample_mode).transitions, 2U);
  expect_whole(directory, "2 events, chain intact");
}

}  // namespace
}  // namespace compliance::test::history_test
