// Whether pages of other origins can read the console's responses. Its own origin may be granted
// (FACTS.md 6.4, T17).
#include "checks/check.h"
#include "checks/web_edge/shared/cors_grant.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// The development origin is the subject of web-edge-untrusted-development-origin.
Verdicts foreign_origin_grants_verdict(const Endpoint& endpoint) {
  Verdicts verdicts;
  for (const OriginAnswer& asked : endpoint.web.grants) {
    if (asked.origin != development_origin) {
      verdicts.push_back(grant_verdict(asked, endpoint));
    }
  }
  return verdicts.empty() ? Verdicts{unanswered(Fact<HttpAnswer>{})} : verdicts;
}

Verdicts evaluate_foreign_origin_grants(const Installation& installation,
                                        const Policy& /*policy*/) {
  return on_web_endpoint(installation, &foreign_origin_grants_verdict);
}

}  // namespace

extern constinit const Check foreign_origin_grants{
    .id = "web-edge-foreign-origin-grants",
    .title = "Pages of foreign origins cannot read the console's responses",
    .area = Area::web_edge,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why = "A page that can read responses with credentials acts with the session of its visitor.",
    .remediation =
        "Remove Access-Control headers from the edge, and list no foreign origin in "
        "CARACAL_WEB_ORIGIN.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_foreign_origin_grants,
};
}  // namespace compliance::web_edge
