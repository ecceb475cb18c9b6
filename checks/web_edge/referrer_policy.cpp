// Whether the console keeps its addresses from other sites.
#include "checks/check.h"
#include "checks/formats/document_headers.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// The last valid token counts, so a proxy may weaken the console's own. Tokens are a closed list
// and may be shown.
Verdicts referrer_policy_verdict(const HttpAnswer& page, const Origin& origin) {
  std::string policy = referrer_policy(page);
  if (policy == "no-referrer") {
    return {pass({}, origin)};
  }
  return {with_expected_observed(fail("the effective Referrer-Policy is not no-referrer", origin),
                                 "no-referrer",
                                 policy.empty() ? "no valid value" : std::move(policy))};
}

Verdicts evaluate_referrer_policy(const Installation& installation, const Policy& /*policy*/) {
  return on_web_page(installation, &referrer_policy_verdict);
}

}  // namespace

extern constinit const Check referrer_policy{
    .id = "web-edge-referrer-policy",
    .title = "The console sends Referrer-Policy no-referrer",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Source::endpoint,
    .why =
        "Without it, other sites learn the addresses of the console's pages and thereby what is "
        "managed there.",
    .remediation = "Let the edge pass the console's own Referrer-Policy through and add none.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_referrer_policy,
};
}  // namespace compliance::web_edge
