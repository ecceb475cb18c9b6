// Runs `PATH --help`, and nothing else.
#include "exporter/observe/runtime_cli/run_help.h"

#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is not in <csignal>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace compliance::runtime_cli {
namespace {

// Deadlines must not move when the time of day is set.
using SteadyClock = std::chrono::steady_clock;

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() { close_now(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  int get() const { return value_; }
  void close_now() {
    if (value_ >= 0) {
      close(std::exchange(value_, -1));
    }
  }

 private:
  int value_;
};

// A fault that names the program and quotes none of its output.
Fault fault(UnknownReason reason, const std::string& program, const std::string& what) {
  return {.reason = reason, .message = "running " + program + " --help: " + what};
}

// Why a program could not be started.
UnknownReason reason_of(int errno_value) {
  if (errno_value == ENOENT || errno_value == ENOTDIR) {
    return UnknownReason::missing_object;
  }
  return errno_value == EACCES || errno_value == EPERM ? UnknownReason::permission_denied
                                                       : UnknownReason::unreadable;
}

// Why the child could not be started. A filter is set at start and cannot be widened later.
Fault not_started(int errno_value, const std::string& program) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl has no other form
  const bool filtered = errno_value == EPERM && prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER;
  return fault(reason_of(errno_value), program,
               filtered
                   ? "the filter of system calls allows no programs, since none was configured "
                     "when the exporter was started; restart it"
                   : std::generic_category().message(errno_value));
}

// Starts the child with its standard output on `output`; the result is an errno value or 0. The
// environment holds no variable of the exporter, whose own may be secret. Standard error is
// dropped: the help is on standard output (FACTS.md 11.3).
int spawn(const std::vector<std::string>& command, int output, pid_t& child) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  // Signals that are blocked here would stay blocked in the child.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) {
    arguments.push_back(
        const_cast<char*>(argument.c_str()));  // NOLINT(cppcoreguidelines-pro-type-const-cast):
                                               // posix_spawn's signature; it does not write
  }
  arguments.push_back(nullptr);
  auto path = std::to_array("PATH=/usr/bin:/bin");
  auto colour = std::to_array("NO_COLOR=1");
  std::array<char*, 3> environment{path.data(), colour.data(), nullptr};
  const int status = posix_spawn(&child, command.front().c_str(), &actions, &attributes,
                                 arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return status;
}

// Reads until the child closes its output; nothing but a reason when a limit is reached.
std::optional<UnknownReason> collect(int input, const RunLimits& limits,
                                     SteadyClock::time_point deadline, std::string& text) {
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    pollfd waiting{.fd = input, .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) == 0) {
      return UnknownReason::timeout;
    }
    const ssize_t count = read(input, buffer.data(), buffer.size());
    if (count == 0) {
      return std::nullopt;
    }
    if (count < 0 && errno != EINTR && errno != EAGAIN) {
      return UnknownReason::unreadable;
    }
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    // Checked after each part, so no more than a part beyond the limit is ever held.
    if (text.size() > limits.max_output_bytes) {
      return UnknownReason::limit_exceeded;
    }
  }
}

// Waits for the child until the deadline; ends it, by its process id, when it does not end itself.
std::optional<int> wait_for(pid_t child, SteadyClock::time_point deadline) {
  int status = 0;
  while (SteadyClock::now() < deadline) {
    if (waitpid(child, &status, WNOHANG) == child) {
      return status;
    }
    // A short pause: waitpid() itself has no time limit.
    poll(nullptr, 0, 2);
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return std::nullopt;
}

}  // namespace

ReadResult<std::string> run_help(const std::vector<std::string>& command, const RunLimits& limits) {
  const std::string& program = command.front();
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fault(UnknownReason::internal_error, program, std::generic_category().message(errno));
  }
  const Descriptor input{ends[0]};
  Descriptor output{ends[1]};
  pid_t child = 0;
  if (const int error = spawn(command, output.get(), child); error != 0) {
    return not_started(error, program);
  }
  // Otherwise the pipe would never end, since this process could still write to it.
  output.close_now();
  const auto deadline = SteadyClock::now() + limits.timeout;
  std::string text;
  const auto problem = collect(input.get(), limits, deadline, text);
  // After a problem there is no reason to wait: the child is killed at once.
  const auto status = wait_for(child, problem ? SteadyClock::now() : deadline);
  if (problem) {
    return fault(*problem, program, "gave no complete answer within the limits");
  }
  if (!status) {
    return fault(UnknownReason::timeout, program, "did not end in time");
  }
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) {
    return fault(UnknownReason::unexpected_response, program, "did not exit with status 0");
  }
  return text;
}

}  // namespace compliance::runtime_cli
