// What is remembered of checks: plain facts that history keeps and publish shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/check.h"
#include "exporter/base/instant.h"

namespace compliance {

// What is known of one check beyond this cycle.
struct CheckHistory {
  // The status that stands: another one than this cycle's only while a result is pending.
  Outcome status = Outcome::not_applicable;
  Instant since{};  // when it was first seen
  std::uint64_t transitions = 0;
  std::optional<Instant> last_transition{};  // absent until one was seen
  std::optional<Instant> last_evaluated{};   // last definite verdict

  // Times count, so that a verdict seen again is a change here.
  bool operator==(const CheckHistory&) const = default;
};

// One change, in the words that are stored: names may come from another version of the catalogue.
struct Event {
  std::uint64_t sequence = 0;  // from 1, without gaps
  Instant at{};
  std::string installation{};
  std::string check{};
  // "check": the status of the check changed; "component": within an unchanged status, whether this
  // component fails.
  std::string scope{};
  std::string component{};
  std::string from{};
  std::string to{};
  std::string reason{};  // of an unknown one
  std::string object{};
  std::string origin{};  // place:line:column, or the endpoint
  std::string message{};
  std::string hash{};  // 32 raw bytes; empty when no store keeps the event

  // Number and hash count: equal events are the same row.
  bool operator==(const Event&) const = default;
};

// Which events are asked for; all conditions have to hold.
struct EventQuery {
  std::optional<Instant> since{};  // this moment and later
  std::size_t limit = 100;
  std::string installation{};  // empty: all
  std::string check{};         // empty: all
};

// As the store's own query selects them: both answer the same requests.
inline bool fits(const Event& event, const EventQuery& query) {
  return (!query.since || event.at >= *query.since) &&
         (query.installation.empty() || event.installation == query.installation) &&
         (query.check.empty() || event.check == query.check);
}

// Newest first.
struct EventPage {
  std::vector<Event> events{};
  bool more = false;  // older ones fit the query too

  bool operator==(const EventPage&) const = default;
};

}  // namespace compliance
