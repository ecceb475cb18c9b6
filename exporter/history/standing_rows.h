// What stands of the checks, as rows: one for the check itself and one for each component.
#pragma once

#include <optional>
#include <vector>

#include "exporter/history/database.h"
#include "exporter/history/standing.h"

namespace compliance {

// An absent standing is forgotten.
struct StandingChange {
  CheckKey key{};
  std::optional<CheckStanding> standing{};
};

// Rows with words that this version does not know are left out, as if never seen.
Stored<Standings> read_standings(const Database& database);

std::optional<StoreError> write_standings(const Database& database,
                                          const std::vector<StandingChange>& changes);

}  // namespace compliance
