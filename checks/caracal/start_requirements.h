// What each service demands before it starts. Source: facts 2.3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/container.h"

namespace compliance {

enum class RequirementState : std::uint8_t { met, missing, undecided };

// One setting that a service cannot start without.
struct StartRequirement {
  std::string names{};  // "SECRET_STORE_KEK or ZONE_KEK": any of them will do
  RequirementState state = RequirementState::met;
  Fault fault{};    // why it is undecided
  Origin origin{};  // the variable in effect, or the container

  bool operator==(const StartRequirement&) const = default;
};

// The requirements that apply to the container by its component, mode, release and settings; each
// may be met directly, through NAME_FILE or by reference. One that depends on something unknown is
// undecided when it is not met, and met when it is. Empty for components without requirements and
// for init and ephemeral containers.
std::vector<StartRequirement> start_requirements(const Container& container);

}  // namespace compliance
