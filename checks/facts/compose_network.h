// A network of a Compose project.
#pragma once

#include <string>

#include "checks/facts/fact.h"

namespace compliance {

struct ComposeNetwork {
  std::string key{};           // as services name it
  std::string engine_name{};   // `name`, empty when none is stated
  Fact<std::string> driver{};  // absent: bridge, the engine's default
  Fact<bool> external{};       // made by somebody else: nothing more is known of it
  Origin origin{};

  bool operator==(const ComposeNetwork&) const = default;
};

}  // namespace compliance
