// Settings of a container as the product reads its variables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checks/facts/container.h"

namespace compliance {

// Why a variable that is not stated may be set all the same: an envFrom or env_file whose content
// is not known, or a Secret that is taken whole. Nothing when the stated variables are all.
std::optional<Fault> unseen_variables(const Container& container);

// The effective text of the variable `name`, an empty one included. Absent when it is not set; a
// fault when it is not set but unseen_variables(), when nothing resolves it, or when it comes from
// a Secret or a field. The origin is the variable's, or else the container's.
Fact<std::string> variable_text(const Container& container, std::string_view name);

// How one setting is in effect, by the product's rule for NAME and NAME_FILE pairs: a non-empty
// NAME wins; an empty one counts as unset; NAME_FILE is looked at only then.
enum class SettingForm : std::uint8_t { unset, inline_value, file, reference, undecidable };

// The setting that a service would use.
struct Setting {
  SettingForm form = SettingForm::unset;
  const Variable* variable = nullptr;  // the one in effect; null when unset
};

// The setting NAME of a container (FACTS.md 3.1). `undecidable` when the variable in question has a
// fault, or when it is not set and the environment is incomplete.
Setting setting_in_effect(const EnvironmentFacts& environment, std::string_view name);

// Booleans as the product reads them (FACTS.md 2.2, 2.3): services and console do not agree on what
// is true. Each ignores surrounding white space.
bool truthy_for_services(std::string_view text);  // true 1 yes, any case: INSECURE_*
bool truthy_for_go(std::string_view text);        // strconv.ParseBool: JTI_FAIL_OPEN, switches
bool truthy_for_web(std::string_view text);       // 1 true yes on, any case

}  // namespace compliance
