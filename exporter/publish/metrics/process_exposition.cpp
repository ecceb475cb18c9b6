// What changes between snapshots, rendered at the scrape: counts of the HTTP side and /proc.
#include <array>

#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/metrics/process_metrics.h"
#include "exporter/publish/metrics/series.h"

namespace compliance {
namespace {

// As authentication.h names them; they are there from the start, so that rates see the first one.
constexpr std::array<std::string_view, 3> failure_reasons{"missing", "malformed", "mismatch"};

}  // namespace

std::string render_process_exposition(const HttpCounts& counts) {
  SeriesBlock block;
  for (const auto& [path_and_code, count] : counts.requests) {
    block.add(metric::http_requests,
              {{"path", path_and_code.first}, {"code", std::to_string(path_and_code.second)}},
              static_cast<double>(count));
  }
  for (const std::string_view reason : failure_reasons) {
    const auto count = counts.authentication_failures.find(std::string{reason});
    block.add(
        metric::http_authentication_failures, {{"reason", reason}},
        count == counts.authentication_failures.end() ? 0 : static_cast<double>(count->second));
  }
  add_process_series(block, observe_process("/proc"));
  return exposition_of({block});
}

}  // namespace compliance
