// The query of GET /api/v1/events.
#pragma once

#include <string_view>

#include "exporter/base/result.h"
#include "exporter/evaluate/check_history.h"

namespace compliance {

// The most events that one answer holds.
inline constexpr std::size_t most_events = 1000;

// "since=INSTANT&limit=NUMBER&installation=NAME&check=ID": an RFC 3339 date or instant,
// percent-encoded where it must be, and 1 to most_events. An empty name stands for all. Other
// parameters mean nothing; a malformed value is an error in words.
Result<EventQuery> parse_event_query(std::string_view query);

}  // namespace compliance
