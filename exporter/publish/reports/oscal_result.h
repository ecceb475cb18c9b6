// An installation as a result of OSCAL.
#pragma once

#include <nlohmann/json.hpp>

#include "exporter/publish/snapshot.h"

namespace compliance {

// With the checks as reviewed controls, observations and findings; the evidence of passing findings
// only where `verbose`.
nlohmann::ordered_json oscal_result(const PublishedInstallation& installation,
                                    const Snapshot& snapshot, bool verbose);

}  // namespace compliance
