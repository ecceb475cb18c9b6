// The subcommand `check`: one evaluation, one report, an exit code for pipelines.
#pragma once

#include <set>
#include <string>

#include "exporter/commands/ad_hoc_sources.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

struct CheckOptions {
  std::string config_file{};
  AdHocSources sources{};
  std::string format = "table";  // one of report_formats()
  std::string output{};          // empty: standard output
  std::string baseline{};        // a JSON report; empty: none
  Severity fail_on = Severity::low;
  bool allow_unknown = false;
  std::string installation{};  // only this one
  std::set<std::string, std::less<>> checks{};
  bool extended = false;
  bool offline = false;  // no requests, no DNS lookups
  bool verbose = false;
};

// Runs it and returns the exit code; exit_code_of() tells which.
int run_check(const CheckOptions& options);

}  // namespace compliance
