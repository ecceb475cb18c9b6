// Exit codes of the commands, and the errors that go with them.
#pragma once

#include <set>
#include <string_view>

#include "exporter/base/result.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// Wrong usage or configuration.
inline constexpr int exit_usage = 2;

// Prints "caracal-compliance-exporter: MESSAGE" on stderr and returns the code.
int report_error(std::string_view message, int code);

// The same for exit_usage.
int usage_error(std::string_view message);
int usage_error(const Error& error);

// Which findings count.
struct ExitRules {
  Severity fail_on = Severity::low;  // failing ones below it do not count
  bool allow_unknown = false;
  std::set<const Finding*> known{};  // of the snapshot, in the baseline
};

// 1 when a check has a failing finding at or above `fail_on` that is neither waived nor known; 3
// when nothing fails so, but a check is unknown by a finding that is not known and for which
// something was configured; else 0.
int exit_code_of(const Snapshot& snapshot, const ExitRules& rules);

}  // namespace compliance
