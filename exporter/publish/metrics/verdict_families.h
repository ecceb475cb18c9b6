// The metric families about verdicts: checks, scores, sources, endpoints, secrets and waivers.
#pragma once

#include <cstddef>
#include <span>

#include "exporter/publish/metrics/family_builder.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// What limits.max_series leaves of a snapshot.
struct ShownSnapshot {
  const Snapshot& snapshot;
  std::size_t installations = 0;   // the first ones, which are shown whole
  std::size_t dropped_series = 0;  // of the others
};

// A family with the function that adds its series; the other of the two functions is null.
struct VerdictFamily {
  const MetricName& name;
  // Called for each installation that is shown.
  void (*add_installation)(FamilyBuilder& family, const PublishedInstallation& installation);
  // Called once for each snapshot; its series are never cut.
  void (*add_snapshot)(FamilyBuilder& family, const ShownSnapshot& shown);
};

// All of them, in order of name.
std::span<const VerdictFamily> verdict_families();

}  // namespace compliance
