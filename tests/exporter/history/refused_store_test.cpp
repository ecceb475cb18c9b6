// What is no store, or not ours to write, is left alone; history goes on in memory.
#include <functional>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::refused_store_test {
namespace {

struct Refusal {
  std::string name;
  std::function<void(const std::string&)> make;
  std::string problem;
};

std::string refusal_name(const testing::TestParamInfo<Refusal>& info) { return info.param.name; }

class RefusedStore : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedStore, IsLeftAloneAndHistoryGoesOn) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  GetParam().make(path);
  const bool is_file = std::filesystem::is_regular_file(path);
  const std::string before = is_file ? content_of(path) : "";
  {
    History history{{.path = path}, after(0)};
    EXPECT_EQ(history.state(),
              (StoreState{.persistent = false, .up = false, .problem = GetParam().problem}));
    expect_that_history_goes_on(history, 0);
    record(history, {fails(sample_mode)}, after(100));
    EXPECT_FALSE(history.state().up);
  }
  EXPECT_EQ(is_file ? content_of(path) : "", before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{directory.path_of("")},
                          std::filesystem::directory_iterator{}),
            1);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, RefusedStore,
    testing::Values(
        Refusal{"Directory",
                [](const std::string& path) { std::filesystem::create_directory(path); },
                "it is a directory, not a file"},
        Refusal{"Fifo", [](const std::string& path) { ::mkfifo(path.c_str(), 0600); },
                "it is no regular file"},
        Refusal{"OtherProgram",
                [](const std::string& path) { OtherHand{path}.run("CREATE TABLE t (a)"); },
                "another program's database; it is left alone"},
        Refusal{"OtherProgramWithAnId",
                [](const std::string& path) {
                  OtherHand{path}.run("PRAGMA application_id = 5; CREATE TABLE t (a)");
                },
                "another program's database; it is left alone"},
        Refusal{"NewerVersion",
                [](const std::string& path) {
                  make_store(path, 2);
                  write_to_store(path, "PRAGMA user_version = 2");
                },
                "written by a newer version of this program (format 2, this one knows 1); it is "
                "left alone"}),
    refusal_name);

TEST(MissingDirectory, IsMadeOneLevelDeepOnly) {
  const TemporaryDirectory directory;
  const History history{{.path = directory.path_of("a/b/state.db")}, after(0)};
  EXPECT_EQ(history.state().problem,
            "making the directory " + directory.path_of("a/b") + ": No such file or directory");
}

TEST(DanglingLink, LeadsToTheNewStore) {
  const TemporaryDirectory directory;
  const std::string link = directory.path_of("link.db");
  std::filesystem::create_symlink(directory.path_of("real.db"), link);
  make_store(link, 2);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_TRUE(is_whole(directory.path_of("real.db")));
}

// As nobody, in a child: root may write everywhere.
bool child_as_nobody(const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t nobody = 65534;
    const bool changed = ::setgid(nobody) == 0 && ::setuid(nobody) == 0;
    ::_exit(changed && body() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool goes_on_without(const std::string& path, const std::string& problem) {
  History history{{.path = path}, after(0)};
  record(history, {passes(sample_mode)}, after(0));
  record(history, {fails(sample_mode)}, after(60));
  return !history.state().up && history.state().problem == problem &&
         history_of(history, sample_mode).transitions == 1;
}

TEST(WithoutPermission, HistoryGoesOnInMemory) {
  if (::getuid() != 0) {
    GTEST_SKIP() << "needs root to become nobody";
  }
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 2);
  const std::string before = content_of(path);
  ::chmod(directory.path_of("").c_str(), 0755);
  EXPECT_TRUE(child_as_nobody([&] {
    return goes_on_without(directory.path_of("new.db"), "making the file: Permission denied");
  }));
  const std::string unreadable = "it cannot be read and written by this user: Permission denied";
  for (const mode_t mode : {0600U, 0644U}) {
    ::chmod(path.c_str(), mode);
    EXPECT_TRUE(child_as_nobody([&] { return goes_on_without(path, unreadable); }));
  }
  ::chmod(path.c_str(), 0666);
  EXPECT_TRUE(child_as_nobody([&] {
    return goes_on_without(
        path, "its directory cannot be written by this user, as its log needs: Permission denied");
  }));
  EXPECT_TRUE(child_as_nobody([&] { return is_whole(path); }));
  EXPECT_EQ(content_of(path), before);
}

}  // namespace
}  // namespace compliance::test::refused_store_test
