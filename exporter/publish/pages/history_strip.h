// Draws the past of a check as a strip of colours and heights.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/evaluate/check_history.h"
#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// A stretch of time with one status, up to the next one's beginning.
struct Stretch {
  Instant begin{};
  std::string_view css_class{};  // "nothing" where no status is known

  // Both members; for tests.
  bool operator==(const Stretch&) const = default;
};

// The time that a strip shows. `name` is for people.
struct StripWindow {
  std::string_view name{};  // "the last 7 days"
  Instant begin{};
  Instant end{};
};

// The shortest window up to `now` that holds all that is known; else the last 90 days.
StripWindow window_of(Instant earliest, Instant now);

// What is known up to `now`: `events` are the check's own, newest first. What was before the oldest
// of them is known, but not since when: it is a short stretch. Without events it is what stands
// now, by `past`, since it began.
std::vector<Stretch> stretches_of(const std::vector<Event>& events, const CheckHistory& past,
                                  Instant now);

// The strip, for the eye alone: the list of changes beside it says the same.
void add_strip(Html& html, const std::vector<Stretch>& stretches, Instant now);

}  // namespace compliance::pages
