// The subcommand `history verify`.
#include "exporter/commands/history_command.h"

#include <iostream>

#include "exporter/commands/exit_code.h"
#include "exporter/history/verify.h"

namespace compliance {

int run_history_verify(const std::string& state_path) {
  const Verification found = verify_history(state_path);
  const std::string line = state_path + ": " + found.message + '\n';
  switch (found.outcome) {
    case Verification::Outcome::intact:
      std::cout << line;
      return 0;
    case Verification::Outcome::broken:
      std::cerr << line;
      return 1;
    case Verification::Outcome::unreadable:
      break;
  }
  return usage_error(state_path + ": " + found.message);
}

}  // namespace compliance
