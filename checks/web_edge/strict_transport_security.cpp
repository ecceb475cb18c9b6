// Browsers that know the console never ask for it in plain text again.
#include "checks/check.h"
#include "checks/formats/strict_transport.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdict judge_first(std::string_view text, const Origin& origin, const Policy& policy) {
  const auto first = read_strict_transport(text);
  const std::string least =
      "max-age of at least " + std::to_string(policy.hsts_min_max_age.count()) + " seconds";
  if (!first) {
    return with_expected_observed(fail("browsers ignore this Strict-Transport-Security", origin),
                                  least, "a broken first header");
  }
  if (first->max_age < policy.hsts_min_max_age) {
    return with_expected_observed(fail("Strict-Transport-Security is too short", origin), least,
                                  std::to_string(first->max_age.count()) + " seconds");
  }
  return pass(first->include_subdomains ? "includes subdomains" : "without subdomains", origin);
}

Verdicts evaluate_strict_transport_security(const Installation& installation,
                                            const Policy& policy) {
  return on_web_page(
      installation, [&policy](const HttpAnswer& page, const Origin& origin) -> Verdicts {
        if (!page.tls) {
          return {unknown(UnknownReason::not_observable,
                          "browsers ignore Strict-Transport-Security over plain http", origin)};
        }
        const auto values = header_values(page, "strict-transport-security");
        if (values.empty()) {
          return {with_expected_observed(fail("Strict-Transport-Security is not set", origin),
                                         "Strict-Transport-Security", "not set")};
        }
        return {judge_first(values.front(), origin, policy)};
      });
}

}  // namespace

extern constinit const Check strict_transport_security{
    .id = "web-edge-strict-transport-security",
    .title = "Browsers ask for the console over https alone",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why = "One request in plain text is enough for somebody on the way to take the session over.",
    .remediation =
        "Keep secure cookies on, and let the edge pass Strict-Transport-Security through and add "
        "none.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_strict_transport_security,
};
}  // namespace compliance::web_edge
