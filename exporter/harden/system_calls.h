// The system calls of the daemon, by name: libseccomp knows their numbers on each architecture.
#pragma once

#include <span>

namespace compliance {

// What the daemon and its libraries (c-ares, libcurl, OpenSSL, SQLite, glibc) call, whatever the
// arguments are. Those whose arguments matter are rules of the filter.
std::span<const char* const> daemon_calls();

// What `caracal --help` may call beside them: a program inherits the filter of who starts it, and
// this one is a large runtime (JavaScript, its compiler and its threads).
std::span<const char* const> program_calls();

// True in builds with a sanitizer, which needs more than the daemon does: at the end the leak check
// starts a thread of its own kind, which stops and reads all others.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized_build = true;
#else
inline constexpr bool sanitized_build = false;
#endif

// What sanitizers call beside them, for such builds alone.
std::span<const char* const> sanitizer_calls();

// Calls that are answered "not known here" instead of "not permitted": libraries have an older way
// to the same and take it only after that answer.
std::span<const char* const> superseded_calls();

}  // namespace compliance
