// The command surface of the runtime CLI, read from its help text.
#pragma once

#include <string>
#include <vector>

#include "checks/facts/fact.h"

namespace compliance {

struct RuntimeCli {
  std::vector<Located<std::string>> commands{};  // top-level command names
  std::vector<Located<std::string>> headings{};  // group headings such as "Stack"
  Origin origin{};

  bool operator==(const RuntimeCli&) const = default;
};

}  // namespace compliance
