// web-edge-unauthenticated-console
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::unauthenticated_console_test {
namespace {

constexpr auto id = "web-edge-unauthenticated-console";

Endpoint reading_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::status] = answered(std::move(answer), "/status");
  return endpoint;
}

TEST(WebEdgeUnauthenticatedConsole, PassesWhenSomebodyRefuses) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/status");
  for (const HttpAnswer& refusal :
       {answer_of_edge(401), answer_of_edge(403), redirect_to("https://login.example.org/")}) {
    EXPECT_EQ(status_of(id, reading_gets(refusal)), Outcome::pass) << refusal.status;
  }
}

TEST(WebEdgeUnauthenticatedConsole, FailsWhenItIsServed) {
  HttpAnswer bare{.status = 200};
  for (const HttpAnswer& answer : {console_says(200, "{}"), console_says(299, "{}"), bare}) {
    const Finding finding = first_finding(id, reading_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::fail) << answer.status;
    EXPECT_EQ(finding.message, "the console API answers without a session");
    EXPECT_EQ(finding.expected, "401");
    EXPECT_EQ(finding.observed, std::to_string(answer.status));
    EXPECT_EQ(finding.severity, Severity::critical);
    expect_asked_at(finding, "/status");
  }
}

TEST(WebEdgeUnauthenticatedConsole, IsUnknownForAPageAndOtherAnswers) {
  for (const HttpAnswer& answer :
       {console_page(), answer_of_edge(200), answer_of_edge(404), answer_of_edge(502),
        console_says(100, "{}"), console_says(300, "{}"), console_says(404, "{}"),
        redirect_to("/sign-in")}) {
    const Finding finding = first_finding(id, reading_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::unknown) << answer.status;
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response);
    EXPECT_EQ(finding.message, "GET /api/console/status was answered with " +
                                   std::to_string(answer.status) + ", which is inconclusive");
    expect_asked_at(finding, "/status");
  }
}

TEST(WebEdgeUnauthenticatedConsole, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::status] = timed_out("/status");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::status] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::unauthenticated_console_test
