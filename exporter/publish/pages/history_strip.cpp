// Draws the past of a check as a strip: windows, stretches of time, and SVG.
#include "exporter/publish/pages/history_strip.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "exporter/base/timestamp.h"
#include "exporter/publish/pages/event_list.h"
#include "exporter/publish/pages/page_text.h"

namespace compliance::pages {
namespace {

// The class of a time of which no status is known.
constexpr std::string_view nothing = "nothing";
// Units of the drawing, which browsers scale to the width of the page.
constexpr int strip_width = 1'000;

// Outcomes of another version count as unknown times.
std::string_view class_named(std::string_view outcome) {
  const auto status = status_named(outcome);
  return status ? class_of(*status) : nothing;
}

// Bad statuses stand higher, so that grey print shows them too. Of 30 units.
int height_of(std::string_view css_class) {
  constexpr auto heights = std::to_array<std::pair<std::string_view, int>>(
      {{"fail", 30}, {"unknown", 20}, {"pass", 9}, {"na", 4}});
  for (const auto& [name, height] : heights) {
    if (name == css_class) {
      return height;
    }
  }
  return 2;
}

// Where in the strip a moment lies, from 0 to strip_width; moments outside of the window
// lie at its ends.
int place_in(const StripWindow& window, Instant at) {
  const std::chrono::duration<double> elapsed = at - window.begin;
  const std::chrono::duration<double> all = window.end - window.begin;
  return static_cast<int>(strip_width * std::clamp(elapsed / all, 0.0, 1.0));
}

// From one place to the next, standing on the ground. Nothing where no room is left.
void add_part(Html& html, int begin, int end, std::string_view css_class) {
  if (end <= begin) {
    return;
  }
  const int height = height_of(css_class);
  const Html::Element part = html.open("rect", {{"class", css_class},
                                                {"x", std::to_string(begin)},
                                                {"y", std::to_string(30 - height)},
                                                {"width", std::to_string(end - begin)},
                                                {"height", std::to_string(height)}});
}

}  // namespace

StripWindow window_of(Instant earliest, Instant now) {
  using std::chrono::hours;
  constexpr auto windows =
      std::to_array<std::pair<hours, std::string_view>>({{hours{1}, "the last hour"},
                                                         {hours{24}, "the last 24 hours"},
                                                         {hours{24 * 7}, "the last 7 days"},
                                                         {hours{24 * 30}, "the last 30 days"},
                                                         {hours{24 * 90}, "the last 90 days"}});
  for (const auto& [length, name] : windows) {
    if (now - earliest <= length) {
      return {.name = name, .begin = now - length, .end = now};
    }
  }
  return {.name = windows.back().second, .begin = now - windows.back().first, .end = now};
}

std::vector<Stretch> stretches_of(const std::vector<Event>& events, const CheckHistory& past,
                                  Instant now) {
  constexpr int share_of_the_time_before = 20;
  std::vector<Stretch> stretches;
  // Stretches go forward in time.
  const std::vector<Event> oldest_first{events.rbegin(), events.rend()};
  for (const Event& event : oldest_first) {
    // Changes of single components leave the status of the check as it is.
    if (event.scope != "check") {
      continue;
    }
    if (stretches.empty()) {
      // When that status began is not known, so it gets a twentieth of the time since.
      const Instant before = event.at - (now - event.at) / share_of_the_time_before;
      stretches.push_back({.begin = before, .css_class = class_named(event.from)});
    }
    stretches.push_back({.begin = event.at, .css_class = class_named(event.to)});
  }
  if (stretches.empty()) {
    stretches.push_back({.begin = past.since, .css_class = class_of(status_of(past.status))});
  }
  return stretches;
}

void add_strip(Html& html, const std::vector<Stretch>& stretches, Instant now) {
  // However short and recent they were, the newest ones are seen.
  constexpr std::size_t min_width = 4;
  constexpr std::size_t always_seen = 5;
  const StripWindow window = window_of(stretches.front().begin, now);
  std::vector<int> places;
  for (const Stretch& stretch : stretches) {
    // Leaves room for this stretch and for those after it, up to always_seen of them.
    const std::size_t after = std::min(stretches.size() - places.size(), always_seen);
    places.push_back(std::min(place_in(window, stretch.begin),
                              static_cast<int>(strip_width - min_width * after)));
  }
  places.push_back(strip_width);
  {
    const Html::Element strip = html.open("svg", {{"class", "strip"},
                                                  {"viewBox", "0 0 1000 30"},
                                                  {"preserveAspectRatio", "none"},
                                                  {"aria-hidden", "true"}});
    add_part(html, 0, places.front(), nothing);
    for (std::size_t index = 0; index < stretches.size(); ++index) {
      add_part(html, places[index], places[index + 1], stretches[index].css_class);
    }
  }
  const Html::Element ends = html.open("p", {{"class", "ends"}});
  add_moment(html, rfc3339(window.begin));
  html.add("span", "now");
}

}  // namespace compliance::pages
