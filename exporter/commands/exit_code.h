// Exit codes of the commands, and the errors that go with them.
#pragma once

#include <set>
#include <string_view>

#include "exporter/base/result.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// Wrong usage or configuration, in all subcommands. The other codes differ from one to the next.
inline constexpr int exit_usage = 2;

// Prints "caracal-compliance-exporter: MESSAGE" on stderr and returns the code.
int report_error(std::string_view message, int code);

// The same for exit_usage.
int usage_error(std::string_view message);
// The same with the message of an error.
int usage_error(const Error& error);

// Which findings count for the exit code of `check`. Waived ones never do.
struct ExitRules {
  Severity fail_on = Severity::low;  // failing ones below it do not count
  bool allow_unknown = false;  // but for what could not be parsed, and sources without anything
  std::set<const Finding*> known{};  // of the snapshot, in the baseline
};

// 1 when a check has a failing finding at or above `fail_on` that is neither waived nor known; 3
// when nothing fails so, but a check is unknown by a finding that is not known and for which
// something was configured; else 0. A failure below `fail_on` alone gives 0, not 3.
int exit_code_of(const Snapshot& snapshot, const ExitRules& rules);

}  // namespace compliance
