// Instants as text.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// RFC 3339 in UTC with milliseconds (cut, not rounded), such as "2026-06-25T12:00:00.250Z".
std::string rfc3339(std::chrono::sys_time<std::chrono::milliseconds> milliseconds);

// The same of instants of any resolution: the year 9999 does not fit into nanoseconds.
template <class Duration>
std::string rfc3339(std::chrono::sys_time<Duration> instant) {
  return rfc3339(std::chrono::sys_time<std::chrono::milliseconds>{
      std::chrono::floor<std::chrono::milliseconds>(instant)});
}

// Reads an RFC 3339 date, which stands for its beginning in UTC, or an instant, whose fractions of
// a second are cut. Nothing for other texts.
std::optional<std::chrono::sys_seconds> parse_rfc3339(std::string_view text);

}  // namespace compliance
