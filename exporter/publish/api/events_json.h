// Events -> the JSON of /api/v1/events.
#pragma once

#include <string>

#include "exporter/evaluate/check_history.h"

namespace compliance {

// {"events": [newest first], "more": whether older ones fit the query too, "persistent": whether
// they survive this process}, pretty-printed, one newline at the end. What an event has no word for
// is null.
std::string render_events_json(const EventPage& page, bool persistent);

}  // namespace compliance
