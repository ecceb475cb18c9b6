// The query of GET /api/v1/events.
#pragma once

#include <cstddef>

#include "exporter/base/result.h"
#include "exporter/evaluate/check_history.h"
#include "exporter/publish/http/query_parameters.h"

namespace compliance {

// Events that one answer holds at most.
inline constexpr std::size_t max_events = 1000;

// "since=INSTANT&limit=NUMBER&installation=NAME&check=ID": an RFC 3339 date or instant, and 1 to
// max_events. An empty name stands for all; a name that does not exist fits nothing. Of repeated
// parameters the last one counts. Other parameters are ignored; the error names the first value
// that is malformed and does not repeat it.
Result<EventQuery> parse_event_query(const QueryParameters& parameters);

}  // namespace compliance
