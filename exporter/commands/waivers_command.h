// The subcommand `waivers check`.
#pragma once

#include <string>

namespace compliance {

// Evaluates once, with probes, and lists the state of every waiver in the configured waivers file
// and every invalid entry. Returns 0 if all are valid and in use, those that expire soon included;
// 1 if one is unused, expired or invalid; 2 for a wrong configuration or one without a waivers
// file. Waivers of the exporter's own installation are listed and not held against the file: only a
// daemon has them.
int run_waivers_check(const std::string& config_file);

}  // namespace compliance
