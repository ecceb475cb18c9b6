// The subcommand `history verify`.
#pragma once

#include <string>

namespace compliance {

// Verifies the event hash chain of the store and prints the result. Returns 0 if it is intact, 1 if
// it is broken, 2 if the store cannot be read.
int run_history_verify(const std::string& state_path);

}  // namespace compliance
