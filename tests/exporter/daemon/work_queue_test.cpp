// What the cycle is woken for: files at once, answers gathered, everything when it is due.
#include "exporter/daemon/work_queue.h"

#include <thread>

#include <gtest/gtest.h>

namespace compliance {
namespace {

using namespace std::chrono_literals;

constexpr auto never = 1h;

TEST(WorkQueue, IsForEverythingWhenThatIsDue) {
  WorkQueue wake;
  const Work work = wake.wait({}, WorkQueue::Clock::now(), never);
  EXPECT_TRUE(work.everything);
  EXPECT_TRUE(work.answered.empty());
  EXPECT_TRUE(work.changed.empty());
}

TEST(WorkQueue, IsForFilesWithoutGathering) {
  WorkQueue wake;
  const auto first = WorkQueue::Clock::now();
  wake.files_changed({3}, first + 1s);
  wake.files_changed({4}, first);
  const Work work = wake.wait({}, first + never, never);
  EXPECT_FALSE(work.everything);
  EXPECT_EQ(work.changed, (std::set<WatchOwner>{3, 4}));
  EXPECT_EQ(work.first_change, first);
}

TEST(WorkQueue, IsForAnswersOnceTheyAreGathered) {
  WorkQueue wake;
  wake.answers_came("production");
  wake.answers_came("staging");
  const Work work = wake.wait({}, WorkQueue::Clock::now() + never, 1ms);
  EXPECT_EQ(work.answered, (std::set<std::string>{"production", "staging"}));
  EXPECT_FALSE(work.everything);
}

TEST(WorkQueue, DoesNotLetFilesWaitForAnswers) {
  WorkQueue wake;
  wake.answers_came("production");
  const std::jthread writer{[&wake] { wake.files_changed({3}, WorkQueue::Clock::now()); }};
  const Work work = wake.wait({}, WorkQueue::Clock::now() + never, never);
  EXPECT_EQ(work.changed, std::set<WatchOwner>{3});
}

TEST(WorkQueue, TellsOfTheSameWorkOnce) {
  WorkQueue wake;
  wake.files_changed({3}, WorkQueue::Clock::now());
  (void)wake.wait({}, WorkQueue::Clock::now() + never, never);
  const Work work = wake.wait({}, WorkQueue::Clock::now(), never);
  EXPECT_TRUE(work.changed.empty());
  EXPECT_FALSE(work.first_change);
}

TEST(WorkQueue, EndsWhenItIsAskedToStop) {
  WorkQueue wake;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(wake.wait(stop.get_token(), WorkQueue::Clock::now() + never, never).everything);
}

}  // namespace
}  // namespace compliance
