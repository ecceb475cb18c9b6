// The console's page may not be framed, and runs no scripts but its own.
#include "checks/web_edge/shared/content_security_policy.h"

#include <array>

#include "checks/check.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

struct Gap {
  bool CspGaps::*open = nullptr;
  const char* message = "";
  const char* expected = "";
};

constexpr auto all_gaps = std::to_array<Gap>({
    {&CspGaps::framing, "other sites may frame the console", "frame-ancestors 'none'"},
    {&CspGaps::any_script, "scripts of every kind and host run", "script-src or default-src"},
    {&CspGaps::inline_script, "inline scripts run", "no 'unsafe-inline' for scripts"},
    {&CspGaps::eval, "texts are run as scripts", "no 'unsafe-eval'"},
    {&CspGaps::wildcard, "scripts of hosts run that are not named", "no wildcard for scripts"},
});

Verdicts content_security_policy_verdict(const HttpAnswer& page, const Origin& origin) {
  if (!is_page(page)) {
    return {
        unknown(UnknownReason::not_observable, "the console's page is served elsewhere", origin)};
  }
  const CspGaps gaps = gaps_of(enforced_policies(page));
  Verdicts verdicts;
  for (const Gap& gap : all_gaps) {
    if (gaps.*gap.open) {
      verdicts.push_back(
          with_expected_observed(fail(gap.message, origin), gap.expected, "allowed"));
    }
  }
  return verdicts.empty() ? Verdicts{pass({}, origin)} : verdicts;
}

Verdicts evaluate_content_security_policy(const Installation& installation,
                                          const Policy& /*policy*/) {
  return on_web_page(installation, &content_security_policy_verdict);
}

}  // namespace

extern constinit const Check content_security_policy{
    .id = "web-edge-content-security-policy",
    .title = "The console's page may not be framed and runs only its own scripts",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why = "A framed console is steered by another site; a script in it acts as its operator.",
    .remediation =
        "Pass the console's own policy through the edge; add no policy to it but stricter ones.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_content_security_policy,
};
}  // namespace compliance::web_edge
