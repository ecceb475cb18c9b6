// The query of GET /api/v1/events.
#include "exporter/publish/event_query.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

std::optional<int> hex_digit(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t place = digits.find(lower);
  return place == std::string_view::npos ? std::nullopt : std::optional{static_cast<int>(place)};
}

// The text without percent-encoding; nothing where that is broken. A plus stays one, since instants
// have them.
std::optional<std::string> decoded(std::string_view text) {
  constexpr int base = 16;
  std::string result;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] != '%') {
      result += text[index];
      continue;
    }
    const auto high = index + 2 < text.size() ? hex_digit(text[index + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[index + 2]) : std::nullopt;
    if (!low) {
      return std::nullopt;
    }
    result += static_cast<char>(*high * base + *low);
    index += 2;
  }
  return result;
}

// Instants that the clock cannot hold become the nearest that it can.
Instant clamped(std::chrono::sys_seconds instant) {
  const auto earliest = std::chrono::ceil<std::chrono::seconds>(Instant::min());
  const auto latest = std::chrono::floor<std::chrono::seconds>(Instant::max());
  return std::clamp(instant, earliest, latest);
}

std::optional<std::size_t> parse_limit(std::string_view text) {
  std::size_t limit = 0;
  const char* const end =
      text.data() + text.size();  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic):
                                  // from_chars takes pointers
  const auto [last, error] = std::from_chars(text.data(), end, limit);
  const bool good = error == std::errc{} && last == end && limit >= 1 && limit <= most_events;
  return good ? std::optional{limit} : std::nullopt;
}

// Takes one parameter over; why not, when its value cannot be read.
std::optional<Error> take_parameter(std::string_view name, const std::optional<std::string>& value,
                                    EventQuery& wanted) {
  if (name == "since") {
    const auto since = value ? parse_rfc3339(*value) : std::nullopt;
    if (!since) {
      return Error{"since must be an RFC 3339 date or instant"};
    }
    wanted.since = clamped(*since);
  }
  if (name == "limit") {
    const auto limit = value ? parse_limit(*value) : std::nullopt;
    if (!limit) {
      return Error{"limit must be a number from 1 to " + std::to_string(most_events)};
    }
    wanted.limit = *limit;
  }
  return std::nullopt;
}

}  // namespace

Result<EventQuery> parse_event_query(std::string_view query) {
  EventQuery wanted;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto value = decoded(parameter.substr(std::min(equals + 1, parameter.size())));
    if (const auto error = take_parameter(parameter.substr(0, equals), value, wanted)) {
      return *error;
    }
  }
  return wanted;
}

}  // namespace compliance
