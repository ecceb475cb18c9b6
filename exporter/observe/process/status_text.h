// Parses the text of /proc/PID/status (proc(5)).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "checks/facts/process_posture.h"

namespace compliance {

// The fields of the text that rules need. What is not there, or is not as the kernel writes it, is
// absent.
struct ProcessStatus {
  std::optional<std::uint64_t> parent{};  // 0: outside of the pid namespace
  // Real, effective, saved and file system user, from Uid.
  std::optional<ProcessUsers> users{};
  // Sets of bits, as of capabilities(7).
  std::optional<ProcessCapabilities> capabilities{};
  std::optional<bool> no_new_privileges{};
  // 0: none, 1: strict, 2: filter.
  std::optional<std::uint64_t> seccomp_mode{};

  bool operator==(const ProcessStatus&) const = default;
};

// Pure and never fails: a field that cannot be read does not touch the others.
ProcessStatus parse_process_status(std::string_view text);

}  // namespace compliance
