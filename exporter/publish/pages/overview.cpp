// Writes the overview of an installation: counts, bar, sources, problems and areas.
#include "exporter/publish/pages/overview.h"

#include <algorithm>
#include <map>

#include "exporter/publish/pages/area_table.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// Rows of an installation that is not shown whole.
constexpr std::size_t max_rows_of_several = 10;

// A number with its name; not a fact of evidence. `css_class` is empty where nothing stands
// out.
struct Fact {
  std::string_view name{};
  std::string value{};
  std::string note{};
  std::string_view css_class{};
};

// The note is left out where it is empty.
void add_fact(Html& html, const Fact& fact) {
  const Html::Element group = html.open("div", {{"class", fact.css_class}});
  html.add("dt", fact.name);
  const Html::Element value = html.open("dd");
  html.text(fact.value);
  if (!fact.note.empty()) {
    html.add("small", fact.note);
  }
}

// "none" where nothing was counted: 0 % would be a bad result.
std::string ratio_text(const std::optional<double>& ratio) {
  return ratio ? percent_of(*ratio) : "none";
}

// A count stands out only where it is not zero. Failing checks are counted by severity as
// well.
void add_facts(Html& html, const PublishedInstallation& installation,
               const std::vector<RankedCheck>& checks) {
  const auto add_count = [&](std::string_view name, PageStatus status, bool with_severities) {
    const Results results = with_status(checks, status);
    const bool notable = !results.empty();
    add_fact(html, {.name = name,
                    .value = std::to_string(results.size()),
                    .note = with_severities ? severities_of(results) : "",
                    .css_class = notable ? class_of(status) : std::string_view{}});
  };
  const Html::Element list = html.open("dl", {{"class", "facts"}});
  add_count("Failing", PageStatus::fail, true);
  add_count("Unknown", PageStatus::unknown, false);
  add_count("Waived", PageStatus::waived, false);
  add_count("Passing", PageStatus::pass, false);
  add_count("No data", PageStatus::unconfigured, false);
  add_count("Not applicable", PageStatus::not_applicable, false);
  add_fact(html, {.name = "Score", .value = ratio_text(installation.result.score)});
  add_fact(html, {.name = "Coverage", .value = ratio_text(installation.result.coverage)});
}

// The shares of the statuses as a bar; the facts hold the same numbers as text.
void add_bar(Html& html, const Tally& tally, std::size_t all) {
  constexpr std::size_t width = 1'000;
  const Html::Element bar = html.open("svg", {{"class", "bar"},
                                              {"viewBox", "0 0 1000 10"},
                                              {"preserveAspectRatio", "none"},
                                              {"aria-hidden", "true"}});
  // Ends are computed from sums, so rounding leaves no gaps and the parts fill the bar.
  std::size_t before = 0;
  for (const PageStatus status : page_statuses) {
    const std::size_t begin = before * width / all;
    before += tally.of(status);
    const std::size_t end = before * width / all;
    if (end > begin) {
      const Html::Element part = html.open("rect", {{"class", class_of(status)},
                                                    {"x", std::to_string(begin)},
                                                    {"width", std::to_string(end - begin)},
                                                    {"height", "10"}});
    }
  }
}

// The configured sources by name; what could not be read is said here, since its checks are
// unknown.
void add_sources(Html& html, const PublishedInstallation& installation) {
  if (installation.sources.empty()) {
    return;
  }
  const Html::Element line = html.open("p", {{"class", "sources"}});
  std::vector<SourceState> sources = installation.sources;
  // Sources come in the order of their readings, which may change.
  std::sort(sources.begin(), sources.end(),
            [](const SourceState& a, const SourceState& b) { return a.source < b.source; });
  // What stands before the next name.
  std::string_view before = "Evidence: ";
  for (const SourceState& source : sources) {
    html.text(before);
    html.text(describe(source.source).title);
    if (!source.up) {
      html.text(" ");
      html.add("strong", "(could not be read completely)");
    }
    before = ", ";
  }
  html.text(".");
}

