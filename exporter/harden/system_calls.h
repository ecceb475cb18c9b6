// The system calls of the daemon, by name: libseccomp knows their numbers on each architecture.
#pragma once

#include <span>

namespace compliance {

// What the daemon and its libraries (c-ares, libcurl, OpenSSL, SQLite, glibc) call, whatever the
// arguments are. Those whose arguments matter are in filter_rules().
std::span<const char* const> daemon_calls();

// What `caracal --help` may call beside them: a program inherits the filter of who starts it, and
// this one is a large runtime (JavaScript, its compiler and its threads).
std::span<const char* const> program_calls();

// What sanitizers call beside them; empty in builds without them. The leak check at the end starts
// a thread that stops and reads all others.
std::span<const char* const> sanitizer_calls();

// Calls that are answered "not known here" instead of "not permitted": libraries have an older way
// to the same and take it only after that answer.
std::span<const char* const> superseded_calls();

}  // namespace compliance
