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
  std::chrono::milliseconds timeout{5'000};
  std::size_t max_output_bytes = 64U << 10U;
};

// The standard output of `command`, run without a shell, with an empty standard input and a
// minimal environment (PATH and NO_COLOR=1). Faults: missing_object and permission_denied when it
// cannot be executed, timeout, limit_exceeded, unexpected_response when it does not exit with 0.
ReadResult<std::string> run_help(const std::vector<std::string>& command, const RunLimits& limits);

}  // namespace compliance::runtime_cli