// The first finding and the number of others; nothing where no finding is listed.
void add_first_finding(Html& html, const CheckResult& result) {
  const auto groups = groups_of(result, false);
  if (groups.empty()) {
    return;
  }
  // Findings are failing before unknown, so this is the worst one.
  const Finding& first = *groups.front().front();
  std::size_t count = 0;
  for (const FindingGroup& group : groups) {
    count += group.size();
  }
  {
    const Html::Element line = html.open("p");
    html.text(subject_of(first));
    html.text(first.message.empty() ? "" : ": " + first.message);
    if (count > 1) {
      html.add("span", {{"class", "soft"}}, " and " + std::to_string(count - 1) + " more");
    }
  }
  if (const std::string place = format_location(first.origin); !place.empty()) {
    const Html::Element line = html.open("p");
    html.add("code", place);
  }
}

// Badge, severity, and for how long.
void add_marks(Html& html, const RankedCheck& check, const PublishedInstallation& installation,
               Instant now) {
  const Html::Element marks = html.open("p", {{"class", "marks"}});
  add_badge(html, check.status);
  html.text(" ");
  add_severity(html, check.result->severity, check.status);
  if (const auto since = since_of(*check.result, installation)) {
    html.text(" ");
    html.add("span", {{"class", "age"}}, time_since(*since, now));
  }
}

// One check: title, id, marks and what it found first.
void add_row(Html& html, const RankedCheck& check, const PublishedInstallation& installation,
             const OverviewOptions& options) {
  const CheckResult& result = *check.result;
  const Html::Element row = html.open("li");
  {
    const Html::Element title = html.open("h4");
    html.add_link(options.link_to(result.check->id, installation.result.name), result.check->title);
    html.text(" ");
    html.add("code", result.check->id);
  }
  add_marks(html, check, installation, options.now);
  add_first_finding(html, result);
}

// A heading and the status of the checks below it.
struct Group {
  std::string_view heading{};
  PageStatus status = PageStatus::fail;
};

// Nothing where there is no check.
void add_group(Html& html, const Group& group, const std::vector<RankedCheck>& checks,
               const std::function<void(const RankedCheck&)>& add) {
  if (checks.empty()) {
    return;
  }
  const Html::Element section = html.open("section", {{"class", "group"}});
  html.add("h3", std::string{group.heading} + " (" + std::to_string(checks.size()) + ")");
  const Html::Element list = html.open("ul", {{"class", "rows"}});
  for (const RankedCheck& check : checks) {
    add(check);
  }
}

// Failing, unknown and waived checks, each with what it found first. In a short overview
// they share max_rows_of_several rows, the failing ones first.
void add_problems(Html& html, const PublishedInstallation& installation,
                  const std::vector<RankedCheck>& checks, const OverviewOptions& options) {
  std::size_t room = options.whole ? checks.size() : max_rows_of_several;
  const Html::Element problems = html.open("div");
  for (const Group& group :
       {Group{"Failing", PageStatus::fail}, Group{"Unknown", PageStatus::unknown},
        Group{"Waived", PageStatus::waived}}) {
    std::vector<RankedCheck> shown;
    std::copy_if(checks.begin(), checks.end(), std::back_inserter(shown),
                 [&](const RankedCheck& check) { return check.status == group.status; });
    shown.resize(std::min(shown.size(), room));
    room -= shown.size();
    add_group(html, group, shown,
              [&](const RankedCheck& check) { add_row(html, check, installation, options); });
  }
}

}  // namespace

void add_installation(Html& html, const PublishedInstallation& installation,
                      const OverviewOptions& options) {
  const auto checks = ranked_checks(installation);
  const Tally tally = tally_of(checks);
  const std::string id = id_of({"installation", installation.result.name});
  const Html::Element section = html.open("section", {{"class", "card"}, {"aria-labelledby", id}});
  html.add("h2", {{"id", id}}, installation.result.name);
  if (checks.empty()) {
    html.add("p", "No check is enabled.");
    return;
  }
  add_facts(html, installation, checks);
  add_bar(html, tally, checks.size());
  add_sources(html, installation);
  if (!options.whole) {
    add_problems(html, installation, checks, options);
    const Html::Element line = html.open("p");
    html.add_link(options.link_to_all(installation.result.name),
                  "Everything about " + installation.result.name);
    return;
  }
  // Without problems the table of areas gets the whole width.
  const bool has_problems =
      tally.of(PageStatus::fail) + tally.of(PageStatus::unknown) + tally.of(PageStatus::waived) > 0;
  const Html::Element columns =
      html.open("div", {{"class", has_problems ? "columns with-table" : "columns"}});
  if (has_problems) {
    add_problems(html, installation, checks, options);
  }
  add_areas(html, installation, checks, options.link_to);
}

}  // namespace compliance::pages
