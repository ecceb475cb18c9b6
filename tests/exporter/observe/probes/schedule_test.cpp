// When targets are asked: at once, then no earlier than an interval later, each on its own.
#include "exporter/observe/probes/schedule.h"

#include <gtest/gtest.h>

namespace compliance::probes::schedule_test {
namespace {

using namespace std::chrono_literals;

const Moment start{};
const std::chrono::system_clock::time_point day{};

Target target(const std::string& name, const std::string& definition = "") {
  return {.installation = "a",
          .name = name,
          .definition = definition,
          .source = Source::dns,
          .interval = 60s,
          .task = {.time = 1s}};
}

ProbeResult answer_of(const std::string& name) { return NameResolution{.name = name}; }

Schedule schedule_of(std::vector<Target> targets, double chance = 0) {
  Schedule schedule{[chance] { return chance; }};
  schedule.set_targets("a", std::move(targets), start);
  return schedule;
}

// The names of the answers that the installation's targets have, in order of the targets.
std::vector<std::string> answers_of(const Schedule& schedule) {
  std::vector<std::string> names;
  schedule.for_each("a", [&](const Target&, const std::map<std::size_t, TimedResult>& answers) {
    for (const auto& [kind, timed] : answers) {
      names.push_back(std::get<NameResolution>(timed.result).name);
    }
  });
  return names;
}

TEST(Schedule, HasNothingToDoWithoutTargets) {
  Schedule schedule = schedule_of({});
  EXPECT_FALSE(schedule.take(start + 1h));
  EXPECT_FALSE(schedule.next_due());
  EXPECT_TRUE(schedule.all_asked());
}

TEST(Schedule, GivesNewTargetsAtOnceAndEachOnce) {
  Schedule schedule = schedule_of({target("x"), target("y")});
  EXPECT_TRUE(schedule.take(start));
  EXPECT_TRUE(schedule.take(start));
  EXPECT_FALSE(schedule.take(start + 1h)) << "a target that is being asked is not asked again";
  EXPECT_FALSE(schedule.next_due());
}

TEST(Schedule, AsksAgainAnIntervalAfterTheBeginningAndNotEarlier) {
  Schedule schedule = schedule_of({target("x")});
  const auto job = schedule.take(start);
  ASSERT_TRUE(job);
  schedule.finish(*job, {}, day);
  EXPECT_EQ(schedule.next_due(), start + 60s);
  EXPECT_FALSE(schedule.take(start + 60s - 1ms));
  EXPECT_TRUE(schedule.take(start + 60s));
}

TEST(Schedule, AsksSoonerWhereTheAnswerSaysThatNothingWasAsked) {
  Schedule schedule = schedule_of({target("x")});
  const auto job = schedule.take(start);
  schedule.finish(*job, {.again = 5s}, day);
  EXPECT_EQ(schedule.next_due(), start + 5s);
}

TEST(Schedule, SpreadsTargetsByATenthOfTheirInterval) {
  Schedule schedule = schedule_of({target("x")}, 1.0);
  const auto job = schedule.take(start);
  schedule.finish(*job, {}, day);
  EXPECT_EQ(schedule.next_due(), start + 66s);
}

TEST(Schedule, GivesTheOneThatWaitsLongest) {
  Schedule schedule = schedule_of({target("x")});
  schedule.set_targets("b", {target("y")}, start - 1s);
  const auto job = schedule.take(start);
  ASSERT_TRUE(job);
  schedule.finish(*job, {.results = {answer_of("first")}}, day);
  schedule.for_each("b", [](const Target&, const auto& answers) { EXPECT_EQ(answers.size(), 1U); });
}

TEST(Schedule, RunsFollowersBeforeOtherTargetsAndWaitsForAllOfThem) {
  Schedule schedule = schedule_of({target("x"), target("y")});
  const auto first = schedule.take(start);
  schedule.finish(*first, {.next = {ProbeTask{.time = 2s}, ProbeTask{.time = 3s}}}, day);
  EXPECT_FALSE(schedule.all_asked());
  const auto follower = schedule.take(start);
  const auto other = schedule.take(start);
  EXPECT_EQ(follower->task.time, 2s);
  EXPECT_EQ(other->task.time, 3s);
  schedule.finish(*follower, {}, day);
  EXPECT_EQ(schedule.progress(), (std::pair<std::size_t, std::size_t>{0, 2}));
  schedule.finish(*other, {.results = {answer_of("late")}}, day);
  EXPECT_EQ(schedule.progress(), (std::pair<std::size_t, std::size_t>{1, 2}));
  EXPECT_EQ(answers_of(schedule), std::vector<std::string>{"late"});
}

TEST(Schedule, KeepsTheNewestAnswerOfEachKind) {
  Schedule schedule = schedule_of({target("x")});
  auto job = schedule.take(start);
  schedule.finish(*job, {.results = {answer_of("old")}}, day);
  job = schedule.take(start + 1h);
  schedule.finish(*job, {.results = {answer_of("new"), RedisProbe{}}}, day);
  std::size_t kinds = 0;
  schedule.for_each("a", [&](const Target&, const auto& answers) { kinds = answers.size(); });
  EXPECT_EQ(kinds, 2U);
}

TEST(Schedule, KeepsAnswersAndTimesOfTargetsThatStay) {
  Schedule schedule = schedule_of({target("x"), target("y")});
  for (int count = 0; count < 2; ++count) {
    const auto job = schedule.take(start);
    schedule.finish(*job, {.results = {answer_of("seen")}}, day);
  }
  schedule.set_targets("a", {target("x"), target("z")}, start + 1s);
  EXPECT_EQ(answers_of(schedule), std::vector<std::string>{"seen"});
  EXPECT_TRUE(schedule.take(start + 1s)) << "the new one is due";
  EXPECT_FALSE(schedule.take(start + 2s)) << "the other one is not";
}

TEST(Schedule, TakesAChangedTargetForAnotherOne) {
  Schedule schedule = schedule_of({target("x", "old")});
  const auto job = schedule.take(start);
  schedule.set_targets("a", {target("x", "new")}, start);
  schedule.finish(*job, {.results = {answer_of("of the old one")}}, day);
  EXPECT_TRUE(answers_of(schedule).empty());
  EXPECT_TRUE(schedule.take(start));
}

TEST(Schedule, ForgetsInstallationsThatAreGone) {
  Schedule schedule = schedule_of({target("x")});
  schedule.keep_installations({"b"});
  EXPECT_FALSE(schedule.take(start));
  EXPECT_EQ(schedule.progress(), (std::pair<std::size_t, std::size_t>{0, 0}));
}

}  // namespace
}  // namespace compliance::probes::schedule_test
