// Whether anyone can create an account. Source: FACTS.md 6.6, 18.10, 19.
#include "checks/caracal/web_console.h"
#include "checks/check.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Before that release whoever reaches the console is an administrator (FACTS.md 6.6).
Verdict release_verdict(const Container& console) {
  const Fact<bool> is_old = is_before_v2026_06_25(console);
  if (is_old.fault) {
    return unknown(*is_old.fault, is_old.origin);
  }
  return is_old.is(true)
             ? with_expected_observed(fail("this release lets anyone who reaches the console sign "
                                           "up: restrict access at the edge",
                                           is_old.origin),
                                      "v2026.06.25-rc.1 or later", "an older release")
             : pass();
}

// The console read the body and found it invalid: a valid one would have created an account.
bool is_open(const HttpAnswer& answer) {
  return (answer.status == 400 || answer.status == 422) &&
         answer.body.find(R"("code":"VALIDATION_ERROR")") != std::string::npos;
}

// Of releases from v0.1.0 on (FACTS.md 6.6).
bool is_closed(const HttpAnswer& answer) {
  return answer.status == 403 && answer.body == R"({"error":"registration_not_permitted"})";
}

// By the console's settings and release. Outside production the default is open: that the console
// does not run in production is a finding of published-mode-caracal-mode.
Verdict registration_setting_verdict(const Container& console, const Installation& installation) {
  const Fact<bool> open = has_open_registration(console);
  const bool production = installation.stage == DeploymentStage::production;
  if (production && open.is(true)) {
    return with_expected_observed(
        fail("CARACAL_OPEN_REGISTRATION is on: anyone can create an account", open.origin),
        "off, or not set", "on");
  }
  Verdict by_release = release_verdict(console);
  if (production && open.fault && by_release.outcome == Outcome::pass) {
    return unknown(*open.fault, open.origin);
  }
  return by_release;
}

// By the answer to an empty sign-up. A closed sign-up does not prove that registration is closed:
// it adds nothing where settings were seen, and is unknown where they were not.
Verdicts evaluate_sign_up(const Endpoint& endpoint, bool settings_seen) {
  if (auto missing = console_missing(endpoint)) {
    return {std::move(*missing)};
  }
  const Fact<HttpAnswer>& fact = endpoint.web.answers[ConsoleRequest::sign_up];
  if (!fact.value) {
    return {unanswered(fact)};
  }
  if (is_open(*fact.value)) {
    return {with_expected_observed(fail("anyone who reaches the console can create an account: "
                                        "restrict access at the edge, or close sign-up",
                                        fact.origin),
                                   "403", std::to_string(fact.value->status))};
  }
  if (!is_closed(*fact.value)) {
    return {unexpected("POST /api/auth/sign-up/email", fact, endpoint)};
  }
  return settings_seen
             ? Verdicts{}
             : Verdicts{unknown(UnknownReason::not_observable,
                                "sign-up is closed; whether CARACAL_OPEN_REGISTRATION admits "
                                "everyone in another way is not visible from outside",
                                fact.origin)};
}

// Settings and answer are evaluated apart: an edge may close what the console leaves open.
Verdicts evaluate_registration(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(
        attributed_to(registration_setting_verdict(*console, installation), *console));
  }
  const bool settings_seen = !verdicts.empty();
  return with_web_endpoint(std::move(verdicts), installation,
                           [settings_seen](const Endpoint& endpoint) {
                             return evaluate_sign_up(endpoint, settings_seen);
                           });
}

}  // namespace

extern constinit const Check registration{
    .id = "web-edge-registration",
    .title = "Registration is not open to everyone",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why = "Anyone who signs up acts with the authority of the deployment's administrators.",
    .remediation =
        "Unset CARACAL_OPEN_REGISTRATION; with a release before v2026.06.25-rc.1, restrict who can "
        "reach the console, and update.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_registration,
};

}  // namespace compliance::web_edge
