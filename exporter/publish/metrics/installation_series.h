// The series of one installation.
#pragma once

#include "exporter/publish/metrics/series.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// All of them; an installation is shown whole or not at all.
SeriesBlock series_of(const PublishedInstallation& installation);

}  // namespace compliance
