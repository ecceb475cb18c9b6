// Writes the checks of an installation by area: table, lists and folds.
#include "exporter/publish/pages/area_table.h"

#include <algorithm>
#include <map>

#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// Columns of the table beside those of the failing checks; add_table_head() names them in
// this order.
constexpr std::array other_columns{PageStatus::unknown, PageStatus::waived, PageStatus::pass,
                                   PageStatus::unconfigured};

using ByArea = std::map<Area, std::vector<RankedCheck>>;

// Areas in the order of the enumeration; the checks of each keep theirs.
ByArea by_area(const std::vector<RankedCheck>& checks) {
  ByArea areas;
  for (const RankedCheck& check : checks) {
    areas[check.result->check->area].push_back(check);
  }
  return areas;
}

// Whether the check had something to look at, whatever came of it.
bool is_evaluated(const RankedCheck& check) {
  return check.status != PageStatus::unconfigured && check.status != PageStatus::not_applicable;
}

bool is_not_applicable(const RankedCheck& check) {
  return check.status == PageStatus::not_applicable;
}

// One document may hold several installations, so their name is a part of the id.
std::string id_of_area(const PublishedInstallation& installation, Area area) {
  return id_of({"area", installation.result.name, name_of(area)});
}

// Zeros are left out, so that the other numbers stand out.
void add_count(Html& html, std::size_t count, std::string_view css_class) {
  if (count == 0) {
    html.add("td", "");
  } else {
    html.add("td", {{"class", css_class}}, std::to_string(count));
  }
}

// Eight cells: four severities of failing checks, then `other_columns`.
void add_counts(Html& html, const std::vector<RankedCheck>& checks) {
  for (const Severity severity : severities_by_rank) {
    const auto count = std::count_if(checks.begin(), checks.end(), [&](const RankedCheck& check) {
      return check.status == PageStatus::fail && check.result->severity == severity;
    });
    add_count(html, static_cast<std::size_t>(count), class_of(PageStatus::fail));
  }
  const Tally tally = tally_of(checks);
  for (const PageStatus status : other_columns) {
    add_count(html, tally.of(status), class_of(status));
  }
}

// Two rows: failing checks have a column for each severity.
void add_table_head(Html& html) {
  const Html::Element head = html.open("thead");
  {
    const Html::Element row = html.open("tr");
    html.add("th", {{"scope", "col"}, {"rowspan", "2"}}, "Area");
    html.add("th", {{"scope", "colgroup"}, {"colspan", "4"}, {"class", "failing"}}, "Failing");
    for (const std::string_view name : {"Unknown", "Waived", "OK", "No data"}) {
      const Html::Element cell = html.open("th", {{"scope", "col"}, {"rowspan", "2"}});
      html.add("span", name);
    }
  }
  const Html::Element row = html.open("tr");
  for (const Severity severity : severities_by_rank) {
    const Html::Element cell = html.open("th", {{"scope", "col"}});
    html.add("span", name_of(severity));
  }
}

void add_list(Html& html, const std::vector<RankedCheck>& checks, const std::string& installation,
              const CheckLink& link_to) {
  const Html::Element list = html.open("ul", {{"class", "list"}});
  for (const RankedCheck& check : checks) {
    const Html::Element item = html.open("li");
    add_badge(html, check.status);
    html.add_link(link_to(check.result->check->id, installation), check.result->check->title);
  }
}

// "2 failing, 1 unknown": statuses without a check are left out.
std::string count_text(const std::vector<RankedCheck>& checks) {
  const Tally tally = tally_of(checks);
  std::string text;
  for (const auto& [status, word] :
       {std::pair{PageStatus::fail, " failing"}, std::pair{PageStatus::unknown, " unknown"},
        std::pair{PageStatus::waived, " waived"}, std::pair{PageStatus::pass, " passing"}}) {
    if (tally.of(status) > 0) {
      text += (text.empty() ? "" : ", ") + std::to_string(tally.of(status)) + word;
    }
  }
  return text;
}

