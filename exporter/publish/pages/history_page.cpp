// The page of all changes, with a form that filters them.
#include <map>
#include <set>
#include <string>

#include "checks/catalogue.h"
#include "exporter/publish/event_query.h"
#include "exporter/publish/pages/event_list.h"
#include "exporter/publish/pages/page_frame.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/pages/pages.h"
#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// The fields of the form as they were sent, by name. The last of equal names counts.
using Fields = std::map<std::string, std::string, std::less<>>;

Fields fields_of(const QueryParameters& query) {
  Fields fields;
  for (const QueryParameter& parameter : query) {
    fields[parameter.name] = parameter.value.value_or("");
  }
  return fields;
}

// Empty for a field that was not sent.
std::string_view field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view{} : found->second;
}

// The query without empty fields: a browser sends those too, and an empty date would be an
// error.
QueryParameters filled_fields(QueryParameters query) {
  std::erase_if(query, [](const QueryParameter& parameter) { return parameter.value == ""; });
  return query;
}

// One option of a choice, selected where it was chosen.
void add_option(Html& html, std::string_view value, std::string_view text,
                std::string_view chosen) {
  if (value == chosen) {
    html.add("option", {{"value", value}, {"selected"}}, text);
  } else {
    html.add("option", {{"value", value}}, text);
  }
}

// A choice of `names`, of all, and of what was asked for although it is not among them, so
// that the form never shows another filter than the one that was applied.
void add_options(Html& html, const std::set<std::string_view>& names, std::string_view chosen) {
  add_option(html, "", "all", chosen);
  for (const std::string_view name : names) {
    add_option(html, name, name, chosen);
  }
  if (!chosen.empty() && !names.contains(chosen)) {
    add_option(html, chosen, chosen, chosen);
  }
}

// A labelled choice; `name` is the parameter and the id of the element.
void add_choice(Html& html, std::string_view name, const std::set<std::string_view>& names,
                std::string_view chosen) {
  const Html::Element line = html.open("p");
  html.add("label", {{"for", name}}, name == "check" ? "Check" : "Installation");
  const Html::Element choice = html.open("select", {{"id", name}, {"name", name}});
  add_options(html, names, chosen);
}

// A labelled field of text.
void add_input(Html& html, const std::string_view label, Attributes attributes) {
  const Html::Element line = html.open("p");
  const Html::Element words = html.open("label");
  html.text(label);
  html.add_void("br", {});
  html.add_void("input", attributes);
}

// The form with the values that were sent. Installations are those of the snapshot, checks
// those of the catalogue.
void add_form(Html& html, const Snapshot& snapshot, const Fields& fields) {
  std::set<std::string_view> installations;
  for (const PublishedInstallation& installation : snapshot.installations) {
    installations.insert(installation.result.name);
  }
  std::set<std::string_view> checks;
  for (const Check* check : catalogue()) {
    checks.insert(check->id);
  }
  const Html::Element card = html.open("div", {{"class", "card"}});
  const Html::Element form =
      html.open_form(Link::to_page("/history"), {{"class", "filter"}, {"method", "get"}});
  add_choice(html, "installation", installations, field(fields, "installation"));
  add_choice(html, "check", checks, field(fields, "check"));
  add_input(html, "Since (date, or instant)",
            {{"name", "since"},
             {"value", field(fields, "since")},
             {"placeholder", "2026-06-25"},
             {"autocomplete", "off"}});
  const std::string_view limit = field(fields, "limit");
  add_input(html, "At most",
            {{"class", "number"},
             {"type", "number"},
             {"name", "limit"},
             {"min", "1"},
             {"max", std::to_string(max_events)},
             {"value", limit.empty() ? "100" : limit}});
  const Html::Element line = html.open("p");
  html.add("button", {{"type", "submit"}}, "Show");
}

// The changes, and whether there are more. A store in memory is said to be one, since its
// changes do not outlive the process.
void add_found(Html& html, const EventPage& page, const Snapshot& snapshot) {
  const Html::Element card = html.open("section", {{"class", "card"}});
  html.add("h2",
           page.events.empty() ? "No changes" : counted(page.events.size(), "change", "changes"));
  if (!snapshot.state_store_persistent) {
    html.add("p", {{"class", "soft"}}, "Kept in memory: they are lost when this process exits.");
  }
  if (page.events.empty()) {
    html.add("p", "No recorded change matches. The first verdict of a check is not a change.");
    return;
  }
  add_events(html, page.events, EventSubject::check_and_installation);
  if (page.more) {
    html.add("p", {{"class", "soft"}},
             "Older changes match too: raise the limit, or set a later start.");
  }
}

}  // namespace

HistoryPage history_page(const Snapshot& snapshot, const QueryParameters& query,
                         const EventSource& events) {
  constexpr int bad_request = 400;
  constexpr int unavailable = 503;
  // Whatever happens, the form is shown, so that the query can be corrected.
  HistoryPage page;
  EventPage found;
  std::string problem;
  // The same parser as that of the API, so both understand the same queries.
  const auto wanted = parse_event_query(filled_fields(query));
  if (!wanted) {
    page.status = bad_request;
    problem = wanted.error().message;
  } else if (auto read = events ? events(wanted.value())
                                : Result<EventPage>{Error{"there is no history"}}) {
    found = std::move(read).value();
  } else {
    // The state store may work again at the next request.
    page.status = unavailable;
    problem = read.error().message;
  }
  page.document = framed({.kind = PageKind::history,
                          .title = "History",
                          .status = problem.empty() ? PageStatus::pass : PageStatus::unknown,
                          .evaluated_at = snapshot.published_at},
                         [&](Html& html) {
                           html.add("h1", "History");
                           add_form(html, snapshot, fields_of(query));
                           if (problem.empty()) {
                             add_found(html, found, snapshot);
                           } else {
                             html.add("p", {{"class", "notice"}, {"role", "alert"}}, problem);
                           }
                         });
  return page;
}

}  // namespace compliance::pages
