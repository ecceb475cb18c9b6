// web-edge-same-origin
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"
#include "tests/support/packaged.h"

namespace compliance::test::same_origin_test {
namespace {

constexpr auto id = "web-edge-same-origin";
constexpr auto own = "https://a.example.net";
constexpr auto german = "https://b\u00fccher.example.net";

Container listing(const std::string& origins, const std::string& url = own) {
  return console_with({{"CARACAL_AUTH_URL", url}, {"CARACAL_WEB_ORIGIN", origins}});
}

TEST(WebEdgeSameOrigin, PassesWhenNothingElseIsTrusted) {
  EXPECT_EQ(status_of(id, console_with({{"CARACAL_AUTH_URL", own}})), Outcome::pass);
  for (const char* origins :
       {"", ",", " , ", own, "HTTPS://A.EXAMPLE.NET:443/path?q#f", " https://a.example.net , ",
        "https://a.example.net,https://a.example.net/"}) {
    EXPECT_EQ(status_of(id, listing(origins)), Outcome::pass) << origins;
  }
}

TEST(WebEdgeSameOrigin, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, listing("https://caracal.example.com", "https://caracal.example.com")),
            Outcome::pass);
}

TEST(WebEdgeSameOrigin, PassesForEntriesThatTheConsoleSkips) {
  for (const char* origins :
       {"b.example.net", "//b.example.net", "*", "https://", "https://b b", "https://b:port"}) {
    EXPECT_EQ(status_of(id, listing(origins)), Outcome::pass) << origins;
  }
}

TEST(WebEdgeSameOrigin, FailsForAnotherOrigin) {
  for (const char* origins :
       {"https://b.example.net", "http://a.example.net", "https://a.example.net:8443",
        "https://a.example.net.", "https://www.a.example.net",
        "https://a.example.net,https://b.example.net", "http://localhost:3001"}) {
    const CheckResult result = result_of(id, compose_installation({listing(origins)}));
    EXPECT_EQ(
        messages_of(result),
        std::vector<std::string>{"a trusted entry of CARACAL_WEB_ORIGIN is not the public origin"})
        << origins;
  }
}

TEST(WebEdgeSameOrigin, SaysWhatItFound) {
  const Finding finding =
      first_finding(id, listing("https://b.example.net/console?token=60303ae2"));
  EXPECT_EQ(finding.expected, "the origin of CARACAL_AUTH_URL, or one that split_origins declares");
  EXPECT_EQ(finding.observed, "https://b.example.net");
  EXPECT_EQ(finding.object, "service web");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(WebEdgeSameOrigin, FailsForEntriesThatMakeTheConsoleTrustTheOriginNull) {
  for (const char* origins : {"localhost:3001", "file:///x", "null:"}) {
    EXPECT_EQ(first_finding(id, listing(origins)).message,
              "a trusted entry of CARACAL_WEB_ORIGIN is no http or https URL")
        << origins;
  }
}

TEST(WebEdgeSameOrigin, NamesEachEntry) {
  EXPECT_EQ(messages_of(result_of(id, compose_installation({listing(
                                          "https://b.example.net,https://c.example.net")})))
                .size(),
            2U);
}

TEST(WebEdgeSameOrigin, FailsWithoutAPublicOriginToCompareWith) {
  EXPECT_EQ(
      summary_of(id, listing(own, "")),
      "fail: a trusted entry of CARACAL_WEB_ORIGIN is not the public origin [compose.yaml:10:7]");
  EXPECT_EQ(
      summary_of(id, listing(own, "a.example.net")),
      "fail: a trusted entry of CARACAL_WEB_ORIGIN is not the public origin [compose.yaml:10:7]");
}

TEST(WebEdgeSameOrigin, IsUnknownWhenOnlyIdnaCouldTell) {
  const Finding finding = first_finding(id, listing(german));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.reason, UnknownReason::unparsable);
  EXPECT_EQ(finding.message.find(
                "an entry of CARACAL_WEB_ORIGIN is a URL with an internationalised host"),
            0U);
  EXPECT_EQ(first_finding(id, listing("https://xn--bcher-kva.example.net", german))
                .message.find("CARACAL_AUTH_URL is a URL with an internationalised host"),
            0U);
  EXPECT_EQ(status_of(id, listing("", german)), Outcome::pass);
}

