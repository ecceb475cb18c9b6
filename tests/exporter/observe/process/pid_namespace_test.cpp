// Who else is in the pid namespace, in imitations of /proc.
#include "exporter/observe/process/pid_namespace.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace compliance::pid_namespace_test {
namespace {

namespace fs = std::filesystem;

constexpr int user = 9787;

class PidNamespace : public testing::Test {
 protected:
  PidNamespace() { enter("pid:[4026532999]"); }

  void enter(const std::string& name) const {
    const fs::path link = proc_ / "self" / "ns" / "pid";
    fs::create_directories(link.parent_path());
    fs::remove(link);
    fs::create_symlink(name, link);
  }

  void add(int pid, int parent, int uid = user) const {
    const fs::path process = proc_ / std::to_string(pid);
    fs::create_directories(process);
    std::ofstream{process / "status"} << "Pid:\t" << pid << "\nPPid:\t" << parent << "\nUid:\t"
                                      << uid << '\t' << uid << '\t' << uid << '\t' << uid << '\n';
  }

  bool alone(int self) const {
    const auto read = read_alone_in_pid_namespace(proc_, self);
    return read && read.value();
  }

  test::TemporaryDirectory directory_;
  fs::path proc_{directory_.path_of("proc")};
};

TEST_F(PidNamespace, HoldsOthersThoughTheyBelongToTheSameUser) {
  add(1, 0);
  add(2, 1);
  EXPECT_FALSE(alone(1));
}

TEST_F(PidNamespace, HoldsOthersThoughTheyCameFromOutsideAsAnotherUser) {
  add(1, 0);
  add(9, 0, 0);
  EXPECT_FALSE(alone(1));
}

TEST_F(PidNamespace, HoldsOthersWhenTheInitIsNotTheParent) {
  add(1, 0);  // the pause container of a pod with one namespace
  add(7, 0);  // this process
  EXPECT_FALSE(alone(7));
}

TEST_F(PidNamespace, HoldsOthersThatTheInitHasStarted) {
  add(1, 0, 0);
  add(7, 1);
  add(8, 1, 33);
  EXPECT_FALSE(alone(7));
}

TEST_F(PidNamespace, MayHoldAnybodyWhoIsHidden) {
  add(7, 1);  // hidepid: not even the init is seen
  EXPECT_FALSE(alone(7));
}

TEST_F(PidNamespace, MayHoldAnybodyWhoseStatusIsNoStatus) {
  add(1, 0);
  fs::create_directories(proc_ / "5");
  EXPECT_FALSE(alone(1));
  std::ofstream{proc_ / "5" / "status"} << "PPid:\t0\n";
  EXPECT_FALSE(alone(1));
}

TEST_F(PidNamespace, OfTheMachineHoldsOthersWhateverIsSeen) {
  enter(first_pid_namespace);
  add(1, 0);
  EXPECT_FALSE(alone(1));
}

TEST_F(PidNamespace, OfAContainerHoldsItAlone) {
  add(1, 0);
  std::ofstream{proc_ / "uptime"} << "1 1\n";
  fs::create_directories(proc_ / "sys");
  EXPECT_TRUE(alone(1));
}

TEST_F(PidNamespace, OfAContainerWithAnInitHoldsItAlone) {
  add(1, 0, 0);
  add(7, 1);
  EXPECT_TRUE(alone(7));
}

TEST_F(PidNamespace, IsStillItsOwnWhileAHealthCheckRuns) {
  add(1, 0);
  add(31, 0);
  EXPECT_TRUE(alone(1));
}

TEST_F(PidNamespace, IsUnknownWithoutItsName) {
  fs::remove(proc_ / "self" / "ns" / "pid");
  EXPECT_FALSE(read_alone_in_pid_namespace(proc_, 1));
}

TEST(PidNamespaceOfTheTest, CanBeRead) {
  EXPECT_TRUE(read_alone_in_pid_namespace("/proc", ::getpid()));
}

}  // namespace
}  // namespace compliance::pid_namespace_test
