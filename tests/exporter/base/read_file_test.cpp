// Reading files that may be anything.
#include "exporter/base/read_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace compliance::test::read_file_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

namespace fs = std::filesystem;

constexpr uid_t stranger = 65534;

class ReadFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "read_file_XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    fs::permissions(directory_, fs::perms{0755});
  }
  void TearDown() override { fs::remove_all(directory_); }

  fs::path write(const std::string& name, const std::string& text, int mode = 0644) {
    fs::path path = directory_ / name;
    std::ofstream{path, std::ios::binary} << text;
    fs::permissions(path, static_cast<fs::perms>(mode));
    return path;
  }

  static Fault fault_of(const fs::path& path, std::size_t max_bytes = 100) {
    const auto result = read_file(path, max_bytes);
    EXPECT_FALSE(result) << "read " << path;
    return result ? Fault{} : result.error();
  }

  // The fault that a process of another user gets.
  static std::string fault_for_stranger(const fs::path& path) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      std::string message = "could not change the user";
      if (::setgid(stranger) == 0 && ::setuid(stranger) == 0) {
        const auto result = read_file(path, 100);
        message = result
                      ? "no fault"
                      : std::string{name_of(result.error().reason)} + ": " + result.error().message;
      }
      const ssize_t written = ::write(ends[1], message.data(), message.size());
      ::_exit(written < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string message(4096, '\0');
    const ssize_t got = ::read(ends[0], message.data(), message.size());
    message.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return message;
  }

  fs::path directory_;
};

TEST_F(ReadFile, ReadsARegularFileWhole) {
  const std::string bytes("a\0b\n\xff", 5);
  const auto text = read_file(write("file", bytes), 5);
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value(), bytes);
}

TEST_F(ReadFile, ReadsAnEmptyFile) {
  const auto text = read_file(write("file", ""), 0);
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value(), "");
}

TEST_F(ReadFile, ReadsThroughLinks) {
  write("file", "text");
  fs::create_symlink("file", directory_ / "link");
  fs::create_symlink(directory_ / "link", directory_ / "link_to_link");
  const auto text = read_file(directory_ / "link_to_link", 100);
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value(), "text");
}

TEST_F(ReadFile, ReadsFilesThatClaimToBeEmpty) {
  const auto text = read_file("/proc/self/status", 1U << 20U);
  ASSERT_TRUE(text);
  EXPECT_THAT(text.value(), HasSubstr("Name:"));
}

TEST_F(ReadFile, RefusesOneByteMoreThanTheLimit) {
  const Fault fault = fault_of(write("file", std::string(101, 'x')));
  EXPECT_EQ(fault.reason, UnknownReason::limit_exceeded);
  EXPECT_THAT(fault.message, HasSubstr("/file is larger than the limit of 100 bytes"));
}

TEST_F(ReadFile, StopsAtTheLimitInFilesThatClaimToBeEmpty) {
  EXPECT_EQ(fault_of("/proc/self/status").reason, UnknownReason::limit_exceeded);
}

TEST_F(ReadFile, SaysWhenThereIsNoSuchFile) {
  const Fault fault = fault_of(directory_ / "absent");
  EXPECT_EQ(fault.reason, UnknownReason::missing_object);
  EXPECT_EQ(fault.message, (directory_ / "absent").string() + " is not there");
}

TEST_F(ReadFile, NamesTheDirectoryThatIsMissing) {
  const Fault fault = fault_of(directory_ / "absent" / "file");
  EXPECT_EQ(fault.reason, UnknownReason::missing_object);
  EXPECT_THAT(fault.message,
              HasSubstr("is not there: " + (directory_ / "absent").string() + " does not exist"));
}

TEST_F(ReadFile, NamesTheTargetOfADanglingLink) {
  fs::create_symlink("gone", directory_ / "link");
  const Fault fault = fault_of(directory_ / "link");
  EXPECT_EQ(fault.reason, UnknownReason::missing_object);
  EXPECT_THAT(fault.message, HasSubstr("is a symbolic link, and its target " +
                                       (directory_ / "gone").string() + " is not there"));
}

TEST_F(ReadFile, NamesTheFileThatStandsWhereADirectoryShould) {
  const fs::path file = write("file", "");
  const Fault fault = fault_of(file / "below");
  EXPECT_EQ(fault.reason, UnknownReason::missing_object);
  EXPECT_THAT(fault.message, HasSubstr(file.string() + " is no directory"));
}

