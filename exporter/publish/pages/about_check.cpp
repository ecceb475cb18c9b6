// Writes title, rationale, evidence and reference of a check.
#include "exporter/publish/pages/about_check.h"

#include <string>

#include "exporter/publish/reports/catalogue_text.h"

namespace compliance::pages {
namespace {

// Text where the reference is no address of the web. The site does not learn where its
// visitor comes from, since addresses of pages name installations.
void add_reference(Html& html, const Check& check) {
  if (const auto link = Link::to_site(check.reference)) {
    html.add_link(*link, check.reference, {{"rel", "noreferrer noopener"}});
  } else {
    html.text(check.reference);
  }
}

}  // namespace

void add_remediation(Html& html, const Check& check) {
  const Html::Element fix = html.open("p", {{"class", "fix"}});
  html.add("strong", "Remediation: ");
  html.text(check.remediation);
}

void add_check_head(Html& html, const Check& check) {
  {
    // The area is not a link: it has no page of its own.
    const Html::Element crumbs = html.open("nav", {{"class", "crumbs"}, {"aria-label", "Path"}});
    html.add_link(Link::to_page("/"), "Overview");
    html.text(" / " + std::string{name_of(check.area)});
  }
  {
    const Html::Element head = html.open("div", {{"class", "check-head"}});
    html.add("h1", check.title);
    const Html::Element meta = html.open("p", {{"class", "meta"}});
    html.add("code", check.id);
  }
  add_remediation(html, check);
}

void add_about_check(Html& html, const Check& check) {
  const Html::Element about = html.open("div", {{"class", "about"}});
  {
    const Html::Element section = html.open("section");
    html.add("h2", "Why");
    html.add("p", check.why);
  }
  {
    const Html::Element section = html.open("section");
    html.add("h2", "Evidence");
    html.add("p", evidence_text(check));
  }
  const Html::Element section = html.open("section");
  html.add("h2", "Reference");
  const Html::Element line = html.open("p");
  add_reference(html, check);
}

void add_about_list(Html& html, const Check& check) {
  const Html::Element pairs = html.open("dl", {{"class", "pairs"}});
  html.add("dt", "Why");
  html.add("dd", check.why);
  html.add("dt", "Evidence");
  html.add("dd", evidence_text(check));
  html.add("dt", "Reference");
  const Html::Element value = html.open("dd");
  add_reference(html, check);
}

}  // namespace compliance::pages
