// Verdict, findings and waivers of one check in one installation.
#include "exporter/publish/pages/check_details.h"

#include <algorithm>
#include <string>

#include "exporter/base/timestamp.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {
namespace {

// Nothing for an empty value: most findings have only some of the values.
void add_pair(Html& html, std::string_view name, std::string_view value) {
  if (!value.empty()) {
    html.add("dt", name);
    html.add("dd", value);
  }
}

// The waiver of that id, if it is for this installation; else null.
const PublishedWaiver* find_waiver(const CheckDetails& details, std::string_view id) {
  const auto& waivers = details.snapshot.waivers;
  const auto found =
      std::find_if(waivers.begin(), waivers.end(), [&](const PublishedWaiver& waiver) {
        return !id.empty() && waiver.waiver.id == id &&
               waiver.waiver.installation == details.installation.result.name;
      });
  return found == waivers.end() ? nullptr : &*found;
}

// Place and subject of one finding; the component beside an object, whose name may be any
// text.
void add_subject(Html& html, const Finding& finding) {
  const Html::Element item = html.open("li");
  const std::string place = format_location(finding.origin);
  if (!place.empty()) {
    html.add("code", place);
    html.text(" ");
  }
  html.text(subject_of(finding));
  if (!finding.object.empty() && finding.component != Component::installation) {
    html.add("span", {{"class", "soft"}}, " (" + std::string{name_of(finding.component)} + ")");
  }
}

// Adds the group with at most `room` subjects, and returns how many it named. The findings
// of a group differ only in these, so the first one speaks for all.
std::size_t add_group(Html& html, const FindingGroup& group, const CheckDetails& details,
                      std::size_t room) {
  const Finding& first = *group.front();
  const bool is_waived = !first.waiver.empty();
  const std::size_t shown = std::min(group.size(), room);
  const Html::Element item = html.open("li", {{"class", "finding"}});
  {
    const Html::Element says = html.open("p", {{"class", "says"}});
    add_badge(html, is_waived ? PageStatus::waived : status_of(first.outcome));
    html.add("span", first.message.empty() ? "no message" : first.message);
  }
  const Html::Element pairs = html.open("dl", {{"class", "pairs"}});
  add_pair(html, "Expected", first.expected);
  add_pair(html, "Observed", first.observed);
  if (first.outcome == Outcome::unknown && first.reason) {
    add_pair(html, "Reason", name_of(*first.reason));
  }
  if (const PublishedWaiver* waiver = find_waiver(details, first.waiver)) {
    html.add("dt", "Waiver");
    const Html::Element value = html.open("dd");
    html.text(waiver->waiver.id + " until ");
    add_moment(html, rfc3339(waiver->waiver.expires));
  }
  html.add("dt", group.size() == 1 ? "Where" : "Where (" + std::to_string(group.size()) + ")");
  const Html::Element where = html.open("dd");
  const Html::Element list = html.open("ul");
  for (std::size_t index = 0; index < shown; ++index) {
    add_subject(html, *group[index]);
  }
  return shown;
}

// Adds the groups within the limit of subjects, and returns how many subjects were named.
std::size_t add_groups(Html& html, const std::vector<FindingGroup>& groups,
                       const CheckDetails& details) {
  const Html::Element list = html.open("ul");
  std::size_t shown = 0;
  for (const FindingGroup& group : groups) {
    if (shown < details.max_subjects) {
      shown += add_group(html, group, details, details.max_subjects - shown);
    }
  }
  return shown;
}

// The passing findings, folded, within the limit of subjects.
void add_passing(Html& html, const CheckDetails& details) {
  std::vector<const Finding*> passing;
  for (const Finding& finding : details.result.findings) {
    if (finding.outcome == Outcome::pass && passing.size() < details.max_subjects) {
      passing.push_back(&finding);
    }
  }
  if (passing.empty()) {
    return;
  }
  const Html::Element fold = html.open("details");
  html.add("summary", "Passes for " + std::to_string(passing.size()));
  const Html::Element list = html.open("ul", {{"class", "list plain"}});
  for (const Finding* finding : passing) {
    const Html::Element item = html.open("li");
    html.text(subject_of(*finding));
    html.text(finding->message.empty() ? "" : ": " + finding->message);
    if (const std::string place = format_location(finding->origin); !place.empty()) {
      html.text(" ");
      html.add("code", place);
    }
  }
}

// What stands in place of findings. A status that should have some says no more than that.
std::string_view text_without_findings(PageStatus status) {
  switch (status) {
    case PageStatus::pass:
      return "Nothing fails and nothing is unknown.";
    case PageStatus::not_applicable:
      return "This installation holds nothing that the check applies to.";
    case PageStatus::fail:
    case PageStatus::unknown:
    case PageStatus::waived:
    case PageStatus::unconfigured:
      return "No further details.";
  }
  return "";
}

}  // namespace

