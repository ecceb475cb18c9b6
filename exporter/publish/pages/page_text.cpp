// Small elements and texts that all pages share.
#include "exporter/publish/pages/page_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// Where the parts of "2026-06-25T00:01:18.009Z" end.
constexpr std::size_t to_date = 10;
constexpr std::size_t to_minutes = 16;
constexpr std::size_t to_seconds = 19;

// Shows date and time up to the position `end` of the whole text, which is always in UTC.
void add_time(Html& html, const std::string& whole, std::size_t end) {
  const std::string clock = whole.substr(to_date + 1, end - to_date - 1);
  html.add("time", {{"datetime", whole}}, whole.substr(0, to_date) + " " + clock + " UTC");
}

}  // namespace

void add_badge(Html& html, PageStatus status) {
  // The first class is that of all badges.
  const std::string classes = "status " + std::string{class_of(status)};
  html.add("span", {{"class", classes}}, badge_of(status));
}

void add_severity(Html& html, Severity severity, PageStatus status) {
  const std::string classes =
      "severity " + (status == PageStatus::fail ? std::string{name_of(severity)} : "quiet");
  html.add("span", {{"class", classes}}, name_of(severity));
}

void add_moment(Html& html, const std::string& rfc3339) { add_time(html, rfc3339, to_minutes); }

void add_exact_moment(Html& html, const std::string& rfc3339) {
  add_time(html, rfc3339, to_seconds);
}

std::string time_since(Instant then, Instant now) {
  // Also "just now" for a moment in the future, which another clock may have given.
  using std::chrono::seconds;
  constexpr auto units = std::to_array<std::pair<std::int64_t, std::string_view>>(
      {{86'400, " d"}, {3'600, " h"}, {60, " min"}, {1, " s"}});
  const std::int64_t elapsed = std::chrono::duration_cast<seconds>(now - then).count();
  for (const auto& [length, unit] : units) {
    // Cut, not rounded: "for 2 h" means that two hours have passed.
    if (elapsed >= length) {
      return "for " + std::to_string(elapsed / length) + std::string{unit};
    }
  }
  return "just now";
}

const CheckHistory* history_of(std::string_view check, const PublishedInstallation& installation) {
  const auto found = installation.past.find(check);
  return found == installation.past.end() ? nullptr : &found->second;
}

std::optional<Instant> since_of(const CheckResult& result,
                                const PublishedInstallation& installation) {
  const CheckHistory* past = history_of(result.check->id, installation);
  return past != nullptr && past->status == result.status ? std::optional{past->since}
                                                          : std::nullopt;
}

std::string checks_that(std::size_t count, std::string_view one, std::string_view several) {
  return counted(count, "check ", "checks ") + std::string{count == 1 ? one : several};
}

}  // namespace compliance::pages
