// Whether older browsers, too, are told that no site may frame the console. Current ones obey
// frame-ancestors instead, which web-edge-content-security-policy evaluates.
#include "checks/check.h"
#include "checks/formats/document_headers.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// The value observed where it is not DENY; empty where it is.
std::string_view fault_of(FrameOptions options) {
  switch (options) {
    case FrameOptions::deny:
      return {};
    case FrameOptions::unset:
      return "not set";
    case FrameOptions::same_origin:
      return "SAMEORIGIN";
    case FrameOptions::other:
      return "another value";
    case FrameOptions::conflicting:
      return "conflicting values";
  }
  return {};
}

// A proxy that adds SAMEORIGIN beside DENY makes the list conflict (FACTS.md 18.14).
Verdicts frame_options_verdict(const HttpAnswer& page, const Origin& origin) {
  const std::string_view wrong = fault_of(frame_options(page));
  return {wrong.empty()
              ? pass({}, origin)
              : with_expected_observed(fail("X-Frame-Options does not forbid framing", origin),
                                       "DENY", std::string{wrong})};
}

Verdicts evaluate_frame_options(const Installation& installation, const Policy& /*policy*/) {
  return on_web_page(installation, &frame_options_verdict);
}

}  // namespace

extern constinit const Check frame_options{
    .id = "web-edge-frame-options",
    .title = "The console sends X-Frame-Options DENY",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Source::endpoint,
    .why = "A site that frames the console can steer its operator's clicks.",
    .remediation = "Let the edge pass the console's own X-Frame-Options through and add none.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_frame_options,
};
}  // namespace compliance::web_edge
