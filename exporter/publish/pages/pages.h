// The pages for a browser, made on request from one snapshot. Pure but for the source of
// events.
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

// Reads the changes that fit a query. Empty where there is no history; an error where it
// cannot be read.
using EventSource = std::function<Result<EventPage>(const EventQuery&)>;

// All installations, or the one that is asked for; nothing when there is none of that name.
// An empty name stands for all.
std::optional<std::string> overview_page(const Snapshot& snapshot, std::string_view installation);

// Which check, and in which installation.
struct CheckPageQuery {
  std::string_view check{};
  std::string_view installation{};  // empty: all
};
// The page of one check. Nothing when neither the catalogue nor the snapshot knows it, or
// there is no such installation. A check that is switched off has a page with its
// description.
std::optional<std::string> check_page(const Snapshot& snapshot, const CheckPageQuery& query,
                                      const EventSource& events);

// A document and the status of the answer: 400 for a query that cannot be read, 503 for a
// history that cannot. Both show the form again, with the problem.
struct HistoryPage {
  int status = 200;
  std::string document{};
};
// The changes that `query` asks for, as the page's own form sends it: fields that were left
// empty do not count.
HistoryPage history_page(const Snapshot& snapshot, const QueryParameters& query,
                         const EventSource& events);

}  // namespace compliance::pages
