// The formats of reports, for the command line and for HTTP alike.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/reports/report.h"

namespace compliance {

// One format: its names, and the function that renders it.
struct ReportFormat {
  std::string_view name;          // of --format and of ?format=
  std::string_view content_type;  // over HTTP
  std::string (*render)(const Snapshot& snapshot, const ReportOptions& options);
};

// All of them, the default of the command line first.
std::span<const ReportFormat> report_formats();

// The format of that name, or null.
const ReportFormat* find_report_format(std::string_view name);

// The names, in order.
std::vector<std::string> report_format_names();

// The names as a sentence has them: "table, json or metrics".
std::string report_format_list();

}  // namespace compliance
