// The text of /proc/PID/status -> what it says of a process.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "checks/facts/process_posture.h"

namespace compliance {

// What is not there, or is not as the kernel writes it, is absent.
struct ProcessStatus {
  std::optional<std::uint64_t> parent{};  // 0: outside of the pid namespace
  std::optional<ProcessUsers> users{};
  std::optional<ProcessCapabilities> capabilities{};
  std::optional<bool> no_new_privileges{};
  std::optional<std::uint64_t> seccomp_mode{};

  bool operator==(const ProcessStatus&) const = default;
};

// Pure.
ProcessStatus parse_process_status(std::string_view text);

}  // namespace compliance
