// Changes of every kind are told to whom they concern, once for a burst, and to nobody else.
#include "exporter/observe/watch/file_watch.h"

#include <condition_variable>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace compliance::file_watch_test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t many = 100;

// A watch that remembers whom it told, and can be waited for.
class Told {
 public:
  void add(const std::set<WatchOwner>& owners) {
    const std::scoped_lock lock(mutex_);
    ++calls_;
    owners_.insert(owners.begin(), owners.end());
    came_.notify_all();
  }

  // True when the owner was told since the last take(); waits for it up to ten seconds.
  bool waits_for(WatchOwner owner) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, 10s, [&] { return owners_.contains(owner); });
  }

  std::set<WatchOwner> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(owners_, {});
  }

  int calls() {
    const std::scoped_lock lock(mutex_);
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::set<WatchOwner> owners_;
  int calls_ = 0;
};

class FileWatchTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream{root_ / name, std::ios::trunc} << text;
  }

  // Changes a file of owner 99 and waits until that was told: what happened before it was too.
  std::set<WatchOwner> everybody_told() {
    write("marker", "m");
    watch_.watch(99, places_of_file(root_ / "marker"));
    write("marker", "changed");
    EXPECT_TRUE(told_.waits_for(99));
    std::set<WatchOwner> owners = told_.take();
    owners.erase(99);
    watch_.forget(99);
    return owners;
  }

  test::TemporaryDirectory directory_;
  fs::path root_{fs::canonical(directory_.path_of(""))};
  Told told_;
  FileWatch watch_{[this](const std::set<WatchOwner>& owners,
                          std::chrono::steady_clock::time_point) { told_.add(owners); }};
};

TEST_F(FileWatchTest, TellsOfAWriteInPlace) {
  write("a", "1");
  EXPECT_TRUE(watch_.watch(1, places_of_file(root_ / "a")));
  write("a", "2");
  EXPECT_TRUE(told_.waits_for(1));
}

TEST_F(FileWatchTest, TellsOfARenameOverTheFile) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  write("new", "2");
  fs::rename(root_ / "new", root_ / "a");
  EXPECT_TRUE(told_.waits_for(1));
}

TEST_F(FileWatchTest, TellsOfDeletionAndOfTheFileComingBack) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  fs::remove(root_ / "a");
  EXPECT_TRUE(told_.waits_for(1));
  everybody_told();
  watch_.watch(1, places_of_file(root_ / "a"));
  write("a", "2");
  EXPECT_TRUE(told_.waits_for(1));
}

TEST_F(FileWatchTest, TellsOfAFileThatAppearsInADirectoryThatAppears) {
  watch_.watch(1, places_of_file(root_ / "later/a"));
  fs::create_directory(root_ / "later");
  EXPECT_TRUE(told_.waits_for(1));
}

TEST_F(FileWatchTest, TellsOfASwapOfTheProjectedDirectory) {
  write("secret/..1/key", "1");
  write("secret/..2/key", "2");
  fs::create_directory_symlink("..1", root_ / "secret/..data");
  fs::create_symlink("..data/key", root_ / "secret/key");
  watch_.watch(1, places_of_file(root_ / "secret/key"));
  watch_.watch(2, places_of_directory(root_ / "secret", many));
  fs::create_directory_symlink("..2", root_ / "secret/..data_tmp");
  fs::rename(root_ / "secret/..data_tmp", root_ / "secret/..data");
  EXPECT_TRUE(told_.waits_for(1));
  EXPECT_TRUE(told_.waits_for(2));
}

TEST_F(FileWatchTest, TellsOfChangedPermissions) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  fs::permissions(root_ / "a", fs::perms::owner_all);
  EXPECT_TRUE(told_.waits_for(1));
}

TEST_F(FileWatchTest, TellsNobodyOfANeighbour) {
  write("a", "1");
  write("b", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  write("b", "2");
  fs::remove(root_ / "b");
  EXPECT_EQ(everybody_told(), std::set<WatchOwner>{});
}

TEST_F(FileWatchTest, TellsEveryOwnerOfASharedFile) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  watch_.watch(2, places_of_file(root_ / "a"));
  watch_.watch(3, places_of_directory(root_, many));
  write("a", "2");
  EXPECT_TRUE(told_.waits_for(1));
  EXPECT_TRUE(told_.waits_for(2));
  EXPECT_TRUE(told_.waits_for(3));
}

TEST_F(FileWatchTest, TellsNoOwnerThatHasForgottenTheFile) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  watch_.watch(2, places_of_file(root_ / "a"));
  watch_.forget(1);
  write("a", "2");
  EXPECT_TRUE(told_.waits_for(2));
  const auto owners = everybody_told();
  EXPECT_FALSE(owners.contains(1));
}

TEST_F(FileWatchTest, TellsOfABurstInFewCalls) {
  write("a", "1");
  watch_.watch(1, places_of_file(root_ / "a"));
  for (int index = 0; index < 1000; ++index) {
    std::ofstream{root_ / "a", std::ios::app} << "x";
  }
  EXPECT_TRUE(told_.waits_for(1));
  everybody_told();
  EXPECT_LT(told_.calls(), 200);
}

TEST_F(FileWatchTest, CannotBeReliedOnBelowADirectoryThatRefusesAllButRoot) {
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root is refused nowhere";
  }
  fs::create_directory(root_ / "closed");
  fs::permissions(root_ / "closed", fs::perms::none);
  EXPECT_FALSE(watch_.watch(1, {{.path = root_ / "closed", .name = ""}}));
}

TEST_F(FileWatchTest, CanBeReliedOnWhereNothingIsThere) {
  EXPECT_TRUE(watch_.watch(1, {{.path = root_ / "gone", .name = ""}}));
}

}  // namespace
}  // namespace compliance::file_watch_test
