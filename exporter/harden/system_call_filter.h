// The daemon's filter of system calls.
#pragma once

#include <cstdint>
#include <optional>

#include "exporter/base/result.h"

namespace compliance {

// Whether the process may start programs: only where `runtime_cli.command` is configured.
enum class Programs : std::uint8_t { none, may_start };

// Sets a filter for all threads of the process, for good: what is not on the list of system_calls.h
// fails with EPERM and is told to the kernel's audit log. It fails and does not kill: what is
// denied is safe either way, and a monitor that a library's new call ends would be blind. Nothing,
// or why there is no filter; the process goes on as it was then. Needs no_new_privs or
// CAP_SYS_ADMIN (seccomp(2)).
std::optional<Error> filter_system_calls(Programs programs);

}  // namespace compliance
