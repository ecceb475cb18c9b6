// Changed files become work for the cycle; files without reliable events have to be polled.
#include "exporter/daemon/source_watcher.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "exporter/daemon/work_queue.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::source_watcher_test {
namespace {

using Clock = WorkQueue::Clock;

class SourceWatcherTest : public testing::Test {
 protected:
  std::map<Source, WatchPlaces> places(Source source, std::string_view name) const {
    return {{source, places_of_file(directory_.path_of(name))}};
  }

  // The next changes; none when nothing changes for ten seconds.
  Work next_work() { return queue_.wait({}, Clock::now() + std::chrono::seconds{10}); }

  TemporaryDirectory directory_;
  WorkQueue queue_;
  SourceWatcher watcher_{queue_, true};
};

TEST_F(SourceWatcherTest, ReportsTheInstallationAndTheSourceOfAChangedFile) {
  watcher_.watch(0, places(Source::compose, "compose.yaml"));
  watcher_.watch(3, places(Source::runtime_cli, "help.txt"));
  const auto before = Clock::now();
  directory_.write("help.txt", "x");
  const Work work = next_work();
  EXPECT_EQ(work.changed, (ChangedFiles{.sources = {{3, {Source::runtime_cli}}}}));
  EXPECT_GE(work.first_change.value_or(Clock::time_point{}), before);
}

TEST_F(SourceWatcherTest, ReportsTheConfigurationFile) {
  watcher_.watch_own_files(directory_.path_of("exporter.yaml"), "");
  directory_.write("exporter.yaml", "x");
  EXPECT_EQ(next_work().changed, ChangedFiles{.config = true});
}

TEST_F(SourceWatcherTest, ReportsTheWaiversFile) {
  watcher_.watch_own_files("", directory_.path_of("waivers.yaml"));
  directory_.write("waivers.yaml", "x");
  EXPECT_EQ(next_work().changed, ChangedFiles{.waivers = true});
}

TEST_F(SourceWatcherTest, ReportsAFileThatTwoSourcesShareForBoth) {
  watcher_.watch(0, places(Source::compose, "shared"));
  watcher_.watch(1, places(Source::secrets, "shared"));
  directory_.write("shared", "x");
  const ChangedFiles both{.sources = {{0, {Source::compose}}, {1, {Source::secrets}}}};
  EXPECT_EQ(next_work().changed, both);
}

TEST_F(SourceWatcherTest, ForgetsTheInstallations) {
  watcher_.watch(0, places(Source::compose, "compose.yaml"));
  watcher_.watch_own_files("", directory_.path_of("waivers.yaml"));
  watcher_.forget_installations();
  EXPECT_EQ(watcher_.is_watched(0, Source::compose), std::nullopt);
  directory_.write("compose.yaml", "x");
  directory_.write("waivers.yaml", "x");  // events come in order: this one ends the wait
  EXPECT_EQ(next_work().changed, ChangedFiles{.waivers = true});
}

TEST_F(SourceWatcherTest, WatchesNothingWithoutEvents) {
  SourceWatcher without{queue_, false};
  without.watch(0, places(Source::compose, "compose.yaml"));
  EXPECT_EQ(without.is_watched(0, Source::compose), std::nullopt);
  EXPECT_TRUE(without.polled().empty());
}

TEST_F(SourceWatcherTest, PollsSourcesOnlyWhereEventsAreUnreliable) {
  watcher_.watch(0, places(Source::compose, "compose.yaml"));
  const std::string too_long(300, 'x');  // for the name of a file: the watch is refused
  watcher_.watch(1, {{Source::secrets, {{.path = directory_.path_of(too_long)}}}});
  EXPECT_EQ(watcher_.is_watched(0, Source::compose), true);
  EXPECT_EQ(watcher_.is_watched(1, Source::secrets), false);
  EXPECT_EQ(watcher_.polled(), (ChangedFiles{.sources = {{1, {Source::secrets}}}}));
}

}  // namespace
}  // namespace compliance::test::source_watcher_test
