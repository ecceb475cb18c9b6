// The page of one check: its description, and its results in each installation.
#include <algorithm>
#include <vector>

#include "checks/catalogue.h"
#include "exporter/publish/pages/about_check.h"
#include "exporter/publish/pages/check_details.h"
#include "exporter/publish/pages/event_list.h"
#include "exporter/publish/pages/history_strip.h"
#include "exporter/publish/pages/page_frame.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/pages/pages.h"

namespace compliance::pages {
namespace {

// Subjects on one page, shared among the installations. The report holds everything.
constexpr std::size_t max_subjects = 500;
// Changes that the strip is drawn from; the page of the history holds everything.
constexpr std::size_t max_strip_events = 200;
// Changes in the list below the strip.
constexpr std::size_t max_changes = 10;
// Each history is a query of the state store while the browser waits.
constexpr std::size_t max_installations_with_history = 5;

// The result of the check in one installation; both belong to the snapshot.
struct Shown {
  const PublishedInstallation* installation = nullptr;
  const CheckResult* result = nullptr;
};

// The check in the installations that are asked for and have it, in the snapshot's order.
std::vector<Shown> results_of(const Snapshot& snapshot, const CheckPageQuery& query) {
  std::vector<Shown> shown;
  for (const PublishedInstallation& installation : snapshot.installations) {
    if (!query.installation.empty() && installation.result.name != query.installation) {
      continue;
    }
    const auto& checks = installation.result.checks;
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const CheckResult& result) {
      return result.check->id == query.check;
    });
    if (found != checks.end()) {
      shown.push_back({.installation = &installation, .result = &*found});
    }
  }
  return shown;
}

// True for the empty name, which stands for all.
bool is_known(const Snapshot& snapshot, std::string_view installation) {
  return installation.empty() ||
         std::any_of(
             snapshot.installations.begin(), snapshot.installations.end(),
             [&](const PublishedInstallation& one) { return one.result.name == installation; });
}

// not_applicable for a check that is nowhere evaluated.
PageStatus worst_of(const std::vector<Shown>& shown) {
  PageStatus worst = PageStatus::not_applicable;
  for (const Shown& one : shown) {
    worst = std::min(worst, status_of(*one.result, *one.installation));
  }
  return worst;
}

// The strip and the newest changes; the message where the history cannot be read.
void add_history(Html& html, const CheckDetails& details, const EventSource& events) {
  const std::string& installation = details.installation.result.name;
  const std::string_view check = details.result.check->id;
  const auto page = events(
      {.limit = max_strip_events, .installation = installation, .check = std::string{check}});
  const CheckHistory* past = history_of(check, details.installation);
  const Html::Element section = html.open("section", {{"class", "group"}});
  html.add(details.heading, "History");
  if (!page) {
    html.add("p", page.error().message);
    return;
  }
  std::vector<Event> changes = page.value().events;
  if (past != nullptr) {
    add_strip(html, stretches_of(changes, *past, details.snapshot.published_at),
              details.snapshot.published_at);
  }
  if (changes.empty()) {
    html.add("p", {{"class", "soft"}}, "No change was recorded.");
    return;
  }
  // After the strip, which needs more of them than the list.
  changes.resize(std::min(changes.size(), max_changes));
  add_events(html, changes, EventSubject::component);
  html.add_link(Link::to_page("/history").with("check", check).with("installation", installation),
                "All changes of this check");
}

// One installation as a card.
void add_result(Html& html, const CheckDetails& details, const EventSource& events) {
  const std::string& name = details.installation.result.name;
  const std::string id = id_of({"installation", name});
  const Html::Element card = html.open("section", {{"class", "card"}, {"aria-labelledby", id}});
  html.add("h2", {{"id", id}}, name);
  add_verdict(html, details);
  add_findings(html, details);
  add_waivers(html, details);
  if (events) {
    add_history(html, details, events);
  }
}

// All installations, or why there is none.
void add_results(Html& html, const Snapshot& snapshot, const std::vector<Shown>& shown,
                 const EventSource& events) {
  const Html::Element results = html.open("div");
  if (shown.empty()) {
    const Html::Element card = html.open("div", {{"class", "card"}});
    html.add("p", "This check is not evaluated: it is switched off, or off by default.");
  }
  // Pages of many installations have no histories: each would be a query.
  const bool with_history = shown.size() <= max_installations_with_history;
  for (const Shown& one : shown) {
    add_result(html,
               {.snapshot = snapshot,
                .installation = *one.installation,
                .result = *one.result,
                .max_subjects = max_subjects / shown.size() + 1},
               with_history ? events : EventSource{});
  }
}

}  // namespace

std::optional<std::string> check_page(const Snapshot& snapshot, const CheckPageQuery& query,
                                      const EventSource& events) {
  const auto shown = results_of(snapshot, query);
  // A check that is switched off has no result, but a description.
  const Check* check = shown.empty() ? find_check(query.check) : shown.front().result->check;
  if (check == nullptr || !is_known(snapshot, query.installation)) {
    return std::nullopt;
  }
  const PageStatus status = worst_of(shown);
  const std::string title =
      (shown.empty() ? "" : std::string{badge_of(status)} + ": ") + std::string{check->title};
  return framed({.kind = PageKind::check,
                 .title = title,
                 .status = status,
                 .evaluated_at = snapshot.published_at},
                [&](Html& html) {
                  add_check_head(html, *check);
                  const Html::Element columns = html.open("div", {{"class", "columns with-about"}});
                  add_results(html, snapshot, shown, events);
                  add_about_check(html, *check);
                });
}

}  // namespace compliance::pages
