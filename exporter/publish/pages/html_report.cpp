// The HTML report: one file with the overview and the details of every check, linked
// within.
#include "exporter/publish/pages/about_check.h"
#include "exporter/publish/pages/check_details.h"
#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_frame.h"
#include "exporter/publish/reports/report.h"

namespace compliance {
namespace {

using namespace pages;

// The place of a check's details in this file.
std::string id_of_check(std::string_view check, std::string_view installation) {
  return id_of({"check", installation, check});
}

// Checks that need attention show their description at once; for the others it is folded.
void add_check(Html& html, const CheckDetails& details) {
  const Check& check = *details.result.check;
  const std::string id = id_of_check(check.id, details.installation.result.name);
  const Html::Element article = html.open("article", {{"class", "card"}, {"id", id}});
  html.add("h3", check.title);
  {
    const Html::Element line = html.open("p", {{"class", "meta"}});
    html.add("code", check.id);
  }
  add_verdict(html, details);
  const PageStatus status = status_of(details.result, details.installation);
  // Waived checks too: the waiver ends one day.
  const bool asks_for_attention =
      status == PageStatus::fail || status == PageStatus::unknown || status == PageStatus::waived;
  if (asks_for_attention) {
    add_remediation(html, check);
    add_about_list(html, check);
  }
  add_findings(html, details);
  add_waivers(html, details);
  if (!asks_for_attention) {
    const Html::Element fold = html.open("details");
    html.add("summary", "About this check");
    add_about_list(html, check);
    add_remediation(html, check);
  }
}

// All checks of one installation, in the order of the overview.
void add_details(Html& html, const Snapshot& snapshot, const PublishedInstallation& installation) {
  const std::string id = id_of({"details", installation.result.name});
  const Html::Element section = html.open("section", {{"class", "group"}, {"aria-labelledby", id}});
  html.add("h2", {{"id", id}}, installation.result.name + ": every check");
  for (const RankedCheck& check : ranked_checks(installation)) {
    add_check(html, {.snapshot = snapshot,
                     .installation = installation,
                     .result = *check.result,
                     .heading = "h4"});
  }
}

}  // namespace

std::string render_html_report(const Snapshot& snapshot, const ReportOptions& /*options*/) {
  // Over all installations, for title and icon of the file.
  Tally tally;
  for (const PublishedInstallation& installation : snapshot.installations) {
    for (const RankedCheck& check : ranked_checks(installation)) {
      tally.add(check);
    }
  }
  const OverviewOptions options{.link_to =
                                    [](std::string_view check, std::string_view installation) {
                                      return Link::to_place(id_of_check(check, installation));
                                    },
                                .now = snapshot.published_at};
  const std::string headline = headline_of(tally);
  return framed({.kind = PageKind::file,
                 .title = headline,
                 .status = tally.worst(),
                 .evaluated_at = snapshot.published_at},
                [&](Html& html) {
                  html.add("h1", headline);
                  add_notices(html, snapshot);
                  for (const PublishedInstallation& installation : snapshot.installations) {
                    add_installation(html, installation, options);
                  }
                  for (const PublishedInstallation& installation : snapshot.installations) {
                    add_details(html, snapshot, installation);
                  }
                });
}

}  // namespace compliance
