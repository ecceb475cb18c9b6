// web-edge-proxied-paths
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::proxied_paths_test {
namespace {

constexpr auto id = "web-edge-proxied-paths";

constexpr auto from_api =
    R"({"message":"Route GET:/v1/%2fmetrics not found","error":"Not Found","statusCode":404})";

// The third path gets this answer.
Endpoint path_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.session->paths.at(2).answer.value = std::move(answer);
  return endpoint;
}

Endpoint control_gets(HttpAnswer answer) {
  Endpoint endpoint = path_gets(console_says(200, "{}"));
  endpoint.web.session->control.value = std::move(answer);
  return endpoint;
}

TEST(WebEdgeProxiedPaths, PassesWhenTheConsoleFindsNoneOfThem) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  const CheckResult result = result_of(id, asked(sound_endpoint()));
  ASSERT_EQ(result.findings.size(), 4U);
  expect_asked_at(result.findings.front(), "/..");
  EXPECT_EQ(status_of(id, path_gets(answer_of_edge(404))), Outcome::pass);
}

TEST(WebEdgeProxiedPaths, FailsWhenTheApiGetsOne) {
  HttpAnswer bare{.status = 204};
  for (const HttpAnswer& answer :
       {console_says(200, R"({"stub":true})"), bare, console_says(404, from_api)}) {
    const Finding finding = first_finding(id, path_gets(answer));
    EXPECT_EQ(finding.outcome, Outcome::fail) << answer.status;
    EXPECT_EQ(finding.message, "a path with %2f is forwarded to the API");
    EXPECT_EQ(finding.expected, "404 by the console");
    EXPECT_EQ(finding.observed, std::to_string(answer.status));
    EXPECT_EQ(finding.severity, Severity::high);
    expect_asked_at(finding, "/%2f");
  }
}

TEST(WebEdgeProxiedPaths, NamesBothThatOldReleasesLetThrough) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.session->paths.at(2).answer.value = console_says(200, "{}");
  endpoint.web.session->paths.at(3).answer.value = console_says(200, "{}");
  EXPECT_EQ(messages_of(result_of(id, asked(endpoint))),
            (std::vector<std::string>{"a path with %2f is forwarded to the API",
                                      "a path with %5c is forwarded to the API"}));
}

TEST(WebEdgeProxiedPaths, ShowsNothingWithoutACookie) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.session.reset();
  expect_unknown(id, endpoint, UnknownReason::not_observable,
                 "endpoints.web.session_cookie_file is not configured");
}

TEST(WebEdgeProxiedPaths, ShowsNothingWithACookieThatDoesNotWork) {
  for (const HttpAnswer& answer :
       {unauthenticated(), console_page(), console_says(204, "{}"), console_says(503, "{}")}) {
    const Endpoint endpoint = control_gets(answer);
    const CheckResult result = result_of(id, asked(endpoint));
    ASSERT_EQ(result.findings.size(), 1U) << answer.status;
    EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
    EXPECT_EQ(result.findings.front().message, "the session cookie does not work");
    expect_asked_at(result.findings.front(), "/control");
  }
}

TEST(WebEdgeProxiedPaths, ShowsNothingBeforeTheSessionAndTheApi) {
  for (const HttpAnswer& answer :
       {unauthenticated(), console_says(503, R"({"error":"control_plane_not_configured"})"),
        console_says(503, R"({"error":"coordinator_not_configured"})")}) {
    expect_unknown(id, path_gets(answer), UnknownReason::not_observable,
                   "the console evaluates paths only with a session and a token for the API");
    expect_asked_at(first_finding(id, path_gets(answer)), "/%2f");
  }
}

TEST(WebEdgeProxiedPaths, IsUnknownForOtherAnswers) {
  for (const int status : {400, 414, 503}) {
    expect_unknown(
        id, path_gets(answer_of_edge(status)), UnknownReason::unexpected_response,
        "a path with %2f was answered with " + std::to_string(status) + ", which is inconclusive");
  }
  for (const HttpAnswer& answer : {console_page(), console_says(400, from_api)}) {
    EXPECT_EQ(first_finding(id, path_gets(answer)).reason, UnknownReason::unexpected_response);
  }
}

TEST(WebEdgeProxiedPaths, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.session->paths.front().answer = timed_out("/..");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.session->control = timed_out("/control");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint = sound_endpoint();
  endpoint.web.session->paths.clear();
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::proxied_paths_test
