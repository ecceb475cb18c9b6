// web-edge-cross-site-writes
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::cross_site_writes_test {
namespace {

constexpr auto id = "web-edge-cross-site-writes";

constexpr auto foreign_request = "a write to the console API from a foreign origin";
constexpr auto own_request = "a write to the console API without a session";

Endpoint foreign_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::foreign_write] = answered(std::move(answer), "/foreign");
  return endpoint;
}

Endpoint own_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::own_write] = answered(std::move(answer), "/own");
  return endpoint;
}

// What only somebody behind the session test is told.
std::vector<HttpAnswer> answers_from_behind() {
  return {console_says(200, "{}"),
          console_says(201, "{}"),
          {.status = 204},
          console_says(400, R"({"error":"invalid_request"})"),
          console_says(404, R"({"error":"not_found"})"),
          console_says(422, "{}"),
          console_says(499, "{}"),
          console_says(503, R"({"error":"control_plane_not_configured"})"),
          console_says(503, R"({"error":"coordinator_not_configured"})")};
}

// Answers that say nothing about origins and sessions.
std::vector<HttpAnswer> answers_that_show_nothing() {
  HttpAnswer without_id = console_says(404, "{}");
  remove_header(without_id, "x-request-id");
  HttpAnswer may_be_stored = console_says(404, "{}");
  set_header(may_be_stored, "cache-control", "no-cache");
  HttpAnswer of_another_type = console_says(404, "{}");
  set_header(of_another_type, "content-type", "text/html");
  return {without_id,
          may_be_stored,
          of_another_type,
          console_page(),
          answer_of_edge(200),
          answer_of_edge(404),
          answer_of_edge(502),
          redirect_to("/sign-in"),
          redirect_to("https://console.example.net/sign-in"),
          console_says(302, "{}"),
          console_says(500, R"({"error":"internal_error"})"),
          console_says(503, R"({"error":"unavailable"})"),
          console_says(502, R"({"error":"control_plane_not_configured"})")};
}

TEST(WebEdgeCrossSiteWrites, PassWhenTheConsoleRefusesThem) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  const CheckResult result = result_of(id, asked(sound_endpoint()));
  ASSERT_EQ(result.findings.size(), 2U);
  expect_asked_at(result.findings.front(), "/foreign");
  expect_asked_at(result.findings.back(), "/own");
}

TEST(WebEdgeCrossSiteWrites, PassWhenAProxyRefusesThem) {
  for (const HttpAnswer& refusal :
       {answer_of_edge(401), answer_of_edge(403), redirect_to("https://login.example.org/x"),
        redirect_to("//login.example.org/x"), redirect_to("http://console.example.net/"),
        redirect_to("https://console.example.net:8443/")}) {
    Endpoint endpoint = foreign_gets(refusal);
    EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << refusal.status;
    endpoint.web.answers[ConsoleRequest::own_write].value = refusal;
    EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << refusal.status;
  }
}

TEST(WebEdgeCrossSiteWrites, KnowEachRedirect) {
  for (const int status : {301, 302, 303, 307, 308}) {
    Endpoint endpoint = foreign_gets(redirect_to("https://login.example.org/"));
    endpoint.web.answers[ConsoleRequest::foreign_write].value->status = status;
    EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << status;
  }
  for (const int status : {300, 304, 305}) {
    Endpoint endpoint = foreign_gets(redirect_to("https://login.example.org/"));
    endpoint.web.answers[ConsoleRequest::foreign_write].value->status = status;
    EXPECT_EQ(summary_of(id, endpoint),
              "unknown: " + std::string{foreign_request} + " was answered with " +
                  std::to_string(status) +
                  ", which is inconclusive [https://console.example.net/foreign]");
  }
  EXPECT_EQ(summary_of(id, foreign_gets(answer_of_edge(302))),
            "unknown: a write to the console API from a foreign origin was answered with 302, "
            "which is inconclusive [https://console.example.net/foreign]");
  EXPECT_EQ(summary_of(id, foreign_gets(redirect_to("https://"))),
            "unknown: a write to the console API from a foreign origin was answered with 302, "
            "which is inconclusive [https://console.example.net/foreign]");
}

TEST(WebEdgeCrossSiteWrites, ARedirectToHttpsIsNoRefusal) {
  Endpoint endpoint = foreign_gets(redirect_to("https://console.example.net/"));
  endpoint.url = "http://console.example.net";
  EXPECT_EQ(summary_of(id, endpoint),
            "unknown: a write to the console API from a foreign origin was answered with 302, "
            "which is inconclusive [https://console.example.net/foreign]");
  endpoint.web.answers[ConsoleRequest::foreign_write].value =
      redirect_to("https://login.example.org/");
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
  endpoint.web.answers[ConsoleRequest::foreign_write].value =
      redirect_to("//console.example.net:8080/");
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
  endpoint.web.answers[ConsoleRequest::foreign_write].value =
      redirect_to("//console.example.net/x");
  EXPECT_EQ(summary_of(id, endpoint),
            "unknown: a write to the console API from a foreign origin was answered with 302, "
            "which is inconclusive [https://console.example.net/foreign]");
}

TEST(WebEdgeCrossSiteWrites, FailWhenAForeignOriginGetsBehindTheSessionTest) {
  for (const HttpAnswer& answer : answers_from_behind()) {
    const Finding finding = first_finding(id, foreign_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::fail) << answer.status;
    EXPECT_EQ(finding.message, std::string{foreign_request} + " is not rejected");
    EXPECT_EQ(finding.expected, "403");
    EXPECT_EQ(finding.observed, std::to_string(answer.status));
    EXPECT_EQ(finding.severity, Severity::critical);
    expect_asked_at(finding, "/foreign");
  }
}

TEST(WebEdgeCrossSiteWrites, FailWhenAnybodyGetsBehindTheSessionTest) {
  for (const HttpAnswer& answer : answers_from_behind()) {
    const Finding finding = first_finding(id, own_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::fail) << answer.status;
    EXPECT_EQ(finding.message, std::string{own_request} + " is not rejected");
    EXPECT_EQ(finding.expected, "401");
    EXPECT_EQ(finding.observed, std::to_string(answer.status));
    expect_asked_at(finding, "/own");
  }
}

TEST(WebEdgeCrossSiteWrites, AreUnknownForOtherAnswers) {
  for (const HttpAnswer& answer : answers_that_show_nothing()) {
    for (const Endpoint& endpoint : {foreign_gets(answer), own_gets(answer)}) {
      const Finding finding = first_finding(id, endpoint);
      EXPECT_EQ(finding.outcome, Outcome::unknown) << answer.status << answer.body;
      EXPECT_EQ(finding.reason, UnknownReason::unexpected_response);
    }
  }
}

TEST(WebEdgeCrossSiteWrites, AreUnknownWhenTheSessionTestAloneRefusesThem) {
  const Endpoint endpoint = foreign_gets(unauthenticated());
  expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                 std::string{foreign_request} + " was answered with 401, which is inconclusive");
  expect_asked_at(first_finding(id, endpoint), "/foreign");
}

TEST(WebEdgeCrossSiteWrites, AreUnknownWhenTheConsoleTakesItsOwnOriginForAForeignOne) {
  const Endpoint endpoint = own_gets(cross_site_blocked());
  expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                 std::string{own_request} + " was answered with 403, which is inconclusive");
  expect_asked_at(first_finding(id, endpoint), "/own");
}

TEST(WebEdgeCrossSiteWrites, AreUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::foreign_write] = timed_out("/foreign");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::foreign_write] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::own_write] = timed_out("/own");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::own_write] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::cross_site_writes_test
