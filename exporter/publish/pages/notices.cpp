// Notices for operators, and the table of installations.
#include <algorithm>
#include <string>
#include <vector>

#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// "waiver-1, waiver-2": those in the state.
std::string waivers_in(const Snapshot& snapshot, WaiverState state) {
  std::string list;
  for (const PublishedWaiver& waiver : snapshot.waivers) {
    if (waiver.state == state) {
      list += (list.empty() ? "" : ", ") + waiver.waiver.id;
    }
  }
  return list;
}

// One sentence for each problem; waivers in two, since expired ones no longer protect.
std::vector<std::string> notices_of(const Snapshot& snapshot) {
  std::vector<std::string> notices;
  if (!snapshot.last_reload_successful) {
    notices.emplace_back(
        "The last reload of the configuration failed; the previous configuration is in use.");
  }
  if (!snapshot.state_store_up) {
    notices.emplace_back("The state store cannot be used; changes are kept in memory only.");
  }
  if (snapshot.invalid_waivers > 0) {
    notices.push_back(counted(snapshot.invalid_waivers, "entry", "entries") +
                      " of the waivers file is invalid and ignored.");
  }
  if (const auto list = waivers_in(snapshot, WaiverState::expired); !list.empty()) {
    notices.push_back("Expired waivers: " + list + ".");
  }
  if (const auto list = waivers_in(snapshot, WaiverState::expiring); !list.empty()) {
    notices.push_back("Waivers that expire within 14 days: " + list + ".");
  }
  return notices;
}

// Columns of counts, in the order of the headings in add_installations_table().
constexpr std::array counted_statuses{PageStatus::fail, PageStatus::unknown, PageStatus::waived,
                                      PageStatus::pass, PageStatus::unconfigured};

// A row: the name as a link, counts, score and coverage. A ratio without a value is "none",
// never 0.
void add_line(Html& html, const PublishedInstallation& installation,
              const OverviewOptions& options) {
  const Tally tally = tally_of(ranked_checks(installation));
  // Cut to one decimal by percent_of(), so 100 % means all.
  const auto ratio = [](const std::optional<double>& value) {
    return value ? percent_of(*value) : std::string{"none"};
  };
  const Html::Element row = html.open("tr");
  {
    const Html::Element head = html.open("th", {{"scope", "row"}});
    html.add_link(options.link_to_all(installation.result.name), installation.result.name);
  }
  for (const PageStatus status : counted_statuses) {
    const std::size_t count = tally.of(status);
    html.add("td", {{"class", count == 0 ? "" : class_of(status)}}, std::to_string(count));
  }
  html.add("td", ratio(installation.result.score));
  html.add("td", ratio(installation.result.coverage));
}

}  // namespace

void add_notices(Html& html, const Snapshot& snapshot) {
  for (const std::string& notice : notices_of(snapshot)) {
    html.add("p", {{"class", "notice"}}, notice);
  }
}

void add_installations_table(Html& html,
                             const std::vector<const PublishedInstallation*>& installations,
                             const OverviewOptions& options) {
  const Html::Element card = html.open("div", {{"class", "card"}});
  const Html::Element table = html.open("table");
  html.add("caption", "Installations");
  {
    const Html::Element head = html.open("thead");
    const Html::Element row = html.open("tr");
    for (const std::string_view name :
         {"Name", "Failing", "Unknown", "Waived", "OK", "No data", "Score", "Coverage"}) {
      html.add("th", {{"scope", "col"}}, name);
    }
  }
  const Html::Element body = html.open("tbody");
  for (const PublishedInstallation* installation : installations) {
    add_line(html, *installation, options);
  }
}

}  // namespace compliance::pages
