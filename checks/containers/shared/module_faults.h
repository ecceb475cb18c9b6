// What a container changes about AppArmor, SELinux, the masks of /proc and sysctls.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/container.h"

namespace compliance {

// One setting that Pod Security baseline does not allow, or that cannot be decided.
struct ModuleFault {
  std::string_view message{};
  std::string_view expected{};
  std::string observed{};
  Origin origin{};
  std::optional<Fault> fault{};  // undecided: the words above are empty
};

// All of them: AppArmor, SELinux in the order of the options, procMount, sysctls.
std::vector<ModuleFault> module_faults(const Container& container);

}  // namespace compliance
