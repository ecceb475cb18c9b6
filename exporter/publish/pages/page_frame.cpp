// Writes what surrounds every page: head with icon and style, navigation, foot.
#include "exporter/publish/pages/page_frame.h"

#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/publish/pages/page_text.h"
#include "exporter/publish/pages/style_sheet.h"

namespace compliance::pages {
namespace {

// A tab shows at a glance how things are. Data, so that no browser asks for another file.
constexpr Constant icon_begin =
    R"(<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E)";
constexpr Constant icon_end = R"(%3C/svg%3E">)";
// The shapes differ as well as the colours.
constexpr Constant cross =
    R"(%3Crect width='16' height='16' rx='3' fill='%23b3261e'/%3E%3Cpath d='M5 5l6 6m0-6l-6 6' stroke='white' stroke-width='2'/%3E)";
constexpr Constant question =
    R"(%3Crect width='16' height='16' rx='3' fill='%237d4e00'/%3E%3Cpath d='M5.5 6a2.5 2.5 0 1 1 2.5 2.5V10m0 1.5v1.5' fill='none' stroke='white' stroke-width='1.7'/%3E)";
constexpr Constant tick =
    R"(%3Crect width='16' height='16' rx='3' fill='%231a6b3c'/%3E%3Cpath d='M4 8l3 3 5-6' fill='none' stroke='white' stroke-width='2'/%3E)";

// Waived failures are accepted, so they get a tick.
Constant icon_of(PageStatus status) {
  switch (status) {
    case PageStatus::fail:
      return cross;
    case PageStatus::pass:
    case PageStatus::waived:
    case PageStatus::not_applicable:
      return tick;
    case PageStatus::unknown:
    case PageStatus::unconfigured:
      return question;
  }
  return question;
}

// Search engines are told to keep out, should a page ever be reachable from outside.
void add_head(Html& html, const Frame& frame) {
  const Html::Element head = html.open("head");
  html.add_constant(R"(<meta charset="utf-8">)");
  html.add_constant(R"(<meta name="viewport" content="width=device-width, initial-scale=1">)");
  html.add_constant(R"(<meta name="robots" content="noindex">)");
  // A file comes without headers, so the policy stands in it, before anything that it
  // governs.
  if (frame.kind == PageKind::file) {
    html.add_policy(file_policy());
  }
  html.add("title", std::string{frame.title} + " - Caracal compliance");
  html.add_constant(icon_begin);
  html.add_constant(icon_of(frame.status));
  html.add_constant(icon_end);
  html.add_constant("<style>");
  html.add_constant(style_sheet());
  html.add_constant("</style>");
}

// The current page is marked for screen readers too.
void add_navigation(Html& html, PageKind kind) {
  const Html::Element nav = html.open("nav", {{"aria-label", "Pages"}});
  const auto add = [&](const Link& link, std::string_view word, PageKind own) {
    if (kind == own) {
      html.add_link(link, word, {{"aria-current", "page"}});
    } else {
      html.add_link(link, word);
    }
  };
  add(Link::to_page("/"), "Overview", PageKind::overview);
  add(Link::to_page("/history"), "History", PageKind::history);
}

// The first link skips the navigation for users of a keyboard.
void add_top(Html& html, const Frame& frame) {
  html.add_link(Link::to_place("main"), "Skip to the content", {{"class", "skip"}});
  const Html::Element header = html.open("header", {{"class", "top"}});
  const Html::Element inner = html.open("div");
  html.add("p", {{"class", "brand"}}, "Caracal compliance");
  if (frame.kind != PageKind::file) {
    add_navigation(html, frame.kind);
  }
  const Html::Element evaluated = html.open("p", {{"class", "asof"}});
  html.text("Evaluated ");
  add_moment(html, rfc3339(frame.evaluated_at));
}

// A file leads nowhere, so it has no links to reports.
void add_foot(Html& html, const Frame& frame) {
  const Html::Element footer = html.open("footer");
  const Html::Element line = html.open("p");
  if (frame.kind != PageKind::file) {
    const Link report = Link::to_page("/api/v1/report");
    html.add_link(report, "Report as JSON");
    html.add_link(report.with("format", "html"), "Report as one HTML file");
  }
  html.text("caracal-compliance-exporter " + std::string{version()});
}

}  // namespace

std::string framed(const Frame& frame, const std::function<void(Html&)>& add_main) {
  Html html;
  html.add_constant("<!DOCTYPE html>\n");
  {
    const Html::Element page = html.open("html", {{"lang", "en"}});
    add_head(html, frame);
    const Html::Element body = html.open("body");
    add_top(html, frame);
    {
      // Can be focused by the link that skips the navigation, and not with the tab key.
      const Html::Element main = html.open("main", {{"id", "main"}, {"tabindex", "-1"}});
      add_main(html);
    }
    add_foot(html, frame);
  }
  return html.take() + "\n";
}

}  // namespace compliance::pages
