// The configuration file -> Config.
#pragma once

#include <map>
#include <string>

#include "exporter/base/result.h"
#include "exporter/config/config.h"

namespace compliance {

// Parses the text of the configuration file `path`; relative paths in it are relative to its
// directory. Opens no file. The error holds every problem, one a line, as FILE:LINE:COLUMN: what is
// wrong, what is allowed; a valid part of a file with problems is never used.
Result<Config> parse_config(const std::string& path, const std::string& text);

// The section `policy`: thresholds of checks, and how probes are made.
struct PolicySection {
  Policy policy{};
  ProbeSettings probing{};
};

// The section `policy` from texts by key, as the command line gives them. Same keys and same bounds
// as in the file; the error names no position, and of several problems each is a line.
Result<PolicySection> parse_policy(const std::map<std::string, std::string>& thresholds);

}  // namespace compliance
