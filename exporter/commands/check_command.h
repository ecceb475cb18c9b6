// The subcommand `check`: one evaluation, one report, an exit code for pipelines.
#pragma once

#include <set>
#include <string>

#include "exporter/commands/ad_hoc_sources.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// The flags of `check`. Either `config_file` or `sources` is given, never both.
struct CheckOptions {
  std::string config_file{};
  AdHocSources sources{};
  // Names one of report_formats(); others are rejected by the command line.
  std::string format = "table";  // one of report_formats()
  std::string output{};          // empty: standard output
  std::string baseline{};        // a JSON report; empty: none
  Severity fail_on = Severity::low;
  // Exit code 0 instead of 3 for configured checks that could not be evaluated.
  bool allow_unknown = false;
  std::string installation{};  // only this one
  // Ids of the only checks to evaluate, off by default or not; empty: all that are enabled.
  std::set<std::string, std::less<>> checks{};
  bool extended = false;
  bool offline = false;  // no requests, no DNS lookups
  bool verbose = false;
};

// Evaluates once, prints the report and returns the exit code: as exit_code_of() says, or 2 with a
// line on stderr for wrong usage, a bad configuration or a report that cannot be written. Without
// `offline` it first waits until every target has been probed.
int run_check(const CheckOptions& options);

}  // namespace compliance