TEST(WebEdgeSameOrigin, IsUnknownWhenAVariableCannotBeSeen) {
  Container console = console_with({{"CARACAL_AUTH_URL", own}});
  set_unresolved_variable(console, "CARACAL_WEB_ORIGIN");
  EXPECT_EQ(first_finding(id, console).reason, UnknownReason::unresolved_reference);
  console = console_with({{"CARACAL_WEB_ORIGIN", own}});
  EXPECT_EQ(first_finding(id, with_unseen_variables(console)).reason,
            UnknownReason::missing_object);
  EXPECT_EQ(summary_of(id, with_unseen_variables(console_with({}))),
            "unknown: web.env does not exist [compose.yaml:5:3]");
}

TEST(WebEdgeSameOrigin, DoesNotApplyToADeclaredSplit) {
  Installation installation = compose_installation({listing("https://b.example.net")});
  installation.split_origins = {"https://b.example.net"};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(WebEdgeSameOrigin, JudgesConsolesAlone) {
  Container init = listing("https://b.example.net");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(
      summary_of(id, compose_installation({listing(""), listing("https://b.example.net")})),
      "fail: a trusted entry of CARACAL_WEB_ORIGIN is not the public origin [compose.yaml:10:7]");
}

Endpoint page_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::page] = answered(std::move(answer), "/");
  return endpoint;
}

Endpoint reading_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::status] = answered(std::move(answer), "/status");
  return endpoint;
}

TEST(WebEdgeSameOrigin, PassesWhenOneOriginServesThePageAndTheApi) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/");
  EXPECT_EQ(status_of(id, page_gets(answer_of_edge(200))), Outcome::pass);
  EXPECT_EQ(status_of(id, asked(sound_endpoint(), listing("https://b.example.net"))),
            Outcome::fail);
}

TEST(WebEdgeSameOrigin, FailsWhenTheConsoleServesNoPage) {
  const Endpoint endpoint = page_gets(answer_of_console(404, json, R"({"error":"not_found"})"));
  for (const Installation& installation : {asked(endpoint), asked(endpoint, listing(""))}) {
    const Finding finding = first_finding(id, installation);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "the console serves no page: it is split, or its web root is empty");
    EXPECT_EQ(finding.expected, "the console's page at /");
    EXPECT_EQ(finding.observed, "404");
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeSameOrigin, IsUnknownWhereOthersAnswer) {
  for (const HttpAnswer& answer :
       {answer_of_edge(404), answer_of_edge(502), answer_of_console(500, json, "{}"),
        answer_of_console(200, json, "{}")}) {
    expect_unknown(
        id, page_gets(answer), UnknownReason::unexpected_response,
        "GET / was answered with " + std::to_string(answer.status) + ", which is inconclusive");
    expect_asked_at(first_finding(id, page_gets(answer)), "/");
  }
  for (const HttpAnswer& answer : {console_page(), console_says(200, "{}"), answer_of_edge(404)}) {
    expect_unknown(id, reading_gets(answer), UnknownReason::unexpected_response,
                   "GET /api/console/status was answered with " + std::to_string(answer.status) +
                       ", which is inconclusive");
    expect_asked_at(first_finding(id, reading_gets(answer)), "/status");
  }
  EXPECT_EQ(status_of(id, reading_gets(answer_of_edge(401))), Outcome::unknown);
  EXPECT_EQ(status_of(id, reading_gets(console_says(403, R"({"error":"unauthenticated"})"))),
            Outcome::unknown);
}

TEST(WebEdgeSameOrigin, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::status] = timed_out("/status");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::page] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

TEST(WebEdgeSameOrigin, AsksNoEndpointInADeclaredSplit) {
  Installation installation = asked(page_gets(answer_of_console(404, json, "{}")));
  installation.split_origins = {"https://b.example.net"};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::same_origin_test
