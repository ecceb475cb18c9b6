// Snapshot -> reports for people and programs.
#pragma once

#include <string>

#include "exporter/publish/snapshot.h"

namespace compliance {

struct ReportOptions {
  bool verbose = false;    // passing findings too
  bool colour = false;     // table: ANSI colours
  std::size_t width = 80;  // table: columns; longer texts are wrapped
};

// The JSON report of interface.md, pretty-printed, one newline at the end.
std::string render_json_report(const Snapshot& snapshot, const ReportOptions& options);

// The table of `check`: grouped by area, failing and unknown first, each with file:line or
// endpoint and the remediation; a summary line for each installation at the end.
std::string render_table(const Snapshot& snapshot, const ReportOptions& options);

// The built-in pages as one file: the overview, and every check's details with links to them.
std::string render_html_report(const Snapshot& snapshot, const ReportOptions& options);

}  // namespace compliance
