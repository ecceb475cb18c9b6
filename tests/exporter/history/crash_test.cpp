// kill -9 while the history is written: everything that was reported is there, nothing else is, and
// the chain is whole.
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is not in <csignal>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::crash_test {
namespace {

// What the child says after each cycle, as a scrape would see it.
struct Published {
  std::uint64_t cycle = 0;
  std::uint64_t mode_transitions = 0;
  std::uint64_t token_transitions = 0;
};

// The status of each check is a function of the cycle's number, so that the parent knows it too.
bool mode_fails(std::uint64_t cycle) { return cycle % 2 == 1; }
bool tokens_fail(std::uint64_t cycle) { return cycle / 3 % 2 == 1; }

std::vector<CheckResult> results_of(std::uint64_t cycle) {
  return {mode_fails(cycle) ? fails(sample_mode) : passes(sample_mode),
          tokens_fail(cycle) ? fails(sample_tokens) : passes(sample_tokens)};
}

Instant time_of(std::uint64_t cycle) { return after(static_cast<std::int64_t>(cycle) * 60); }

// Records cycle after cycle until it is killed.
[[noreturn]] void record_on(const std::string& path, std::uint64_t first, int pipe) {
  History history{{.path = path}, time_of(first)};
  for (std::uint64_t cycle = first;; ++cycle) {
    record(history, results_of(cycle), time_of(cycle));
    const Published published{.cycle = cycle,
                              .mode_transitions = history_of(history, sample_mode).transitions,
                              .token_transitions = history_of(history, sample_tokens).transitions};
    if (!history.state().persistent ||
        ::write(pipe, &published, sizeof published) != sizeof published) {
      ::_exit(1);
    }
  }
}

// Reports the writes to the files of a directory, as the kernel sees them.
class DirectoryWrites {
 public:
  explicit DirectoryWrites(const std::string& file_in_it) {
    const std::string directory = std::filesystem::path{file_in_it}.parent_path().string();
    EXPECT_GE(::inotify_add_watch(descriptor_, directory.c_str(),
                                  IN_CREATE | IN_MODIFY | IN_DELETE | IN_MOVE),
              0);
  }
  ~DirectoryWrites() { ::close(descriptor_); }
  DirectoryWrites(const DirectoryWrites&) = delete;
  DirectoryWrites& operator=(const DirectoryWrites&) = delete;
  DirectoryWrites(DirectoryWrites&&) = delete;
  DirectoryWrites& operator=(DirectoryWrites&&) = delete;

  int descriptor() const { return descriptor_; }

  // How many there were since the last call; the descriptor is readable.
  int take() const {
    alignas(inotify_event) std::array<char, 4096> bytes{};
    const ssize_t length = ::read(descriptor_, bytes.data(), bytes.size());
    int count = 0;
    for (ssize_t at = 0; at < length; ++count) {
      inotify_event event{};
      std::memcpy(&event, &bytes.at(static_cast<std::size_t>(at)), sizeof event);
      at += static_cast<ssize_t>(sizeof event + event.len);
    }
    return count;
  }

 private:
  int descriptor_ = ::inotify_init1(IN_CLOEXEC);
};

// A forked process that says through a pipe what it has published.
class Child {
 public:
  explicit Child(const std::function<void(int)>& run) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      run(ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() { ::close(pipe_); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child(Child&&) = delete;
  Child& operator=(Child&&) = delete;

  // Waits for the next word; false when the process has ended.
  bool read_word() { return ::read(pipe_, &last_, sizeof last_) == sizeof last_; }

  // Waits until the process has written to its files so often, or ended; then kills it. Gives the
  // status of waitpid().
  int kill_after(const DirectoryWrites& writes, int count) {
    std::array<pollfd, 2> ready{{{.fd = pipe_, .events = POLLIN, .revents = 0},
                                 {.fd = writes.descriptor(), .events = POLLIN, .revents = 0}}};
    bool runs = true;
    for (int seen = 0; runs && seen < count;) {
      runs = ::poll(ready.data(), ready.size(), 60'000) > 0;
      seen += ready[1].revents != 0 ? writes.take() : 0;
      runs = runs && (ready[0].revents == 0 || read_word());
    }
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    while (read_word()) {
    }
    return status;
  }

  const Published& last_word() const { return last_; }

 private:
  pid_t pid_ = -1;
  int pipe_ = -1;
  Published last_{};
};

// Lets a child record from `first` on, kills it that many writes after its first word, and gives
// its last word.
Published recorded_until_killed(const std::string& path, std::uint64_t first, int writes) {
  Child child{[&](int pipe) { record_on(path, first, pipe); }};
  EXPECT_TRUE(child.read_word());
  EXPECT_TRUE(WIFSIGNALED(child.kill_after(DirectoryWrites{path}, writes)))
      << "the child could not write";
  return child.last_word();
}

// Transitions of a status that is a function of the cycle's number, from cycle 0 on.
std::uint64_t transitions_until(std::uint64_t cycle, bool (*fails_in)(std::uint64_t)) {
  std::uint64_t count = 0;
  for (std::uint64_t number = 1; number <= cycle; ++number) {
    count += fails_in(number) != fails_in(number - 1) ? 1 : 0;
  }
  return count;
}

// Every event continues the one before of its check, and there are as many as transitions.
void expect_that_nothing_is_invented(const History& history) {
  std::map<std::string, std::string> status;
  std::map<std::string, std::uint64_t> count;
  for (const Event& event : events_of(history)) {
    const auto known = status.find(event.check);
    EXPECT_EQ(event.from, known == status.end() ? "pass" : known->second);
    EXPECT_NE(event.from, event.to);
    status[event.check] = event.to;
    ++count[event.check];
  }
  EXPECT_EQ(count[std::string{sample_mode.id}], history_of(history, sample_mode).transitions);
  EXPECT_EQ(count[std::string{sample_tokens.id}], history_of(history, sample_tokens).transitions);
}

int rounds() {
  const char* wanted = std::getenv("COMPLIANCE_CRASH_ROUNDS");
  return wanted == nullptr ? 50 : std::atoi(wanted);
}

TEST(KilledWhileWriting, LosesNothingThatWasReportedAndInventsNothing) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  std::mt19937 random{20260625};
  std::uniform_int_distribution<int> writes{0, 80};
  std::uint64_t next = 0;
  for (int round = 0; round < rounds() && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const Published last = recorded_until_killed(path, next, writes(random));
    const Verification found = verify_history(path);
    EXPECT_EQ(found.outcome, Verification::Outcome::intact) << found.message;
    const History history{{.path = path}, time_of(last.cycle)};
    ASSERT_TRUE(history.state().persistent) << history.state().problem;
    // The cycle after the last reported one may be on disk already, and no other.
    const std::uint64_t mode = history_of(history, sample_mode).transitions;
    const std::uint64_t reached = mode == last.mode_transitions ? last.cycle : last.cycle + 1;
    EXPECT_EQ(last.mode_transitions, transitions_until(last.cycle, mode_fails));
    EXPECT_EQ(mode, transitions_until(reached, mode_fails));
    EXPECT_EQ(history_of(history, sample_tokens).transitions,
              transitions_until(reached, tokens_fail));
    EXPECT_EQ(history_of(history, sample_mode).status == Outcome::fail, mode_fails(reached));
    EXPECT_EQ(history_of(history, sample_mode).since, time_of(reached));
    expect_that_nothing_is_invented(history);
    next = reached + 1;
  }
}

// Killed while it creates the file: the next process finds a store or none, never damage.
TEST(KilledWhileCreatingTheStore, LeavesNothingThatLooksLikeDamage) {
  std::mt19937 random{20260625};
  std::uniform_int_distribution<int> writes{0, 30};
  for (int round = 0; round < rounds() / 2 && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const TemporaryDirectory directory;
    const std::string path = directory.path_of("state.db");
    const DirectoryWrites watched{path};
    Child child{[&path](int) { const History history{{.path = path}, after(0)}; }};
    child.kill_after(watched, writes(random));
    make_store(path, 2);
    EXPECT_TRUE(is_whole(path));
    EXPECT_EQ(kept_beside(path), "");
  }
}

}  // namespace
}  // namespace compliance::test::crash_test
