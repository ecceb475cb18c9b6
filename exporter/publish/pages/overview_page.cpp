// The page of all installations, or of one of them.
#include <algorithm>

#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_frame.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/pages/pages.h"

namespace compliance::pages {
namespace {

// Up to this many installations are shown in full on one page; of more, each shows its
// worst checks.
constexpr std::size_t max_whole_installations = 3;

// Those of the name; all for an empty one.
std::vector<const PublishedInstallation*> installations_of(const Snapshot& snapshot,
                                                           std::string_view wanted) {
  std::vector<const PublishedInstallation*> installations;
  for (const PublishedInstallation& installation : snapshot.installations) {
    if (wanted.empty() || installation.result.name == wanted) {
      installations.push_back(&installation);
    }
  }
  return installations;
}

// A link to a check names the installation only where there are several.
OverviewOptions options_for(const Snapshot& snapshot, std::size_t shown) {
  const bool is_one_of_several = snapshot.installations.size() > 1;
  return {.link_to =
              [is_one_of_several](std::string_view check, std::string_view installation) {
                const Link link = Link::to_page("/checks/", check);
                return is_one_of_several ? link.with("installation", installation) : link;
              },
          .now = snapshot.published_at,
          .whole = shown <= max_whole_installations,
          .link_to_all =
              [](std::string_view installation) {
                return Link::to_page("/").with("installation", installation);
              }};
}

}  // namespace

std::optional<std::string> overview_page(const Snapshot& snapshot, std::string_view installation) {
  const auto shown = installations_of(snapshot, installation);
  // No installation at all is a page that says so; an unknown name is none.
  if (shown.empty() && !installation.empty()) {
    return std::nullopt;
  }
  Tally tally;
  for (const PublishedInstallation* one : shown) {
    for (const RankedCheck& check : ranked_checks(*one)) {
      tally.add(check);
    }
  }
  const OverviewOptions options = options_for(snapshot, shown.size());
  const std::string headline = headline_of(tally);
  return framed({.kind = PageKind::overview,
                 .title = headline,
                 .status = tally.worst(),
                 .evaluated_at = snapshot.published_at},
                [&](Html& html) {
                  // The headline counts what is shown; the table below has all
                  // installations.
                  html.add("h1", headline);
                  add_notices(html, snapshot);
                  if (snapshot.installations.size() > 1) {
                    add_installations_table(html, installations_of(snapshot, ""), options);
                  }
                  for (const PublishedInstallation* one : shown) {
                    add_installation(html, *one, options);
                  }
                });
}

}  // namespace compliance::pages
