// A day of flapping files through the whole service, by a fake clock.
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "exporter/config/config.h"
#include "exporter/daemon/service.h"
#include "exporter/publish/api/router.h"
#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/used_memory.h"

namespace compliance::test::service_flapping_files_test {
namespace {

constexpr int day = 24 * 3600;
constexpr int seconds_between_changes = 240;
constexpr auto check = "containers-not-privileged";

// Good, bad, broken and missing in turn; the variables differ, so that no text occurs twice.
void flap(const std::filesystem::path& file, int second) {
  constexpr int states = 4;
  const int state = second / seconds_between_changes % states;
  if (state == states - 1) {
    std::filesystem::remove(file);
    return;
  }
  std::ofstream text{file, std::ios::trunc};
  text << "services: {other: {image: 'x:" << second << "', environment: {V" << second << ": x}, "
       << "privileged: "
       << (state == 1   ? "true}}"
           : state == 2 ? "["
                        : "false}}")
       << "\n";
}

TEST(ServiceWithFlappingFiles, KeepsStoreAndMemoryBoundedForADay) {
  const TemporaryDirectory directory;
  const std::string store = directory.path_of("state.db");
  const std::string file = directory.path_of("compose.yaml");
  int now = 0;
  std::uintmax_t disk_after_a_quarter = 0;
  std::size_t memory_after_a_quarter = 0;
  {
    Config config;
    config.installations.push_back(
        {.name = "production", .compose = ComposeConfig{.files = {file}}});
    RuntimeMetrics metrics;
    Service service{config, {.now = [&now] { return after(now); }, .state_path = store}, metrics};
    for (now = 0; now <= day; now += seconds_between_changes) {
      flap(file, now);
      service.publish();
      if (now == day / 4) {
        disk_after_a_quarter = std::filesystem::file_size(store);
        memory_after_a_quarter = used_kilobytes();
      }
    }
    const auto latest = service.latest().get();
    EXPECT_TRUE(latest->snapshot->state_store_up);
    // The first verdict of an empty store is no transition; then three of four changes are, since
    // broken and missing files are both unknown.
    const std::uint64_t cycles = day / seconds_between_changes;
    EXPECT_EQ(latest->snapshot->installations.at(0).past.at(check).transitions, cycles * 3 / 4);
    EXPECT_LE(used_kilobytes(), memory_after_a_quarter + 1024);
  }
  // Every event is kept, as there are fewer than history.max_events: the file grows with their
  // number and no faster, apart from pages that are not full.
  EXPECT_LE(std::filesystem::file_size(store), 6 * disk_after_a_quarter);
  EXPECT_TRUE(is_whole(store));
}

}  // namespace
}  // namespace compliance::test::service_flapping_files_test
