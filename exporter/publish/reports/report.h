// Renders a snapshot as a report, for people and for programs.
#pragma once

#include <string>

#include "exporter/publish/snapshot.h"

namespace compliance {

class RuntimeMetrics;

// How a report is rendered. Formats ignore the options that are not theirs.
struct ReportOptions {
  bool verbose = false;                     // passing findings too
  bool color = false;                       // table: ANSI colors
  std::size_t width = 80;                   // table: columns; longer texts are wrapped
  const RuntimeMetrics* runtime = nullptr;  // metrics: shown behind the verdicts
};

// The JSON report, pretty-printed, one newline at the end.
// The order of its members is a part of the interface. Invalid UTF-8 is replaced.
std::string render_json_report(const Snapshot& snapshot, const ReportOptions& options);

// SARIF 2.1.0: a run for each installation, a rule for each check, a result for each failing
// (kind `fail`) and unknown (`open`) finding; waived ones are suppressed.
std::string render_sarif_report(const Snapshot& snapshot, const ReportOptions& options);

// JUnit XML: a suite for each area of an installation, a case for each check. Failing checks are
// failures; unknown ones errors, or skipped if no evidence was configured; not applicable
// and waived ones are skipped, the latter with the waiver.
std::string render_junit_report(const Snapshot& snapshot, const ReportOptions& options);

// OSCAL 1.1.2, assessment results: a result for each installation, an observation for each check, a
// finding for each that passes, fails or is unknown. Only a pass is `satisfied`.
std::string render_oscal_report(const Snapshot& snapshot, const ReportOptions& options);

// The table of `check`: grouped by area, failing and unknown first, each with file:line or
// endpoint and the remediation; a summary line for each installation at the end.
std::string render_table(const Snapshot& snapshot, const ReportOptions& options);

// The built-in pages as one file: the overview, and every check's details with links to them.
std::string render_html_report(const Snapshot& snapshot, const ReportOptions& options);

}  // namespace compliance
