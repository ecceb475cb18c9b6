// What stands of the checks, as rows: one for the check itself and one for each component.
#pragma once

#include <optional>
#include <vector>

#include "exporter/history/check_state.h"
#include "exporter/history/database.h"

namespace compliance {

// An absent standing is forgotten.
struct StandingChange {
  CheckKey key{};
  std::optional<CheckState> standing{};
};

// Rows with words that this version does not know are left out, as if never seen.
Stored<ComplianceStates> read_standings(const Database& database);

std::optional<StoreError> write_standings(const Database& database,
                                          const std::vector<StandingChange>& changes);

}  // namespace compliance
