// Writes changes of verdicts as a list, with the finding behind each.
#include "exporter/publish/pages/event_list.h"

#include <algorithm>
#include <array>
#include <string>

#include "exporter/base/timestamp.h"
#include "exporter/publish/pages/page_text.h"

namespace compliance::pages {
namespace {

// A badge; the bare word for outcomes of another version.
void add_outcome(Html& html, std::string_view outcome) {
  if (const auto status = status_named(outcome)) {
    add_badge(html, *status);
  } else {
    html.text(outcome);
  }
}

// From and to, and whom it is about.
void add_step(Html& html, const Event& event, EventSubject subject) {
  const Html::Element step = html.open("p", {{"class", "step"}});
  add_outcome(html, event.from);
  html.add("span", "to");
  add_outcome(html, event.to);
  if (subject == EventSubject::check_and_installation) {
    html.add_link(Link::to_page("/checks/", event.check).with("installation", event.installation),
                  event.check);
    html.add("span", {{"class", "soft"}}, event.installation);
  }
  if (event.scope == "component") {
    html.add("span", {{"class", "soft"}}, "of component " + event.component);
  }
}

// The finding behind the change: subject, message, reason and place. Nothing where none was
// stored.
void add_summary(Html& html, const Event& event) {
  const std::string& subject = event.object.empty() ? event.component : event.object;
  // Changes to pass often have no finding behind them.
  const bool has_content = !event.message.empty() || !event.object.empty() || !event.origin.empty();
  if (!has_content) {
    return;
  }
  const Html::Element line = html.open("p");
  html.text(subject + (event.message.empty() ? "" : ": " + event.message));
  if (!event.reason.empty()) {
    html.text(" (" + event.reason + ")");
  }
  if (!event.origin.empty()) {
    html.text(" ");
    html.add("code", event.origin);
  }
}

}  // namespace

std::optional<PageStatus> status_named(std::string_view outcome) {
  for (const Outcome known :
       {Outcome::pass, Outcome::fail, Outcome::unknown, Outcome::not_applicable}) {
    if (outcome == name_of(known)) {
      return status_of(known);
    }
  }
  return std::nullopt;
}

void add_events(Html& html, const std::vector<Event>& events, EventSubject subject) {
  const Html::Element list = html.open("ol", {{"class", "events"}});
  for (const Event& event : events) {
    const Html::Element item = html.open("li", {{"class", "event"}});
    add_exact_moment(html, rfc3339(event.at));
    const Html::Element what = html.open("div");
    add_step(html, event, subject);
    add_summary(html, event);
  }
}

}  // namespace compliance::pages
