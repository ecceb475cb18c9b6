// Snapshot -> Prometheus text exposition format 0.0.4.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "exporter/publish/snapshot.h"

namespace compliance {

// Everything but the process metrics, families and series in a stable order, each once. When the
// series would be more than snapshot.max_series, whole installations are left out and
// series_dropped says so.
std::string render_exposition(const Snapshot& snapshot);

// Counts of the HTTP side, which change between snapshots.
struct HttpCounts {
  std::map<std::pair<std::string, int>, std::uint64_t> requests{};  // (path, code)
  std::map<std::string, std::uint64_t> authentication_failures{};   // by reason
};

// http_* families and the standard process_* ones, rendered at the scrape.
std::string render_process_exposition(const HttpCounts& counts);

}  // namespace compliance