TEST_F(ReadFile, RefusesALoopOfLinks) {
  fs::create_symlink("two", directory_ / "one");
  fs::create_symlink("one", directory_ / "two");
  const Fault fault = fault_of(directory_ / "one");
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("loop of symbolic links"));
}

TEST_F(ReadFile, RefusesADirectory) {
  const Fault fault = fault_of(directory_);
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("is a directory"));
}

TEST_F(ReadFile, RefusesAFifoWithoutWaitingForAWriter) {
  ASSERT_EQ(::mkfifo((directory_ / "fifo").c_str(), 0644), 0);
  const Fault fault = fault_of(directory_ / "fifo");
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("is a FIFO"));
}

TEST_F(ReadFile, RefusesADevice) {
  const Fault fault = fault_of("/dev/null");
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("is a device"));
}

TEST_F(ReadFile, RefusesASocket) {
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (directory_ / "s").c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  const Fault fault = fault_of(directory_ / "s");
  ::close(listener);
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("is a socket"));
}

TEST_F(ReadFile, RefusesANameThatIsTooLong) {
  const Fault fault = fault_of(directory_ / std::string(300, 'x'));
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_THAT(fault.message, HasSubstr("cannot be opened: "));
}

TEST_F(ReadFile, TellsAStrangerWhichDirectoryIsClosed) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can start a child as another user";
  }
  fs::create_directory(directory_ / "secrets");
  write("secrets/key", "text", 0444);
  fs::permissions(directory_ / "secrets", fs::perms{0700});
  EXPECT_THAT(fault_for_stranger(directory_ / "secrets" / "key"),
              AllOf(HasSubstr("permission_denied: "), HasSubstr("(65534), group "),
                    HasSubstr("directory " + (directory_ / "secrets").string() +
                              " (owner root (0), group root (0), mode 0700) does not let it "
                              "search; run it as user root (0), give this user search permission"),
                    HasSubstr("or mount the file read-only")));
}

TEST_F(ReadFile, TellsAStrangerWhichDirectoryBehindALinkIsClosed) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can start a child as another user";
  }
  fs::create_directory(directory_ / "closed");
  write("closed/key", "text", 0444);
  fs::permissions(directory_ / "closed", fs::perms{0710});
  fs::create_symlink("./closed/../closed/key", directory_ / "link");
  EXPECT_THAT(fault_for_stranger(directory_ / "link"),
              AllOf(HasSubstr("directory " + directory_.string()), HasSubstr("/closed (owner"),
                    HasSubstr("mode 0710")));
}

TEST_F(ReadFile, TellsAStrangerWhichFileIsClosed) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can start a child as another user";
  }
  EXPECT_THAT(fault_for_stranger(write("key", "text", 0640)),
              AllOf(HasSubstr("permission_denied: "),
                    HasSubstr("file " + (directory_ / "key").string() +
                              " (owner root (0), group root (0), mode 0640) does not let it read"),
                    HasSubstr("give this user read permission")));
}

TEST_F(ReadFile, NamesUsersByNumberWhenTheyHaveNoName) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can give files away";
  }
  const fs::path path = write("key", "text", 0400);
  ASSERT_EQ(::chown(path.c_str(), 54321, 54322), 0);
  EXPECT_THAT(fault_for_stranger(path), HasSubstr("(owner 54321, group 54322, mode 0400)"));
}

TEST_F(ReadFile, LetsAStrangerReadWhatIsOpen) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can start a child as another user";
  }
  EXPECT_EQ(fault_for_stranger(write("key", "text", 0444)), "no fault");
}

TEST_F(ReadFile, SuspectsASecurityModuleWhenThePermissionsAllow) {
  const Fault fault = access_fault(write("key", "text", 0444), EACCES);
  EXPECT_EQ(fault.reason, UnknownReason::permission_denied);
  EXPECT_THAT(fault.message, HasSubstr("security module"));
  EXPECT_EQ(access_fault(directory_ / "key", EPERM), fault);
}

TEST_F(ReadFile, AListedFileThatIsNoDirectoryIsUnreadable) {
  const fs::path file = write("file", "");
  const Fault fault = access_fault(file, ENOTDIR);
  EXPECT_EQ(fault.reason, UnknownReason::unreadable);
  EXPECT_EQ(fault.message, file.string() + " is no directory");
}

TEST_F(ReadFile, EndsAWalkThroughALoop) {
  fs::create_symlink("loop", directory_ / "loop");
  EXPECT_EQ(access_fault(directory_ / "loop", ENOENT).reason, UnknownReason::missing_object);
}

}  // namespace
}  // namespace compliance::test::read_file_test
