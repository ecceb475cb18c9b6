// Changes of verdicts as a list, newest first.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/evaluate/check_history.h"
#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// The status of that name; nothing for names of another version.
std::optional<PageStatus> status_named(std::string_view outcome);

enum class EventSubject : std::uint8_t {
  check_and_installation,  // of a list over several: each says which, with a link
  component,               // of one check of one installation
};

void add_events(Html& html, const std::vector<Event>& events, EventSubject subject);

}  // namespace compliance::pages
