// What is known of one check of one installation.
#pragma once

#include <cstddef>
#include <limits>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/snapshot.h"

namespace compliance::pages {

struct CheckDetails {
  const Snapshot& snapshot;
  const PublishedInstallation& installation;
  const CheckResult& result;
  Constant heading = "h3";  // of its parts
  // Of those who fail or are unknown; the rest is counted.
  std::size_t most_subjects = std::numeric_limits<std::size_t>::max();
};

// Status, severity, since when, and when last judged.
void add_verdict(Html& html, const CheckDetails& details);

// What fails or is unknown, each with where, what was expected and what was seen.
void add_findings(Html& html, const CheckDetails& details);

// The waivers that name this check and installation, whatever their state.
void add_waivers(Html& html, const CheckDetails& details);

}  // namespace compliance::pages
