// Whether browsers that know the console request it only over https. The text need not equal the
// packaged one; of several headers browsers obey the first (FACTS.md 6.2, T12).
#include "checks/check.h"
#include "checks/formats/strict_transport.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Subdomains and preload are noted and not demanded.
Verdict first_header_verdict(std::string_view text, const Origin& origin, const Policy& policy) {
  const auto first = read_strict_transport(text);
  const std::string least =
      "max-age of at least " + std::to_string(policy.hsts_min_max_age.count()) + " seconds";
  if (!first) {
    return with_expected_observed(fail("browsers ignore this Strict-Transport-Security", origin),
                                  least, "an invalid first header");
  }
  if (first->max_age < policy.hsts_min_max_age) {
    return with_expected_observed(fail("Strict-Transport-Security is too short", origin), least,
                                  std::to_string(first->max_age.count()) + " seconds");
  }
  return pass(first->include_subdomains ? "includes subdomains" : "without subdomains", origin);
}

// RFC 6797, 8.1: browsers ignore the header over plain http.
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
        return {first_header_verdict(values.front(), origin, policy)};
      });
}

}  // namespace

extern constinit const Check strict_transport_security{
    .id = "web-edge-strict-transport-security",
    .title = "Browsers request the console only over https",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "A single plaintext request is enough for an attacker on the network to take over the "
        "session.",
    .remediation =
        "Keep secure cookies on, and let the edge pass Strict-Transport-Security through and add "
        "none.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_strict_transport_security,
};
}  // namespace compliance::web_edge
