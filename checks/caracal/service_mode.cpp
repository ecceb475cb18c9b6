// The mode that a service runs in: CARACAL_MODE as the product reads it.
#include "checks/caracal/service_mode.h"

#include <algorithm>
#include <array>
#include <map>

#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"

namespace compliance {

// Trims and lowers as the product does (FACTS.md 2.1).
Fact<std::string> service_mode(const Container& container) {
  Fact<std::string> mode = variable_text(container, "CARACAL_MODE");
  if (mode.fault) {
    return mode;
  }
  mode.value = lower_case(trimmed(mode.value.value_or("")));
  // The product's default is the strict mode (FACTS.md T1).
  if (mode.value->empty()) {
    mode.value = "stable";
  }
  return mode;
}

std::string prevailing_mode(const Installation& installation) {
  std::map<std::string, int> counts;
  for (const Container& container : installation.containers()) {
    if (has_mode(container.component)) {
      ++counts[service_mode(container).value.value_or("")];
    }
  }
  std::string prevailing;
  for (const auto& [mode, count] : counts) {
    // The map goes by name, so of equal counts the last wins.
    if (prevailing.empty() || count >= counts[prevailing]) {
      prevailing = mode;
    }
  }
  return prevailing;
}

std::string_view shown_mode(std::string_view mode) {
  constexpr auto known =
      std::to_array<std::string_view>({"dev", "development", "test", "local", "rc", "stable",
                                       "production", "prod", "staging", "debug"});
  return std::find(known.begin(), known.end(), mode) != known.end() ? mode : "another value";
}

}  // namespace compliance
