// Whether other processes share the pid namespace of this process.
#pragma once

#include <filesystem>

#include "exporter/observe/source_text.h"

namespace compliance {

// The name of the machine's first pid namespace, which has the same number on every machine
// (PROC_PID_INIT_INO in the kernel's proc_ns.h).
inline constexpr auto first_pid_namespace = "pid:[4026531836]";

// True in a pid namespace of its own where nobody is beside the process `self` but its init, if
// that is its parent, and what was started there from outside as the same user: a health check, or
// an operator who looks. What cannot be seen may be anybody. `proc` is /proc but in tests. Faults:
// not_observable, permission_denied.
ReadResult<bool> read_alone_in_pid_namespace(const std::filesystem::path& proc, long self);

}  // namespace compliance
