// kill -9 while history is written: what was reported is there, nothing else is, the chain is
// whole.
#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is not in <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test {
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

// Lets a child record from `first` on, kills it some microseconds after its first word, and gives
// its last word.
Published recorded_until_killed(const std::string& path, std::uint64_t first,
                                std::chrono::microseconds delay) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    record_on(path, first, ends[1]);
  }
  ::close(ends[1]);
  pollfd word{.fd = ends[0], .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&word, 1, 60'000), 1);
  const timespec pause{.tv_sec = 0, .tv_nsec = delay.count() * 1000};
  ::nanosleep(&pause, nullptr);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child could not write";
  Published last;
  Published next;
  while (::read(ends[0], &next, sizeof next) == sizeof next) {
    last = next;
  }
  ::close(ends[0]);
  return last;
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
  std::uniform_int_distribution<int> delay{0, 20'000};
  std::uint64_t next = 0;
  for (int round = 0; round < rounds() && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const Published last =
        recorded_until_killed(path, next, std::chrono::microseconds{delay(random)});
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

// The file is made while the process is killed: the next one finds a store or none, never damage.
TEST(KilledWhileTheStoreIsMade, LeavesNothingThatIsTakenForDamage) {
  std::mt19937 random{20260625};
  std::uniform_int_distribution<int> delay{0, 30'000};
  for (int round = 0; round < rounds() / 2 && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const TemporaryDirectory directory;
    const std::string path = directory.path_of("state.db");
    const pid_t child = ::fork();
    if (child == 0) {
      const History history{{.path = path}, after(0)};
      ::_exit(0);
    }
    const timespec pause{.tv_sec = 0, .tv_nsec = delay(random) * 1000L};
    ::nanosleep(&pause, nullptr);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    make_store(path, 2);
    EXPECT_TRUE(is_whole(path));
    EXPECT_EQ(kept_beside(path), "");
  }
}

}  // namespace
}  // namespace compliance::test
