// A network of a Compose project. A genuine installation has one, `caracalData`, that joins all
// services (FACTS.md 1.1).
#pragma once

#include <string>

#include "checks/facts/fact.h"

namespace compliance {

// One entry of the top-level `networks`. Networks that only services name have no entry.
struct ComposeNetwork {
  std::string key{};           // as services name it
  std::string engine_name{};   // `name`, empty when none is stated
  Fact<std::string> driver{};  // absent: bridge, the engine's default
  Fact<bool> external{};       // made by somebody else: nothing more is known of it
  Origin origin{};

  // By key and by what the files state, not by what an engine would make of it.
  bool operator==(const ComposeNetwork&) const = default;
};

}  // namespace compliance
