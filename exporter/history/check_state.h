// The state of each check and each of its components, as the store keeps it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "checks/check.h"
#include "exporter/base/instant.h"

namespace compliance {

// The state of a check, or of one component of it.
struct ComponentState {
  Outcome status = Outcome::not_applicable;
  // When `status` was first seen; recorded by the first sample where nothing came before.
  Instant since{};
  std::optional<Outcome> definite{};  // the last verdict that was pass or fail, and when
  std::optional<Instant> definite_at{};

  // Times count too: the same status seen again later is another state.
  bool operator==(const ComponentState&) const = default;
};

// What is kept of one check of one installation. A check that is not evaluated any more
// has none.
struct CheckState {
  ComponentState own{};
  // Changes of the check's own status since the store was made.
  std::uint64_t transitions = 0;
  // Absent while no change was seen: the first status of a check is none.
  std::optional<Instant> last_transition{};
  std::map<Component, ComponentState> components{};  // those that have a finding

  bool operator==(const CheckState&) const = default;
};

using CheckKey = std::pair<std::string, std::string>;  // installation, check
// Ordered, so that the checks of one installation lie side by side.
using ComplianceStates = std::map<CheckKey, CheckState>;

}  // namespace compliance
