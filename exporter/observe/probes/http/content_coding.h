// Bodies that came compressed although nobody asked for it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "exporter/observe/source_text.h"

namespace compliance::probes {

// The content of one or more gzip members (RFC 1952). Never holds more than `limit` bytes of it.
// Faults: limit_exceeded (there is more than that), protocol_error (broken or cut off).
ReadResult<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace compliance::probes
