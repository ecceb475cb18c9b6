// Writes the verdict, findings and waivers of one check in one installation.
#pragma once

#include <cstddef>
#include <limits>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/snapshot.h"

namespace compliance::pages {

// What is shown, and how. Refers to the snapshot, which has to outlive it.
struct CheckDetails {
  const Snapshot& snapshot;
  const PublishedInstallation& installation;
  const CheckResult& result;
  Constant heading = "h3";  // of its parts
  // Failing and unknown subjects that are named; the rest is counted.
  std::size_t max_subjects = std::numeric_limits<std::size_t>::max();
};

// Status, severity, since when, and when last evaluated. "Since" is left out while the
// status of this cycle is not yet the recorded one.
void add_verdict(Html& html, const CheckDetails& details);

// The failing and unknown findings with places, expected and observed values; those that
// differ only in subject and place share one entry. Passing findings follow, folded.
void add_findings(Html& html, const CheckDetails& details);

// The waivers that name this check and installation, whatever their state; nothing when
// there is none.
void add_waivers(Html& html, const CheckDetails& details);

}  // namespace compliance::pages
