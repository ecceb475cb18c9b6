// Writes the overview of an installation, for the overview page and the report in one file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// The address of the details of a check in an installation: a page, or a place in the same
// file.
using CheckLink = std::function<Link(std::string_view check, std::string_view installation)>;

// How overviews are written. `now` is the moment that ages are counted to. `link_to_all`
// may be empty where `whole` is true and no table of installations is written.
struct OverviewOptions {
  CheckLink link_to{};
  Instant now{};
  // Everything; else the worst checks alone, with `link_to_all` for the rest.
  bool whole = true;
  std::function<Link(std::string_view installation)> link_to_all{};
};

// How many checks have each status, and how many of the failing ones are critical.
struct Tally {
  // By the number of the status.
  std::array<std::size_t, page_statuses.size()> by_status{};
  std::size_t critical = 0;  // of those that fail unwaived

  // The number of checks with the status.
  std::size_t of(PageStatus status) const { return by_status.at(static_cast<std::size_t>(status)); }
  // Counts one more check.
  void add(const RankedCheck& check);
  // The most urgent status that any check has; `unconfigured` when there is no check.
  PageStatus worst() const;
};

// All of the checks counted.
Tally tally_of(const std::vector<RankedCheck>& checks);

// The state of everything counted in one sentence without a full stop, such as "7 checks
// fail, 2 of them critical".
std::string headline_of(const Tally& tally);

// Problems of the exporter's own inputs: a failed reload, the state store, waivers. Nothing
// when all is well.
void add_notices(Html& html, const Snapshot& snapshot);

// One row of counts, score and coverage for each installation. Needs `options.link_to_all`.
void add_installations_table(Html& html,
                             const std::vector<const PublishedInstallation*>& installations,
                             const OverviewOptions& options);

// One installation as a section of its own: counts, sources and checks. Shows the worst
// checks alone unless `options.whole`.
void add_installation(Html& html, const PublishedInstallation& installation,
                      const OverviewOptions& options);

}  // namespace compliance::pages
