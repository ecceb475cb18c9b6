// Exit codes of the commands.
#pragma once

#include <set>
#include <string_view>

#include "exporter/base/result.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// Wrong usage or configuration.
inline constexpr int exit_usage = 2;

// Prints the error on stderr behind the program's name and returns exit_usage.
int usage_error(std::string_view message);
int usage_error(const Error& error);

// Which findings count.
struct ExitRules {
  Severity fail_on = Severity::low;  // failing ones below it do not
  bool allow_unknown = false;
  std::set<const Finding*> known{};  // of the snapshot; a baseline holds them
};

// 1 when a check has a failing finding at or above `fail_on` that is neither waived nor known; 3
// when nothing fails so, but a check is unknown by a finding that is not known and for which
// something was configured; else 0.
int exit_code_of(const Snapshot& snapshot, const ExitRules& rules);

}  // namespace compliance
