// A network of a Compose project. A genuine installation has one, `caracalData`, that joins all
// services (FACTS.md 1.1).
#pragma once

#include <string>
#include <vector>

#include "checks/facts/fact.h"

namespace compliance {

// One entry of the top-level `networks`. Networks that only services name have no entry.
struct ComposeNetwork {
  std::string key{};           // as services name it
  std::string engine_name{};   // `name`, empty when none is stated
  Fact<std::string> driver{};  // absent: bridge, the engine's default
  Fact<bool> external{};       // made by somebody else: nothing more is known of it
  // The address of the host that ports without one are published on; absent: every address.
  Fact<std::string> host_binding{};
  // Modes that open every port of the members: "routed", "nat-unprotected".
  std::vector<Fact<std::string>> open_gateways{};
  Origin origin{};

  // By key and by what the files state, not by what an engine would make of it.
  bool operator==(const ComposeNetwork&) const = default;
};

}  // namespace compliance
