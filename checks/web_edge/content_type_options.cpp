// Browsers do not guess what the console's answers are.
#include "checks/check.h"
#include "checks/subject/document_headers.h"
#include "checks/subject/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdicts judge(const HttpAnswer& page, const Origin& origin) {
  if (has_nosniff(page)) {
    return {pass({}, origin)};
  }
  const bool stated = !header_values(page, "x-content-type-options").empty();
  return {comparing(fail("X-Content-Type-Options does not forbid guessing", origin), "nosniff",
                    stated ? "another value first" : "not set")};
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  return on_web_page(installation, &judge);
}

}  // namespace

extern constinit const Check content_type_options{
    .id = "web-edge-content-type-options",
    .title = "The console sends X-Content-Type-Options nosniff",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Evidence::endpoint,
    .why = "A browser that guesses runs as a script what was served as something else.",
    .remediation = "Let the edge pass the console's own X-Content-Type-Options through.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
