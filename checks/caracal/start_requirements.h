// The settings that each service requires to start. Source: FACTS.md 2.3.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "checks/facts/component.h"

namespace compliance {

// Settings that switch a requirement on: Control, mail (CARACAL_SMTP_URL), CARACAL_PASSWORD_SIGNUP,
// CARACAL_REQUIRE_SIGN_IN_METHOD.
enum class StartCondition : std::uint8_t { none, control, mail, password_signup, sign_in_method };

// One setting that a service does not start without, as NAME or NAME_FILE.
struct StartRequirement {
  Component component = Component::other;
  std::array<std::string_view, 3> names{};  // any of them will do
  bool published = false;                   // only in published mode
  bool since_v0_1_0 = false;
  StartCondition when = StartCondition::none;
};

// The requirements of all services, in the order in which findings show them.
std::span<const StartRequirement> start_requirements();

}  // namespace compliance
