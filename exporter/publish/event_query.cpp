// The query of GET /api/v1/events.
#include "exporter/publish/event_query.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

// The nearest instant that the clock can represent.
Instant clamped(std::chrono::sys_seconds instant) {
  const auto earliest = std::chrono::ceil<std::chrono::seconds>(Instant::min());
  const auto latest = std::chrono::floor<std::chrono::seconds>(Instant::max());
  return std::clamp(instant, earliest, latest);
}

// A whole number in bounds; nothing for other texts. Beyond the bound is an error and not cut, so
// that nobody takes a part for the whole.
std::optional<std::size_t> parse_limit(std::string_view text) {
  std::size_t limit = 0;
  const char* const end =
      text.data() + text.size();  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic):
                                  // from_chars takes pointers
  const auto [last, error] = std::from_chars(text.data(), end, limit);
  const bool good = error == std::errc{} && last == end && limit >= 1 && limit <= max_events;
  return good ? std::optional{limit} : std::nullopt;
}

// Nothing on success. Fractions of a second are cut, which can only include more.
std::optional<Error> take_since(const std::optional<std::string>& value, EventQuery& wanted) {
  const auto since = value ? parse_rfc3339(*value) : std::nullopt;
  if (!since) {
    return Error{"since must be an RFC 3339 date or instant"};
  }
  wanted.since = clamped(*since);
  return std::nullopt;
}

// Nothing on success.
std::optional<Error> take_limit(const std::optional<std::string>& value, EventQuery& wanted) {
  const auto limit = value ? parse_limit(*value) : std::nullopt;
  if (!limit) {
    return Error{"limit must be a number from 1 to " + std::to_string(max_events)};
  }
  wanted.limit = *limit;
  return std::nullopt;
}

// Adds one parameter to the query; the error says why its value is not valid.
std::optional<Error> take_parameter(const QueryParameter& parameter, EventQuery& wanted) {
  const auto& [name, value] = parameter;
  if (name == "since") {
    return take_since(value, wanted);
  }
  if (name == "limit") {
    return take_limit(value, wanted);
  }
  if (name != "installation" && name != "check") {
    return std::nullopt;
  }
  if (!value) {
    return Error{name + " is not percent-encoded as it must be"};
  }
  (name == "check" ? wanted.check : wanted.installation) = *value;
  return std::nullopt;
}

}  // namespace

Result<EventQuery> parse_event_query(const QueryParameters& parameters) {
  EventQuery wanted;
  for (const QueryParameter& parameter : parameters) {
    if (const auto error = take_parameter(parameter, wanted)) {
      return *error;
    }
  }
  return wanted;
}

}  // namespace compliance
