// Instants as text.
#pragma once

#include <chrono>
#include <string>

namespace compliance {

// RFC 3339 in UTC with milliseconds (cut, not rounded), such as "2026-06-25T12:00:00.250Z".
std::string rfc3339(std::chrono::system_clock::time_point instant);

}  // namespace compliance
