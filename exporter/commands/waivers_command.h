// The subcommand `waivers check`.
#pragma once

#include <string>

namespace compliance {

// Judges once and says of every waiver of the configuration's waivers file what it is good for. The
// result is the exit code: 0 all are used and good; 1 one is unused, expired or invalid; 2 wrong
// configuration, or no waivers file in it.
int run_waivers_check(const std::string& config_file);

}  // namespace compliance
