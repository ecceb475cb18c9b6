// The filter of system calls. It cannot be taken off again, so every case runs in a process of its
// own, which ends with the number of its first surprise, or with 0.
#include "exporter/harden/system_call_filter.h"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is not in <csignal>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "exporter/harden/system_calls.h"
#include "exporter/observe/runtime_cli/run_help.h"

namespace compliance::system_call_filter_test {
namespace {

constexpr int all_as_expected = 0;
constexpr int no_filter = 200;

// True when the call was refused as not permitted.
bool denied(long result) { return result == -1 && errno == EPERM; }

void set_filter(Programs programs) {
  if (filter_system_calls(programs)) {
    _exit(no_filter);
  }
}

// Ends the process with `number` unless the condition holds.
void require(bool condition, int number) {
  if (!condition) {
    _exit(number);
  }
}

void starts_no_program() {
  set_filter(Programs::none);
  char* const nothing[] = {nullptr};  // NOLINT(*-avoid-c-arrays)
  require(denied(execve("/bin/true", nothing, nothing)), 1);
  require(denied(syscall(SYS_execveat, AT_FDCWD, "/bin/true", nothing, nothing, 0)), 2);
  require(denied(fork()), 3);
  require(denied(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr)), 4);
  require(denied(syscall(SYS_vfork)), 5);
  _exit(all_as_expected);
}

void gains_nothing() {
  set_filter(Programs::none);
  require(denied(listen(0, 1)), 1);
  require(denied(setuid(0)), 2);
  require(denied(kill(getppid(), 0)), 3);
  require(denied(unshare(CLONE_NEWUSER)), 4);
  require(denied(syscall(SYS_bpf, 0, nullptr, 0)), 5);
  require(denied(syscall(SYS_keyctl, 0, 0, 0, 0, 0)), 6);
  require(denied(syscall(SYS_memfd_create, "x", 0)), 7);
  require(denied(chroot("/")), 8);
  require(denied(syscall(SYS_io_uring_enter, -1, 0, 0, 0, nullptr, 0)), 9);
  require(denied(socket(AF_PACKET, SOCK_RAW, 0)), 10);
  require(denied(socket(AF_VSOCK, SOCK_STREAM, 0)), 11);
  _exit(all_as_expected);
}

void works_on() {
  set_filter(Programs::none);
  for (const int family : {AF_INET, AF_INET6, AF_UNIX}) {
    const int file = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(file >= 0 || errno == EAFNOSUPPORT, 1);
    close(file);
  }
  bool ran = false;
  std::thread{[&ran] { ran = true; }}.join();
  require(ran, 2);
  const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  require(file >= 0, 3);
  _exit(all_as_expected);
}

// In a build without sanitizers, whose own memory is made this way.
void writes_no_code() {
  set_filter(Programs::none);
  constexpr std::size_t page = 4096;
  constexpr int both = PROT_WRITE | PROT_EXEC;
  require(mmap(nullptr, page, both, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, 1);
  void* data = mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  require(data != MAP_FAILED, 2);
  require(denied(mprotect(data, page, both)), 3);
  require(mprotect(data, page, PROT_READ) == 0, 4);
  _exit(all_as_expected);
}

void starts_the_configured_program() {
  set_filter(Programs::may_start);
  const auto help = runtime_cli::run_help({"/bin/echo", "--help"}, {});
  require(static_cast<bool>(help), 1);
  require(help.value().find("Usage") != std::string::npos, 2);
  require(denied(unshare(CLONE_NEWUSER)), 3);
  _exit(all_as_expected);
}

void says_that_a_restart_is_needed() {
  set_filter(Programs::none);
  const auto help = runtime_cli::run_help({"/bin/echo", "--help"}, {});
  require(!help, 1);
  require(help.error().reason == UnknownReason::permission_denied, 2);
  require(help.error().message.find("restart") != std::string::npos, 3);
  _exit(all_as_expected);
}

using testing::ExitedWithCode;

TEST(SystemCallFilter, StartsNoProgramUnlessOneIsConfigured) {
  EXPECT_EXIT(starts_no_program(), ExitedWithCode(all_as_expected), "");
}

TEST(SystemCallFilter, LetsNothingBeGainedBeyondWhatTheDaemonHas) {
  EXPECT_EXIT(gains_nothing(), ExitedWithCode(all_as_expected), "");
}

TEST(SystemCallFilter, LetsTheDaemonWorkOn) {
  EXPECT_EXIT(works_on(), ExitedWithCode(all_as_expected), "");
}

TEST(SystemCallFilter, LetsNoMemoryBeWrittenAndRun) {
  if (sanitized_build) {
    GTEST_SKIP() << "a sanitizer's memory is excepted";
  }
  EXPECT_EXIT(writes_no_code(), ExitedWithCode(all_as_expected), "");
}

TEST(SystemCallFilter, LetsAConfiguredProgramBeStartedAndNothingElse) {
  EXPECT_EXIT(starts_the_configured_program(), ExitedWithCode(all_as_expected), "");
}

TEST(SystemCallFilter, MakesAProgramThatIsConfiguredLaterAskForARestart) {
  EXPECT_EXIT(says_that_a_restart_is_needed(), ExitedWithCode(all_as_expected), "");
}

}  // namespace
}  // namespace compliance::system_call_filter_test
