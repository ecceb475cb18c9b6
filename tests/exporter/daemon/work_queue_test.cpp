// What the cycle is woken for: changed files at once, answers debounced, everything when it is due.
#include "exporter/daemon/work_queue.h"

#include <thread>

#include <gtest/gtest.h>

namespace compliance::work_queue_test {
namespace {

using namespace std::chrono_literals;

constexpr auto never = 1h;
const ChangedFiles changed_waivers{.waivers = true};

TEST(WorkQueue, ReturnsWithoutWorkWhenTheTimeIsOver) {
  WorkQueue queue;
  const Work work = queue.wait({}, WorkQueue::Clock::now());
  EXPECT_FALSE(work.everything);
  EXPECT_TRUE(work.answered.empty());
  EXPECT_TRUE(work.changed.empty());
  EXPECT_FALSE(work.first_change);
}

TEST(WorkQueue, DoesNotDebounceChangedFiles) {
  WorkQueue queue;
  queue.set_debounce(never);
  const auto first = WorkQueue::Clock::now();
  queue.add_changes({.sources = {{3, {Source::compose}}}}, first + 1s);
  queue.add_changes({.waivers = true, .sources = {{3, {Source::secrets}}}}, first);
  const Work work = queue.wait({}, first + never);
  const ChangedFiles all{.waivers = true, .sources = {{3, {Source::compose, Source::secrets}}}};
  EXPECT_EQ(work.changed, all);
  EXPECT_EQ(work.first_change, first);
}

TEST(WorkQueue, ReturnsAnswersOnceTheyAreDebounced) {
  WorkQueue queue;
  queue.set_debounce(1ms);
  queue.add_answer("production");
  queue.add_answer("staging");
  const Work work = queue.wait({}, WorkQueue::Clock::now() + never);
  EXPECT_EQ(work.answered, (std::set<std::string>{"production", "staging"}));
}

TEST(WorkQueue, DoesNotLetChangedFilesWaitForAnswers) {
  WorkQueue queue;
  queue.set_debounce(never);
  queue.add_answer("production");
  const std::jthread writer{
      [&queue] { queue.add_changes(changed_waivers, WorkQueue::Clock::now()); }};
  const Work work = queue.wait({}, WorkQueue::Clock::now() + never);
  EXPECT_EQ(work.changed, changed_waivers);
}

TEST(WorkQueue, ReturnsTheSameWorkOnce) {
  WorkQueue queue;
  queue.add_changes(changed_waivers, WorkQueue::Clock::now());
  (void)queue.wait({}, WorkQueue::Clock::now() + never);
  const Work work = queue.wait({}, WorkQueue::Clock::now());
  EXPECT_TRUE(work.changed.empty());
  EXPECT_FALSE(work.first_change);
}

TEST(WorkQueue, ReturnsWhenItIsStopped) {
  WorkQueue queue;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(queue.wait(stop.get_token(), WorkQueue::Clock::now() + never).changed.empty());
}

}  // namespace
}  // namespace compliance::work_queue_test
