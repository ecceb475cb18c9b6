// The table of report formats: a new one is a line of it.
#include "exporter/publish/reports/report_formats.h"

#include <algorithm>
#include <array>

#include "exporter/base/text.h"
#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/metrics/runtime_metrics.h"

namespace compliance {
namespace {

// What a scrape would show: verdicts, and the runtime metrics of a daemon where there is
// one.
std::string render_metrics(const Snapshot& snapshot, const ReportOptions& options) {
  return render_exposition(snapshot) +
         (options.runtime == nullptr ? "" : options.runtime->render());
}

constexpr auto formats = std::to_array<ReportFormat>({
    {"table", "text/plain; charset=utf-8", &render_table},
    {"json", "application/json", &render_json_report},
    {"sarif", "application/sarif+json", &render_sarif_report},
    {"junit", "application/xml", &render_junit_report},
    {"oscal", "application/json", &render_oscal_report},
    {"html", "text/html; charset=utf-8", &render_html_report},
    {"metrics", "text/plain; version=0.0.4; charset=utf-8", &render_metrics},
});

}  // namespace

std::span<const ReportFormat> report_formats() { return formats; }

const ReportFormat* find_report_format(std::string_view name) {
  const auto* const found =
      std::find_if(formats.begin(), formats.end(),
                   [name](const ReportFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : found;
}

std::vector<std::string> report_format_names() {
  std::vector<std::string> names;
  names.reserve(formats.size());
  for (const ReportFormat& format : formats) {
    names.emplace_back(format.name);
  }
  return names;
}

std::string report_format_list() { return joined(report_format_names(), ", ", " or "); }

}  // namespace compliance
