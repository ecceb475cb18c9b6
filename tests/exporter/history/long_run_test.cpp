// A day of checks that flap every minute, by a fake clock.
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/used_memory.h"

namespace compliance::test::long_run_test {
namespace {

constexpr int installations = 10;
constexpr std::int64_t day = 24L * 3600;
constexpr std::int64_t between = 60;  // seconds

// In every cycle one check of every installation changes.
std::vector<InstallationResult> cycle_of(std::int64_t number) {
  std::vector<InstallationResult> cycle;
  for (int index = 0; index < installations; ++index) {
    const bool fails_now = (number + index) % 2 == 1;
    cycle.push_back(
        installation({fails_now ? fails(sample_mode) : passes(sample_mode),
                      passes(sample_handshake), passes(sample_tokens), fails(sample_budget)},
                     "installation-" + std::to_string(index)));
  }
  return cycle;
}

std::uintmax_t bytes_on_disk(const std::string& path) {
  return std::filesystem::file_size(path) + std::filesystem::file_size(path + "-wal");
}

TEST(ADayOfFlapping, LeavesAStoreAndAMemoryOfBoundedSize) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  History history{{.path = path, .max_events = 2000}, after(0)};
  std::uintmax_t disk_after_a_quarter = 0;
  std::size_t memory_after_a_quarter = 0;
  std::uint64_t expected = 0;
  for (std::int64_t second = 0; second <= day; second += between) {
    record(history, cycle_of(second / between), after(second));
    if (second == day / 4) {
      disk_after_a_quarter = bytes_on_disk(path);
      memory_after_a_quarter = used_kilobytes();
    }
  }
  for (int index = 0; index < installations; ++index) {
    expected +=
        history_of(history, sample_mode, "installation-" + std::to_string(index)).transitions;
  }
  EXPECT_TRUE(history.state().up);
  EXPECT_EQ(expected, installations * static_cast<std::uint64_t>(day / between));
  EXPECT_EQ(events_of(history).size(), 2000U);
  EXPECT_EQ(events_of(history).back().sequence, expected);
  EXPECT_LE(bytes_on_disk(path), disk_after_a_quarter + disk_after_a_quarter / 4);
  EXPECT_LE(used_kilobytes(), memory_after_a_quarter + 1024);
  EXPECT_TRUE(is_whole(path));
}

// While the store is away, what is to be told to it later is bounded too.
TEST(ADayOfFlapping, WithoutTheStoreIsCaughtUpAsFarAsItWasKept) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 2);
  auto hand = std::make_unique<OtherHand>(path);
  ASSERT_TRUE(hand->run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
  History history{{.path = path, .retry_after = std::chrono::hours{48}}, after(0)};
  for (std::int64_t second = 0; second <= day; second += between) {
    record(history, cycle_of(second / between), after(second));
  }
  hand.reset();
  record(history, cycle_of(day / between), after(3 * day));
  EXPECT_TRUE(history.state().up);
  // The 5000 newest changes, and the check of make_store that is gone.
  EXPECT_GE(events_of(history).size(), 4900U);
  EXPECT_LE(events_of(history).size(), 5002U);
  const auto past = history_of(history, sample_mode, "installation-3");
  EXPECT_EQ(past.status, cycle_of(day / between).at(3).checks.front().status);
  EXPECT_TRUE(is_whole(path));
}

}  // namespace
}  // namespace compliance::test::long_run_test
