// The subcommand `waivers check`.
#pragma once

#include <string>

namespace compliance {

// Evaluates once and lists the state of every waiver in the configured waivers file. Returns 0 if
// all are valid and in use; 1 if one is unused, expired or invalid; 2 for a wrong configuration or
// one without a waivers file.
int run_waivers_check(const std::string& config_file);

}  // namespace compliance
