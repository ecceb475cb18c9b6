// A server of Debian's that runs as long as the object.
#include "tests/support/local_process.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/loopback_socket.h"

namespace compliance::test {
namespace {

pid_t spawn(const std::vector<std::string>& command, int output) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  std::vector<std::string> copies = command;
  std::vector<char*> arguments(copies.size() + 1, nullptr);
  std::transform(copies.begin(), copies.end(), arguments.begin(),
                 [](std::string& each) { return each.data(); });
  pid_t child = -1;
  const int status =
      ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return status == 0 ? child : -1;
}

}  // namespace

std::uint16_t free_port() {
  const int socket = bound_socket(SOCK_STREAM, false, 0);
  const auto port = port_of(socket);
  ::close(socket);
  return port;
}

LocalProcess::LocalProcess(const std::vector<std::string>& command, const std::string& ready) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return;
  }
  pipe_ = ends[0];
  child_ = spawn(command, ends[1]);
  ::close(ends[1]);
  std::array<char, 4096> buffer{};
  while (!ready_) {
    const auto count = ::read(pipe_, buffer.data(), buffer.size());
    if (count <= 0) {
      break;
    }
    output_.append(buffer.data(), static_cast<std::size_t>(count));
    ready_ = !ready.empty() && output_.find(ready) != std::string::npos;
  }
}

namespace {

// Waits until the child has ended, for ten seconds at most: a server can miss a signal that comes
// just before it goes to sleep.
bool has_ended(pid_t child) {
  constexpr int milliseconds = 10'000;
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
  const bool in_time = handle >= 0 && ::poll(&ended, 1, milliseconds) > 0;
  ::close(handle);
  return in_time;
}

}  // namespace

LocalProcess::~LocalProcess() {
  ::close(pipe_);  // first: nobody may wait for room in it while ending
  if (child_ > 0) {
    if (ready_) {
      ::kill(child_, SIGINT);
    }
    if (!has_ended(child_)) {
      ::kill(child_, SIGKILL);
    }
    ::waitpid(child_, nullptr, 0);
  }
}

}  // namespace compliance::test
