// Findings as results of SARIF.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "exporter/publish/snapshot.h"

namespace compliance {

// The failing findings as results of the kind `fail`, the unknown ones as `open`, and where
// `verbose` the passing ones as `pass`. Their ruleIndex is that of their check in the installation.
nlohmann::ordered_json sarif_results(const PublishedInstallation& installation,
                                     const std::vector<PublishedWaiver>& waivers, bool verbose);

}  // namespace compliance