void add_verdict(Html& html, const CheckDetails& details) {
  const Html::Element line = html.open("p", {{"class", "verdict"}});
  const PageStatus status = status_of(details.result, details.installation);
  add_badge(html, status);
  add_severity(html, details.result.severity, status);
  if (const auto since = since_of(details.result, details.installation)) {
    const Html::Element part = html.open("span");
    html.text("since ");
    add_moment(html, rfc3339(*since));
    html.text(" (" + time_since(*since, details.snapshot.published_at) + ")");
  }
  const CheckHistory* past = history_of(details.result.check->id, details.installation);
  const Html::Element part = html.open("span", {{"class", "soft"}});
  if (past != nullptr && past->last_evaluated) {
    html.text("last evaluated ");
    add_moment(html, rfc3339(*past->last_evaluated));
  } else {
    html.text("never evaluated");
  }
}

void add_findings(Html& html, const CheckDetails& details) {
  const std::vector<FindingGroup> groups = groups_of(details.result, false);
  const Html::Element section = html.open("section", {{"class", "group"}});
  // Findings, not groups: that is the number in the heading.
  std::size_t all = 0;
  for (const FindingGroup& group : groups) {
    all += group.size();
  }
  html.add(details.heading, groups.empty() ? "Findings" : "Findings (" + std::to_string(all) + ")");
  if (groups.empty()) {
    const PageStatus status = status_of(details.result, details.installation);
    html.add("p", {{"class", "finding"}}, text_without_findings(status));
  }
  const std::size_t shown = groups.empty() ? 0 : add_groups(html, groups, details);
  // Never cut off without a word.
  if (shown < all) {
    html.add("p", std::to_string(all - shown) + " more are in the report, as JSON or as a file.");
  }
  add_passing(html, details);
}

void add_waivers(Html& html, const CheckDetails& details) {
  std::vector<const PublishedWaiver*> waivers;
  for (const PublishedWaiver& waiver : details.snapshot.waivers) {
    if (waiver.waiver.check == details.result.check->id &&
        waiver.waiver.installation == details.installation.result.name) {
      waivers.push_back(&waiver);
    }
  }
  if (waivers.empty()) {
    return;
  }
  const Html::Element section = html.open("section", {{"class", "group"}});
  html.add(details.heading, "Waivers (" + std::to_string(waivers.size()) + ")");
  const Html::Element list = html.open("ul");
  for (const PublishedWaiver* published : waivers) {
    const Waiver& waiver = published->waiver;
    const Html::Element item = html.open("li", {{"class", "finding"}});
    {
      const Html::Element says = html.open("p", {{"class", "says"}});
      html.add("span", waiver.id);
      html.add("span", {{"class", "soft"}}, name_of(published->state));
    }
    const Html::Element pairs = html.open("dl", {{"class", "pairs"}});
    add_pair(html, "Reason", waiver.reason);
    add_pair(html, "Approved by", waiver.approved_by);
    html.add("dt", "Expires");
    {
      const Html::Element value = html.open("dd");
      add_moment(html, rfc3339(waiver.expires));
    }
    add_pair(html, "Component", waiver.component ? name_of(*waiver.component) : "");
    add_pair(html, "Object", waiver.object);
  }
}

}  // namespace compliance::pages
