// Snapshot -> Prometheus text exposition format 0.0.4.
#pragma once

#include <string>

#include "exporter/publish/snapshot.h"

namespace compliance {

// The verdict families, ordered by name, each once; series in a stable order. When they would be
// more than snapshot.max_series, whole installations are left out and series_dropped counts them.
std::string render_exposition(const Snapshot& snapshot);

}  // namespace compliance
