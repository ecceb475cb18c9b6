// Whether the console forbids browsers to sniff content types.
#include "checks/check.h"
#include "checks/formats/document_headers.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Of several values browsers read the first alone.
Verdicts content_type_options_verdict(const HttpAnswer& page, const Origin& origin) {
  if (has_nosniff(page)) {
    return {pass({}, origin)};
  }
  const bool stated = !header_values(page, "x-content-type-options").empty();
  return {with_expected_observed(
      fail("X-Content-Type-Options does not forbid content sniffing", origin), "nosniff",
      stated ? "another value first" : "not set")};
}

Verdicts evaluate_content_type_options(const Installation& installation, const Policy& /*policy*/) {
  return on_web_page(installation, &content_type_options_verdict);
}

}  // namespace

extern constinit const Check content_type_options{
    .id = "web-edge-content-type-options",
    .title = "The console sends X-Content-Type-Options nosniff",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Source::endpoint,
    .why = "A browser that sniffs content may run as a script what was served as something else.",
    .remediation = "Let the edge pass the console's own X-Content-Type-Options through.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_content_type_options,
};
}  // namespace compliance::web_edge
