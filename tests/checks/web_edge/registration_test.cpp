// web-edge-registration
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"
#include "tests/support/packaged.h"

namespace compliance::test::registration_test {
namespace {

constexpr auto id = "web-edge-registration";
constexpr auto open = "CARACAL_OPEN_REGISTRATION";

Installation staging(const Container& console) {
  Installation installation = compose_installation({console});
  installation.stage = DeploymentStage::staging;
  return installation;
}

TEST(WebEdgeRegistration, PassesWhenItIsNotOpened) {
  EXPECT_EQ(status_of(id, console_with({})), Outcome::pass);
  for (const char* value : {"", "false", "0", "no", "off", " true", "enabled"}) {
    EXPECT_EQ(status_of(id, console_with({{open, value}})), Outcome::pass) << value;
  }
}

TEST(WebEdgeRegistration, FailsWhenItIsOpened) {
  for (const char* value : {"true", "1", "Yes", "ON"}) {
    const Finding finding = first_finding(id, console_with({{open, value}}));
    EXPECT_EQ(finding.message, "CARACAL_OPEN_REGISTRATION is on: anyone can create an account")
        << value;
    EXPECT_EQ(finding.expected, "off, or not set");
    EXPECT_EQ(finding.observed, "on");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
    EXPECT_EQ(finding.object, "service web");
    EXPECT_EQ(status_of(id, unreleased_console_with({{open, value}})), Outcome::fail) << value;
    EXPECT_EQ(status_of(id, old_console_with({{open, value}})), Outcome::fail) << value;
  }
}

TEST(WebEdgeRegistration, LeavesAConsoleOutsideProductionToAnotherRow) {
  EXPECT_EQ(status_of(id, console_with({{"NODE_ENV", "development"}})), Outcome::pass);
}

TEST(WebEdgeRegistration, StagingMayBeOpen) {
  EXPECT_EQ(status_of(id, staging(console_with({{open, "true"}}))), Outcome::pass);
}

TEST(WebEdgeRegistration, IsOpenToEveryoneInOldReleases) {
  for (const Settings& settings : {Settings{}, Settings{{open, "false"}}}) {
    const Finding finding = first_finding(id, old_console_with(settings));
    EXPECT_EQ(
        finding.message,
        "this release lets anyone who reaches the console sign up: restrict access at the edge");
    EXPECT_EQ(finding.expected, "v2026.06.25-rc.1 or later");
    EXPECT_EQ(finding.observed, "an older release");
    EXPECT_EQ(finding.origin, at(Source::compose, 6, 5));
  }
  EXPECT_EQ(status_of(id, staging(old_console_with({}))), Outcome::fail);
}

TEST(WebEdgeRegistration, BeginsToBeClosedWithTheFirstCandidateOfTheTwentyFifth) {
  Container console = console_with({});
  for (const auto& [tag, outcome] :
       {std::pair{"v2026.06.24", Outcome::fail}, std::pair{"v2026.06.25-rc.0", Outcome::fail},
        std::pair{"v2026.06.25-rc.1", Outcome::pass}, std::pair{"v2026.07.03-rc.1", Outcome::pass},
        std::pair{"v0.1.0", Outcome::pass}, std::pair{"v1.0.0", Outcome::pass}}) {
    console.release = parse_release(tag);
    EXPECT_EQ(status_of(id, console), outcome) << tag;
  }
}

TEST(WebEdgeRegistration, IsUnknownWhenTheReleaseIs) {
  for (const Settings& settings : {Settings{}, Settings{{open, "false"}}}) {
    const Finding finding = first_finding(id, unreleased_console_with(settings));
    EXPECT_EQ(finding.outcome, Outcome::unknown);
    EXPECT_EQ(finding.message, "the release of the console is not known");
  }
}

TEST(WebEdgeRegistration, IsUnknownWhenAVariableIs) {
  Container console = console_with({});
  set_unresolved_variable(console, open);
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
  EXPECT_EQ(status_of(id, staging(console)), Outcome::pass);
  console.release.reset();
  EXPECT_EQ(first_finding(id, console).message, "the release of the console is not known");
  console.release = parse_release("v2026.06.22-rc.1");
  EXPECT_EQ(status_of(id, console), Outcome::fail);
  EXPECT_EQ(status_of(id, with_unseen_variables(console_with({}))), Outcome::unknown);
}

TEST(WebEdgeRegistration, JudgesConsolesAlone) {
  Container init = console_with({{open, "true"}});
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

Endpoint sign_up_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::sign_up] = answered(std::move(answer), "/sign-up");
  return endpoint;
}

HttpAnswer says_what_is_missing(int status) {
  return answer_of_console(
      status, json,
      R"({"message":"[body.name] Invalid input: expected string","code":"VALIDATION_ERROR"})");
}

TEST(WebEdgeRegistration, FailsWhenASignUpIsLookedAt) {
  for (const int status : {400, 422}) {
    const Endpoint endpoint = sign_up_gets(says_what_is_missing(status));
    for (const Installation& installation : {asked(endpoint), asked(endpoint, console_with({}))}) {
      const Finding finding = first_finding(id, installation);
      EXPECT_EQ(finding.outcome, Outcome::fail);
      EXPECT_EQ(finding.message,
                "anyone who reaches the console can create an account: restrict access at the "
                "edge, or close sign-up");
      EXPECT_EQ(finding.expected, "403");
      EXPECT_EQ(finding.observed, std::to_string(status));
      EXPECT_EQ(finding.severity, Severity::high);
      expect_asked_at(finding, "/sign-up");
    }
  }
}

TEST(WebEdgeRegistration, AClosedSignUpLeavesTheSettingsToDecide) {
  EXPECT_EQ(status_of(id, asked(sound_endpoint(), console_with({}))), Outcome::pass);
  EXPECT_EQ(result_of(id, asked(sound_endpoint(), console_with({}))).findings.size(), 1U);
  EXPECT_EQ(status_of(id, asked(sound_endpoint(), console_with({{open, "true"}}))), Outcome::fail);
  const std::string message =
      "sign-up is closed; whether CARACAL_OPEN_REGISTRATION admits everyone in another way is not "
      "visible from outside";
  expect_unknown(id, sound_endpoint(), UnknownReason::not_observable, message);
  expect_unknown(id, asked(sound_endpoint(), hardened_service(Component::api)),
                 UnknownReason::not_observable, message);
  expect_asked_at(first_finding(id, sound_endpoint()), "/sign-up");
}

TEST(WebEdgeRegistration, IsUnknownForOtherAnswers) {
  for (const HttpAnswer& answer :
       {says_what_is_missing(200), says_what_is_missing(401), says_what_is_missing(403),
        answer_of_console(400, json, R"({"code":"OTHER"})"), answer_of_edge(403),
        answer_of_edge(429),
        answer_of_console(404, json, R"({"error":"registration_not_permitted"})")}) {
    const Finding finding = first_finding(id, sign_up_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::unknown) << answer.status;
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response);
    EXPECT_EQ(finding.message.find("POST /api/auth/sign-up/email was answered with " +
                                   std::to_string(answer.status)),
              0U);
    expect_asked_at(finding, "/sign-up");
  }
}

TEST(WebEdgeRegistration, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::sign_up] = timed_out("/sign-up");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::sign_up] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_console(id, asked(sound_endpoint()));
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::registration_test
