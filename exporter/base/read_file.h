// Reads files that may be anything: bounded, never blocking, with reasons an operator can act on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "exporter/base/read_result.h"

namespace compliance {

// Reads a regular file of at most `max_bytes`. Faults: missing_object (not there, dangling link),
// permission_denied (names the user and group of this process, the directory or file that refuses
// and its owner and mode, and the mount that is needed), unreadable (directory, FIFO, device,
// socket, link loop, read error), limit_exceeded. Opens without blocking on FIFOs; reads what is
// there when the file shrinks or vanishes meanwhile.
ReadResult<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

// What `errno_value` means for an access to `path`, worded as read_file does.
Fault access_fault(const std::filesystem::path& path, int errno_value);

}  // namespace compliance
