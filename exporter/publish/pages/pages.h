// The pages for a browser, made on request from one snapshot.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/base/result.h"
#include "exporter/evaluate/check_history.h"
#include "exporter/publish/http/query_parameters.h"
#include "exporter/publish/snapshot.h"

namespace compliance::pages {

using EventSource = std::function<Result<EventPage>(const EventQuery&)>;

// All installations, or the one that is asked for; nothing when there is none of that name.
std::optional<std::string> overview_page(const Snapshot& snapshot, std::string_view installation);

// One check in all installations or in one; nothing when neither the catalogue nor the snapshot
// knows it, or there is no such installation. `events` may be empty: there is no history.
struct CheckPageQuery {
  std::string_view check{};
  std::string_view installation{};  // empty: all
};
std::optional<std::string> check_page(const Snapshot& snapshot, const CheckPageQuery& query,
                                      const EventSource& events);

// The changes that `query`, as the page's own form sends it, asks for. The status is that of the
// answer: 400 for a query that cannot be read, 503 for a history that cannot.
struct HistoryPage {
  int status = 200;
  std::string document{};
};
HistoryPage history_page(const Snapshot& snapshot, const QueryParameters& query,
                         const EventSource& events);

}  // namespace compliance::pages
