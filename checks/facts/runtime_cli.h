// The command surface of the runtime CLI, read from its help text. Source: FACTS.md 11.3.
#pragma once

#include <string>
#include <vector>

#include "checks/facts/fact.h"

namespace compliance {

// Only names are kept. Summaries and lists of subcommands are no commands (FACTS.md T84).
struct RuntimeCli {
  std::vector<Located<std::string>> commands{};  // top-level command names
  std::vector<Located<std::string>> headings{};  // group headings such as "Stack"
  Origin origin{};

  // In the order of the help text, which counts.
  bool operator==(const RuntimeCli&) const = default;
};

}  // namespace compliance
