// The subcommand `history verify`.
#pragma once

#include <string>

namespace compliance {

// Says whether the event chain of the store is whole: 0 yes, 1 no and why, 2 there is no store that
// can be read.
int run_history_verify(const std::string& state_path);

}  // namespace compliance
