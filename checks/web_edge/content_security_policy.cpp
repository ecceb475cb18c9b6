// Whether the console's page may be framed, and which scripts may run in it. The packaged text need
// not be matched: proxies change it, and browsers enforce every policy that arrives (FACTS.md 6.2,
// T12). style-src 'unsafe-inline' is genuine (FACTS.md T13).
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "checks/check.h"
#include "checks/formats/ascii.h"
#include "checks/formats/csp.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

using Values = std::vector<std::string>;

// The directives that govern a kind of script, the most specific first.
constexpr auto scripts = {"script-src-elem", "script-src", "default-src"};
constexpr auto event_handlers = {"script-src-attr", "script-src", "default-src"};
constexpr auto evaluation = {"script-src", "default-src"};

// What the policies leave open together: a thing is open when each of them allows it.
struct CspGaps {
  bool framing = false;        // no policy has frame-ancestors 'none'
  bool any_script = false;     // no directive restricts scripts; the three below are false then
  bool inline_script = false;  // elements or event handlers, without a nonce or a hash
  bool eval = false;           // text is run as a script; said without a nonce or a hash
  bool wildcard = false;       // scripts of a host with a * in its name, or of a whole scheme
};

// CSP Level 3: a nonce, a hash or 'strict-dynamic' turns 'unsafe-inline' off.
bool allows_inline(const Values& values) {
  return has_keyword(values, "'unsafe-inline'") && !has_nonce_or_hash(values) &&
         !has_keyword(values, "'strict-dynamic'");
}

bool allows_eval(const Values& values) {
  return has_keyword(values, "'unsafe-eval'") && !has_nonce_or_hash(values);
}

// 'strict-dynamic' makes browsers ignore hosts and schemes.
bool allows_any_source(const Values& values) {
  return std::any_of(values.begin(), values.end(), &is_wildcard_source) &&
         !has_keyword(values, "'strict-dynamic'");
}

// Whether each policy that has one of these directives, the first of them that it has, allows it.
bool all_allow(const std::vector<CspPolicy>& policies, std::initializer_list<const char*> names,
               bool (*allows)(const Values&)) {
  return std::all_of(policies.begin(), policies.end(), [&](const CspPolicy& policy) {
    const Values* values = find_directive(policy, names);
    return values == nullptr || allows(*values);
  });
}

// An empty list matches nothing, as 'none' does; beside others 'none' means nothing.
bool forbids_framing(const CspPolicy& policy) {
  const Values* values = find_directive(policy, {"frame-ancestors"});
  return values != nullptr &&
         std::all_of(values->begin(), values->end(),
                     [](const std::string& value) { return lower_case(value) == "'none'"; });
}

// Without any policy framing and scripts are both open.
CspGaps gaps_of(const std::vector<CspPolicy>& policies) {
  CspGaps gaps{.framing = std::none_of(policies.begin(), policies.end(), &forbids_framing),
               .any_script = all_allow(policies, scripts, [](const Values&) { return false; })};
  if (!gaps.any_script) {
    gaps.inline_script = all_allow(policies, scripts, &allows_inline) ||
                         all_allow(policies, event_handlers, &allows_inline);
    gaps.eval = all_allow(policies, evaluation, &allows_eval);
    gaps.wildcard = all_allow(policies, scripts, &allows_any_source);
  }
  return gaps;
}

// A row of the table below: how a gap reads in a verdict.
struct Gap {
  bool CspGaps::*open = nullptr;
  const char* message = "";
  const char* expected = "";
};

constexpr auto all_gaps = std::to_array<Gap>({
    {&CspGaps::framing, "other sites can frame the console", "frame-ancestors 'none'"},
    {&CspGaps::any_script, "no directive restricts scripts", "script-src or default-src"},
    {&CspGaps::inline_script, "inline scripts are allowed", "no 'unsafe-inline' for scripts"},
    {&CspGaps::eval, "text may be run as a script", "no 'unsafe-eval'"},
    {&CspGaps::wildcard, "scripts of hosts that are not named are allowed",
     "no wildcard for scripts"},
});

// JSON of a split console has no CSP, and needs none (FACTS.md T7).
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
    .title = "The console's page cannot be framed and runs only its own scripts",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "A site that frames the console can steer it; a script that runs in it acts as its "
        "operator.",
    .remediation =
        "Let the edge pass the console's own policy through, and add only stricter policies.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_content_security_policy,
};

}  // namespace compliance::web_edge
