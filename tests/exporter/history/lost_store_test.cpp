// A store that is lost and found again knows what happened between.
#include <csignal>
#include <functional>
#include <memory>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::lost_store_test {
namespace {

TEST(LockedStore, IsTakenUpLaterWithWhatHappenedMeanwhile) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 3);  // fails since 180, as does what follows
  auto hand = std::make_unique<OtherHand>(path);
  ASSERT_TRUE(hand->run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
  History history{{.path = path}, after(1000)};
  EXPECT_EQ(history.state().problem, "database is locked");
  record(history, {fails(sample_mode)}, after(1000));
  record(history, {passes(sample_mode)}, after(1005));
  EXPECT_EQ(history_of(history, sample_mode).transitions, 1U);
  hand.reset();
  record(history, {passes(sample_mode)}, after(1009));
  EXPECT_FALSE(history.state().up);  // not yet tried again
  record(history, {passes(sample_mode)}, after(1020));
  EXPECT_EQ(history.state(), (StoreState{.persistent = true, .up = true}));
  EXPECT_EQ(history_of(history, sample_mode), (CheckHistory{.status = Outcome::pass,
                                                            .since = after(1005),
                                                            .transitions = 4,
                                                            .last_transition = after(1005),
                                                            .last_evaluated = after(1020)}));
  EXPECT_EQ(events_of(history).size(), 4U);
  EXPECT_TRUE(is_whole(path));
}

TEST(LockedStore, LearnsOfAChangeThatWasThereAtTheFirstVerdict) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 3);
  auto hand = std::make_unique<OtherHand>(path);
  ASSERT_TRUE(hand->run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
  History history{{.path = path}, after(1000)};
  record(history, {passes(sample_mode)}, after(1000));
  EXPECT_TRUE(events_of(history).empty());
  hand.reset();
  record(history, {passes(sample_mode)}, after(1020));
  ASSERT_EQ(events_of(history).size(), 4U);
  EXPECT_EQ(events_of(history).back().at, after(1000));
}

TEST(LockedStore, LosesNothingWhenTheLockComesWhileItIsUsed) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  History history{{.path = path}, after(0)};
  record(history, {passes(sample_mode)}, after(0));
  record(history, {fails(sample_mode)}, after(10));
  auto hand = std::make_unique<OtherHand>(path);
  ASSERT_TRUE(hand->run("BEGIN IMMEDIATE"));
  record(history, {passes(sample_mode)}, after(20));
  EXPECT_FALSE(history.state().up);
  record(history, {fails(sample_mode)}, after(40));
  hand.reset();
  record(history, {fails(sample_mode)}, after(60));
  EXPECT_TRUE(history.state().up);
  const auto events = events_of(history);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events.at(1).at, after(20));
  EXPECT_EQ(events.at(2).at, after(40));
  EXPECT_TRUE(is_whole(path));
}

TEST(RemovedStore, IsMadeAnewWithWhatStands) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  History history{{.path = path}, after(0)};
  record(history, {passes(sample_mode)}, after(0));
  record(history, {fails(sample_mode)}, after(10));
  std::filesystem::remove(path);
  record(history, {fails(sample_mode)}, after(20));
  EXPECT_TRUE(history.state().up);
  EXPECT_TRUE(is_whole(path));
  history.close();
  const History again{{.path = path}, after(30)};
  EXPECT_EQ(history_of(again, sample_mode).since, after(10));
  EXPECT_EQ(history_of(again, sample_mode).transitions, 1U);
}

TEST(ReplacedStore, IsReadAndNotMixedWithTheLogOfTheOldOne) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  const std::string backup = directory.path_of("backup.db");
  make_store(backup, 4);
  History history{{.path = path}, after(1000)};
  record(history, {passes(sample_mode)}, after(1000));
  record(history, {fails(sample_mode)}, after(1010));
  std::filesystem::rename(backup, path);
  record(history, {fails(sample_mode)}, after(1020));
  EXPECT_TRUE(history.state().up);
  EXPECT_EQ(history_of(history, sample_mode).transitions, 5U);
  EXPECT_EQ(events_of(history).size(), 5U);
  EXPECT_TRUE(is_whole(path));
}

TEST(CorruptedStore, IsKeptAsideWhileItIsUsedAndWhatStandsIsNotLost) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 40);
  History history{{.path = path}, after(5000)};
  record(history, {passes(sample_mode)}, after(5000));
  // Another writer makes ours read again, from the file and not from its log.
  write_to_store(path, "PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)");
  for (std::streamoff page = 1; page < 8; ++page) {
    overwrite(path, page * 4096, std::string(4096, '\x55'));
  }
  record(history, {fails(sample_mode)}, after(5010));
  EXPECT_FALSE(history.state().up);
  record(history, {fails(sample_mode)}, after(5030));
  EXPECT_TRUE(history.state().up) << history.state().problem;
  EXPECT_EQ(history_of(history, sample_mode).transitions, 41U);
  EXPECT_EQ(events_of(history).size(), 1U);
  EXPECT_TRUE(is_whole(path));
}

// Runs `body` in a child that files may grow to `bytes` in; true when all went as it should.
bool child_with_limit(rlim_t bytes, const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::_exit(body() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool fill_and_recover(const std::string& path) {
  History history{{.path = path}, after(0)};
  int minute = 0;
  const auto turn = [&] {
    record(history, {minute % 2 == 0 ? passes(sample_mode) : fails(sample_mode)},
           after(60L * minute));
    ++minute;
  };
  while (history.state().up && minute < 2000) {
    turn();
  }
  const bool was_full = !history.state().up;
  turn();
  turn();
  const rlimit free{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &free);
  turn();
  const auto turns = static_cast<std::uint64_t>(minute);
  return was_full && history.state().up &&
         history_of(history, sample_mode).transitions == turns - 1 &&
         events_of(history).size() == turns - 1;
}

TEST(FullDisk, LosesNothingOnceThereIsRoomAgain) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  EXPECT_TRUE(child_with_limit(200 * 1024, [&] { return fill_and_recover(path); }));
  EXPECT_TRUE(is_whole(path));
}

TEST(FullDisk, FromTheStartLeavesNothingThatIsTakenForDamage) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  EXPECT_TRUE(child_with_limit(2000, [&] {
    History history{{.path = path}, after(0)};
    record(history, {passes(sample_mode)}, after(0));
    return !history.state().up;
  }));
  make_store(path, 2);
  EXPECT_TRUE(is_whole(path));
  EXPECT_EQ(kept_beside(path), "");
}

}  // namespace
}  // namespace compliance::test::lost_store_test
