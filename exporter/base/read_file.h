// Reads files of any kind: bounded, never blocking, with faults that an operator can act on.
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

// The fault that `errno_value` means for `path`, in the words of read_file().
Fault access_fault(const std::filesystem::path& path, int errno_value);

}  // namespace compliance
