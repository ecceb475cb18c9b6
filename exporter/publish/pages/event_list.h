// Writes changes of verdicts as a list.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/evaluate/check_history.h"
#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// The status of a stored outcome, such as "fail"; nothing for names that this version does
// not know.
// Waived and missing evidence are no outcomes, so no name gives those.
std::optional<PageStatus> status_named(std::string_view outcome);

// How much each entry has to say about what it concerns.
enum class EventSubject : std::uint8_t {
  check_and_installation,  // of a list over several: each says which, with a link
  component,               // of one check of one installation
};

// One entry for each event, in the order that is given, which is newest first.
void add_events(Html& html, const std::vector<Event>& events, EventSubject subject);

}  // namespace compliance::pages
