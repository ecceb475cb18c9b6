// A damaged store is kept aside, whatever the damage, and a new one begun.
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::damaged_store_test {
namespace {

struct Damage {
  std::string name;
  std::function<void(const std::string&)> apply;
};

std::string damage_name(const testing::TestParamInfo<Damage>& info) { return info.param.name; }

class DamagedStore : public testing::TestWithParam<Damage> {};

TEST_P(DamagedStore, IsKeptAsideAndANewOneBegun) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 20);
  GetParam().apply(path);
  const std::string damaged = content_of(path);
  History history{{.path = path}, after(5000)};
  EXPECT_EQ(history.state(), (StoreState{.persistent = true, .up = true}));
  expect_that_history_goes_on(history, 5000);
  EXPECT_EQ(kept_beside(path), path + ".corrupt-20260625T012320Z");
  EXPECT_EQ(content_of(kept_beside(path)), damaged);
  EXPECT_TRUE(is_whole(path));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, DamagedStore,
    testing::Values(
        Damage{"Header", [](const std::string& path) { overwrite(path, 0, "no database"); }},
        Damage{"Text",
               [](const std::string& path) {
                 std::ofstream{path, std::ios::trunc} << std::string(9000, 'x');
               }},
        Damage{"OneByte", [](const std::string& path) { std::ofstream{path} << "S"; }},
        Damage{"CutInHalf",
               [](const std::string& path) {
                 std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
               }},
        Damage{"CutWithinTheHeader",
               [](const std::string& path) { std::filesystem::resize_file(path, 50); }},
        Damage{"PageOverwritten",
               [](const std::string& path) { overwrite(path, 8192, std::string(4096, '\x55')); }},
        Damage{"TableMissing",
               [](const std::string& path) { write_to_store(path, "DROP TABLE standings"); }},
        Damage{"ChainMissing",
               [](const std::string& path) { write_to_store(path, "DELETE FROM chain"); }},
        Damage{"NoVersion",
               [](const std::string& path) { write_to_store(path, "PRAGMA user_version = 0"); }}),
    damage_name);

TEST(EmptyFile, IsANewStore) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("state.db", "");
  History history{{.path = path}, after(0)};
  EXPECT_TRUE(history.state().persistent);
  expect_that_history_goes_on(history, 0);
  EXPECT_EQ(kept_beside(path), "");
}

TEST(EmptyFile, BesideALogIsKeptWithIt) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  const std::string log = std::string(5000, 'l');
  directory.write("state.db", "");
  directory.write("state.db-wal", log);
  History history{{.path = path}, after(0)};
  EXPECT_TRUE(history.state().persistent);
  EXPECT_EQ(content_of(path + ".corrupt-20260625T000000Z-wal"), log);
  expect_that_history_goes_on(history, 0);
  EXPECT_TRUE(is_whole(path));
}

TEST(DamagedStores, AreNotHeapedUpWithoutEnd) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  for (int round = 0; round < 10; ++round) {
    directory.write("state.db", "damaged");
    EXPECT_TRUE(History({.path = path}, after(0)).state().up);
  }
  directory.write("state.db", "damaged");
  History history{{.path = path}, after(0)};
  EXPECT_FALSE(history.state().up);
  EXPECT_EQ(
      history.state().problem,
      "it is shorter than any store: there are 10 damaged ones beside it already; look at them "
      "and remove what is not needed");
  EXPECT_EQ(content_of(path), "damaged");
}

}  // namespace
}  // namespace compliance::test::damaged_store_test
