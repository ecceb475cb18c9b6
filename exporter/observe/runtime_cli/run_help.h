// Runs `PATH --help`, and nothing else, to learn the runtime CLI's commands.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "exporter/observe/source_text.h"

namespace compliance::runtime_cli {

// What the command may cost.
struct RunLimits {
  // From the start of the program to its end.
  std::chrono::milliseconds timeout{5'000};
  // Far more than a genuine help text.
  std::size_t max_output_bytes = 64U << 10U;
};

// The standard output of `command`, run without a shell, with an empty standard input and a minimal
// environment (PATH and NO_COLOR=1). The caller gives the arguments too: only --help is ever run,
// since a management word may act (FACTS.md 11.4, T87). Blocks until the program has ended or is
// killed. Faults: missing_object and permission_denied when it cannot be executed, timeout,
// limit_exceeded, unexpected_response when it does not exit with 0.
ReadResult<std::string> run_help(const std::vector<std::string>& command, const RunLimits& limits);

}  // namespace compliance::runtime_cli
