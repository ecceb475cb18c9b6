// Looks up the variables of a container.
#include "checks/facts/environment.h"

#include <algorithm>

namespace compliance {

const Variable* EnvironmentFacts::find(std::string_view name) const {
  const auto found = std::lower_bound(
      variables.begin(), variables.end(), name,
      [](const Variable& variable, std::string_view wanted) { return variable.name < wanted; });
  return found != variables.end() && found->name == name ? &*found : nullptr;
}

}  // namespace compliance
