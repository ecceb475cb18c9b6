// The subcommand `history verify`.
#pragma once

#include <string>

namespace compliance {

// Verifies the event hash chain of the store and prints the result, one line. Returns 0 if it is
// intact (with the head's hash, to be noted down elsewhere), 1 if it is broken, 2 if the store
// cannot be read. Works beside a running daemon and changes nothing.
int run_history_verify(const std::string& state_path);

}  // namespace compliance
