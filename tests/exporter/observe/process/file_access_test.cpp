// Modes and writability of real files, seen by a user who is not root.
#include "exporter/observe/process/file_access.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace compliance::file_access_test {
namespace {

namespace fs = std::filesystem;

// Root may write everything; while this lives, nobody looks in its place.
class AsNobody {
 public:
  AsNobody() { (void)::seteuid(::getuid() == 0 ? 65534 : ::getuid()); }
  ~AsNobody() { (void)::seteuid(::getuid()); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  AsNobody(AsNobody&&) = delete;
  AsNobody& operator=(AsNobody&&) = delete;
};

class FileAccessTest : public testing::Test {
 protected:
  FileAccessTest() {
    fs::permissions(directory_.path_of("."), fs::perms{0755});
    fs::create_directory(sources_);
    file_ = directory_.write("sources/compose.yaml", "services: {}\n");
    closed();
  }
  ~FileAccessTest() override { ::chmod(sources_.c_str(), 0700); }

  void modes(mode_t file, mode_t directory) const {
    ::chmod(file_.c_str(), file);
    ::chmod(sources_.c_str(), directory);
  }
  void closed() const { modes(0444, 0555); }

  Fact<bool> writable(const WatchPlaces& places) const {
    const AsNobody nobody;
    return read_writable(places);
  }

  test::TemporaryDirectory directory_;
  fs::path sources_{directory_.path_of("sources")};
  fs::path file_;
};

TEST_F(FileAccessTest, SaysThatAFileCannotBeWritten) {
  EXPECT_TRUE(writable(places_of_file(file_)).is(false));
  EXPECT_TRUE(writable(places_of_directory(sources_, 10)).is(false));
}

TEST_F(FileAccessTest, SaysThatAReadOnlyFileCouldBeReplaced) {
  modes(0444, 0777);
  const Fact<bool> fact = writable(places_of_file(file_));
  EXPECT_TRUE(fact.is(true));
  EXPECT_EQ(fact.origin.source, Source::process);
  EXPECT_EQ(fact.origin.place.text(), file_.string());
}

TEST_F(FileAccessTest, SaysThatAFileCanBeWrittenInAClosedDirectory) {
  modes(0666, 0555);
  EXPECT_TRUE(writable(places_of_file(file_)).is(true));
  EXPECT_TRUE(writable(places_of_directory(sources_, 10)).is(true));
}

TEST_F(FileAccessTest, SaysThatADirectoryCouldGetAnotherFile) {
  modes(0444, 0777);
  const Fact<bool> fact = writable(places_of_directory(sources_, 10));
  EXPECT_TRUE(fact.is(true));
  EXPECT_EQ(fact.origin.place.text(), sources_.string());
}

TEST_F(FileAccessTest, KnowsThatAStickyDirectoryKeepsStrangersFilesInPlace) {
  if (::getuid() != 0) {
    GTEST_SKIP() << "only root has files of somebody else";
  }
  modes(0444, 01777);
  EXPECT_TRUE(writable(places_of_file(file_)).is(false));
}

TEST_F(FileAccessTest, FollowsALinkToWhereItLeads) {
  const fs::path link = directory_.path_of("link.yaml");
  fs::create_symlink("sources/compose.yaml", link);
  ::chmod(directory_.path_of(".").c_str(), 0555);
  EXPECT_TRUE(writable(places_of_file(link)).is(false));
  modes(0666, 0555);
  EXPECT_TRUE(writable(places_of_file(link)).is(true));
  ::chmod(directory_.path_of(".").c_str(), 0755);
}

TEST_F(FileAccessTest, KnowsNothingOfASourceThatIsNotThere) {
  const Fact<bool> fact = writable({{.path = sources_, .name = "missing.yaml"}});
  EXPECT_FALSE(fact.value);
  ASSERT_TRUE(fact.fault);
  EXPECT_EQ(fact.fault->reason, UnknownReason::missing_object);
  EXPECT_TRUE(writable({}).fault);
}

TEST_F(FileAccessTest, ReadsModeAndOwners) {
  modes(0640, 0755);
  const Fact<FileAccess> fact = read_file_access(file_);
  ASSERT_TRUE(fact.value);
  EXPECT_EQ(fact.value->mode, 0640U);
  EXPECT_EQ(fact.value->owner, ::getuid());
  EXPECT_FALSE(fact.value->directory_writable_by_others);
  EXPECT_FALSE(fact.value->shielded_by_directory);
}

TEST_F(FileAccessTest, SeesWhatTheDirectoryAllows) {
  modes(0600, 0770);
  const Fact<FileAccess> fact = read_file_access(file_);
  ASSERT_TRUE(fact.value);
  EXPECT_TRUE(fact.value->directory_writable_by_others);
  EXPECT_TRUE(fact.value->shielded_by_directory);
}

TEST_F(FileAccessTest, HasAFaultForAFileThatIsNotThere) {
  const Fact<FileAccess> fact = read_file_access(sources_ / "missing");
  ASSERT_TRUE(fact.fault);
  EXPECT_EQ(fact.fault->reason, UnknownReason::missing_object);
}

}  // namespace
}  // namespace compliance::file_access_test
