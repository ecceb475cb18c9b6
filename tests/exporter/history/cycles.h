// Cycles for the tests of history: what an evaluation says, at times of a fake clock.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "exporter/history/history.h"
#include "tests/support/snapshots.h"

namespace compliance::test {

// A day in June; the tests count seconds from it.
inline Instant after(std::int64_t seconds) {
  return instant_at(1'782'345'600'000 + seconds * 1000);
}

inline CheckResult passes(const Check& check) {
  return result_with(check, {passing(Component::api, "")});
}

inline CheckResult fails(const Check& check, Component component = Component::api,
                         std::string message = "runs in development mode") {
  return result_with(check, {failing(component, "service x", std::move(message))});
}

inline CheckResult is_unknown(const Check& check, UnknownReason reason) {
  return result_with(check, {undecided(Component::api, "", reason, "cannot be told")});
}

inline InstallationResult installation(std::vector<CheckResult> checks,
                                       std::string name = "production") {
  return {.name = std::move(name), .checks = std::move(checks)};
}

inline void record(History& history, const std::vector<InstallationResult>& cycle, Instant now) {
  std::vector<const InstallationResult*> results;
  for (const InstallationResult& result : cycle) {
    results.push_back(&result);
  }
  history.record(results, now);
}

inline void record(History& history, std::vector<CheckResult> checks, Instant now) {
  record(history, std::vector{installation(std::move(checks))}, now);
}

inline CheckHistory history_of(const History& history, const Check& check,
                               const std::string& name = "production") {
  const auto past = history.history_of(name);
  const auto found = past.find(check.id);
  return found == past.end() ? CheckHistory{} : found->second;
}

inline bool is_remembered(const History& history, const Check& check,
                          const std::string& name = "production") {
  return history.history_of(name).contains(check.id);
}

// Oldest first.
inline std::vector<Event> events_of(const History& history) {
  const auto page = history.events({.limit = 1'000'000});
  if (!page) {
    return {};
  }
  return {page.value().events.rbegin(), page.value().events.rend()};
}

}  // namespace compliance::test
