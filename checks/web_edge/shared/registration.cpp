// Whether everybody can make an account.
#include "checks/web_edge/shared/registration.h"

#include "checks/caracal/web_console.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

Verdict judge_release(const Container& console) {
  const Fact<bool> june = is_before_v0_1_0(console);
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  return june.is(true)
             ? with_expected_observed(fail("this release lets everybody sign up who reaches the "
                                           "console: restrict its edge",
                                           june.origin),
                                      "v2026.06.25-rc.1 or later", "a release of June 2026")
             : pass();
}

// The body is looked at, and found wanting: a better one would have made an account.
bool is_open(const HttpAnswer& answer) {
  return (answer.status == 400 || answer.status == 422) &&
         answer.body.find(R"("code":"VALIDATION_ERROR")") != std::string::npos;
}

bool is_closed(const HttpAnswer& answer) {
  return answer.status == 403 && answer.body == R"({"error":"registration_not_permitted"})";
}

}  // namespace

Verdict judge_registration(const Container& console, const Installation& installation) {
  const Fact<bool> open = has_open_registration(console);
  const bool production = installation.stage == DeploymentStage::production;
  if (production && open.is(true)) {
    return with_expected_observed(
        fail("CARACAL_OPEN_REGISTRATION is on: everybody can make an account", open.origin),
        "off, or not set", "on");
  }
  Verdict by_release = judge_release(console);
  if (production && open.fault && by_release.outcome == Outcome::pass) {
    return unknown(*open.fault, open.origin);
  }
  return by_release;
}

Verdicts judge_sign_up(const Endpoint& endpoint, bool settings_seen) {
  if (auto missing = console_missing(endpoint)) {
    return {std::move(*missing)};
  }
  const Fact<HttpAnswer>& fact = endpoint.web.answers[ConsoleRequest::sign_up];
  if (!fact.value) {
    return {unanswered(fact)};
  }
  if (is_open(*fact.value)) {
    return {with_expected_observed(
        fail("everybody who reaches the console can make an account: restrict its "
             "edge, or close sign-up",
             fact.origin),
        "403", std::to_string(fact.value->status))};
  }
  if (!is_closed(*fact.value)) {
    return {unexpected("POST /api/auth/sign-up/email", fact, endpoint)};
  }
  return settings_seen
             ? Verdicts{}
             : Verdicts{unknown(UnknownReason::not_observable,
                                "sign-up is closed; whether CARACAL_OPEN_REGISTRATION lets "
                                "everybody in otherwise does not show from outside",
                                fact.origin)};
}

}  // namespace compliance