// Areas without an evaluated check are left out.
void add_evaluated(Html& html, const PublishedInstallation& installation, const ByArea& areas,
                   const CheckLink& link_to) {
  const Html::Element section = html.open("section", {{"class", "folds"}});
  html.add("h3", "Evaluated checks by area");
  for (const auto& [area, all] : areas) {
    std::vector<RankedCheck> evaluated;
    std::copy_if(all.begin(), all.end(), std::back_inserter(evaluated), &is_evaluated);
    if (evaluated.empty()) {
      continue;
    }
    const Html::Element fold = html.open("details");
    {
      const Html::Element summary = html.open("summary");
      html.text(name_of(area));
      html.add("span", {{"class", "soft"}}, " " + count_text(evaluated));
    }
    // The id inside, so that a link to it unfolds its area.
    const Html::Element place = html.open("div", {{"id", id_of_area(installation, area)}});
    add_list(html, evaluated, installation.result.name, link_to);
  }
}

// One fold of checks. `note` stands beside the summary in a softer colour.
struct Fold {
  std::string summary{};
  std::string note{};
  std::vector<RankedCheck> checks{};
};

// Checks that were not evaluated: a fold for each kind of evidence that is missing, and one
// for all that do not apply.
std::vector<Fold> folds_of(const PublishedInstallation& installation,
                           const std::vector<RankedCheck>& checks) {
  std::map<std::string, Fold> by_evidence;
  Fold others{.note = "to this installation"};
  for (const RankedCheck& check : checks) {
    if (check.status == PageStatus::unconfigured) {
      by_evidence[missing_evidence(*check.result, installation)].checks.push_back(check);
    } else if (check.status == PageStatus::not_applicable) {
      others.checks.push_back(check);
    }
  }
  std::vector<Fold> folds;
  for (auto& [evidence, fold] : by_evidence) {
    fold.summary = checks_that(fold.checks.size(), "needs ", "need ") + evidence;
    fold.note = "no data, never counted as passing";
    folds.push_back(std::move(fold));
  }
  if (!others.checks.empty()) {
    others.summary = checks_that(others.checks.size(), "does not apply", "do not apply");
    folds.push_back(std::move(others));
  }
  return folds;
}

// Nothing when every check was evaluated.
void add_not_evaluated(Html& html, const PublishedInstallation& installation,
                       const std::vector<RankedCheck>& checks, const CheckLink& link_to) {
  const std::vector<Fold> folds = folds_of(installation, checks);
  if (folds.empty()) {
    return;
  }
  const Html::Element section = html.open("section", {{"class", "folds"}});
  html.add("h3", "Not evaluated");
  for (const Fold& fold : folds) {
    const Html::Element details = html.open("details");
    {
      const Html::Element summary = html.open("summary");
      html.text(fold.summary);
      html.add("span", {{"class", "soft"}}, " " + fold.note);
    }
    add_list(html, fold.checks, installation.result.name, link_to);
  }
}

// The name of the area leads to its list, where it has one.
void add_area_row(Html& html, const PublishedInstallation& installation, Area area,
                  const std::vector<RankedCheck>& checks) {
  const Html::Element row = html.open("tr");
  {
    const Html::Element head = html.open("th", {{"scope", "row"}});
    // A link needs a place to lead to: areas without evaluated checks have no list.
    if (std::any_of(checks.begin(), checks.end(), &is_evaluated)) {
      html.add_link(Link::to_place(id_of_area(installation, area)), name_of(area));
    } else {
      html.text(name_of(area));
    }
  }
  if (std::all_of(checks.begin(), checks.end(), &is_not_applicable)) {
    html.add("td", {{"colspan", "8"}, {"class", "soft"}}, "does not apply");
  } else {
    add_counts(html, checks);
  }
}

// A row for each area, and one for all of them.
void add_area_table(Html& html, const PublishedInstallation& installation,
                    const std::vector<RankedCheck>& checks) {
  const Html::Element table = html.open("table", {{"class", "areas"}});
  html.add("caption", "Checks by area");
  add_table_head(html);
  {
    const Html::Element body = html.open("tbody");
    for (const auto& [area, in_area] : by_area(checks)) {
      add_area_row(html, installation, area, in_area);
    }
  }
  const Html::Element foot = html.open("tfoot");
  const Html::Element row = html.open("tr");
  html.add("th", {{"scope", "row"}}, "all");
  add_counts(html, checks);
}

}  // namespace

void add_areas(Html& html, const PublishedInstallation& installation,
               const std::vector<RankedCheck>& checks, const CheckLink& link_to) {
  const Html::Element column = html.open("div");
  add_area_table(html, installation, checks);
  add_evaluated(html, installation, by_area(checks), link_to);
  add_not_evaluated(html, installation, checks, link_to);
}

}  // namespace compliance::pages
