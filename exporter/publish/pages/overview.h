// The overview of an installation, for the overview page and the report in one file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// Where the details of a check of an installation are.
using CheckLink = std::function<Link(std::string_view check, std::string_view installation)>;

struct OverviewOptions {
  CheckLink link_to{};
  Instant now{};
  // Everything; else the worst checks alone, with `link_to_all` for the rest.
  bool whole = true;
  std::function<Link(std::string_view installation)> link_to_all{};
};

// How many checks have each status, and how severe the failing ones are.
struct Tally {
  std::array<std::size_t, page_statuses.size()> by_status{};
  std::size_t critical = 0;  // of those that fail unwaived

  std::size_t of(PageStatus status) const { return by_status.at(static_cast<std::size_t>(status)); }
  void add(const RankedCheck& check);
  // The first status that any check has.
  PageStatus worst() const;
};

Tally tally_of(const std::vector<RankedCheck>& checks);

// "7 checks fail, 2 of them critical"
std::string headline_of(const Tally& tally);

// Problems of the exporter's own inputs: reload, history, waivers.
void add_notices(Html& html, const Snapshot& snapshot);

// One line for each installation.
void add_installations_table(Html& html,
                             const std::vector<const PublishedInstallation*>& installations,
                             const OverviewOptions& options);

// One installation as a section of its own.
void add_installation(Html& html, const PublishedInstallation& installation,
                      const OverviewOptions& options);

}  // namespace compliance::pages
