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

struct ComponentState {
  Outcome status = Outcome::not_applicable;
  Instant since{};
  std::optional<Outcome> definite{};  // the last verdict that was pass or fail, and when
  std::optional<Instant> definite_at{};

  bool operator==(const ComponentState&) const = default;
};

struct CheckState {
  ComponentState own{};
  std::uint64_t transitions = 0;
  std::optional<Instant> last_transition{};
  std::map<Component, ComponentState> components{};  // those that have a finding

  bool operator==(const CheckState&) const = default;
};

using CheckKey = std::pair<std::string, std::string>;  // installation, check
using ComplianceStates = std::map<CheckKey, CheckState>;

}  // namespace compliance
