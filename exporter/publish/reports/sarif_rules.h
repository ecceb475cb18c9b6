// Checks as rules of SARIF, and its words for severities.
#pragma once

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// error for critical and high, warning for medium, note for low.
std::string_view sarif_level(Severity severity);

// One rule for each result, in their order.
nlohmann::ordered_json sarif_rules(const std::vector<CheckResult>& results);

}  // namespace compliance
