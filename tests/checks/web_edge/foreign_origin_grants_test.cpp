// web-edge-foreign-origin-grants
#include <array>

#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::foreign_origin_grants_test {
namespace {

constexpr auto id = "web-edge-foreign-origin-grants";

// The answer to a request with that Origin, with these headers.
Endpoint granting(std::string_view origin, const std::vector<HttpHeader>& headers) {
  Endpoint endpoint = sound_endpoint();
  for (OriginAnswer& asked : endpoint.web.grants) {
    if (asked.origin == origin) {
      asked.answer.value->headers.insert(asked.answer.value->headers.end(), headers.begin(),
                                         headers.end());
    }
  }
  return endpoint;
}

HttpHeader allow(std::string_view origin) {
  return {.name = "access-control-allow-origin", .value = std::string{origin}};
}

HttpHeader credentials(std::string value = "true") {
  return {.name = "access-control-allow-credentials", .value = std::move(value)};
}

TEST(WebEdgeForeignOriginGrants, PassesWithoutAny) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  const CheckResult result = result_of(id, asked(sound_endpoint()));
  ASSERT_EQ(result.findings.size(), 2U);
  expect_asked_at(result.findings.back(), "/grant");
}

TEST(WebEdgeForeignOriginGrants, PassesForGrantsThatAreForOthers) {
  for (const char* origin : {endpoint_url, "null", "https://caracal-compliance-exporter.invali",
                             "HTTPS://CARACAL-COMPLIANCE-EXPORTER.INVALID", ""}) {
    EXPECT_EQ(status_of(id, granting(foreign_origin, {allow(origin), credentials()})),
              Outcome::pass)
        << origin;
  }
}

TEST(WebEdgeForeignOriginGrants, PassesForEverybodyWithoutCredentials) {
  for (const std::vector<HttpHeader>& headers : {std::vector<HttpHeader>{allow("*")},
                                                 {allow("*"), credentials("false")},
                                                 {allow("*"), credentials("TRUE")}}) {
    EXPECT_EQ(status_of(id, granting(foreign_origin, headers)), Outcome::pass);
  }
}

struct GrantRow {
  std::string_view origin{};
  std::vector<HttpHeader> headers{};
  const char* observed = "";
};

TEST(WebEdgeForeignOriginGrants, FailsForTheOriginThatAskedAndForEverybodyWithCredentials) {
  const std::array rows{
      GrantRow{foreign_origin, {allow(foreign_origin)}, "the origin that asked"},
      GrantRow{foreign_origin,
               {allow(foreign_origin), credentials()},
               "the origin that asked, with credentials"},
      GrantRow{
          foreign_origin, {allow(foreign_origin), allow(foreign_origin)}, "the origin that asked"},
      GrantRow{foreign_origin, {allow("*"), credentials()}, "* with credentials"},
      GrantRow{
          foreign_origin, {allow("*, " + std::string{foreign_origin})}, "the origin that asked"},
      GrantRow{"null", {allow("null"), credentials()}, "the origin that asked, with credentials"},
  };
  for (const GrantRow& row : rows) {
    const Finding finding = first_finding(id, granting(row.origin, row.headers));
    EXPECT_EQ(finding.outcome, Outcome::fail) << row.observed;
    EXPECT_EQ(finding.message,
              "pages of the origin " + std::string{row.origin} + " can read responses");
    EXPECT_EQ(finding.expected, "no Access-Control-Allow-Origin");
    EXPECT_EQ(finding.observed, row.observed);
    EXPECT_EQ(finding.severity, Severity::critical);
    expect_asked_at(finding, "/grant");
  }
}

TEST(WebEdgeForeignOriginGrants, FailsOnAnAnswerOfTheEdgeToo) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.front().answer.value = answer_of_edge(502);
  add_header(*endpoint.web.grants.front().answer.value, "access-control-allow-origin",
             std::string{foreign_origin});
  EXPECT_EQ(summary_of(id, endpoint),
            "fail: pages of the origin https://caracal-compliance-exporter.invalid can read "
            "responses [https://console.example.net/grant]");
}

TEST(WebEdgeForeignOriginGrants, LeavesTheDevelopersOriginToAnotherRow) {
  EXPECT_EQ(status_of(id, granting(development_origin, {allow(development_origin), credentials()})),
            Outcome::pass);
}

TEST(WebEdgeForeignOriginGrants, PassesWhenAProxyRefusesAll) {
  for (const HttpAnswer& refusal :
       {answer_of_edge(401), answer_of_edge(403), redirect_to("https://login.example.org/")}) {
    Endpoint endpoint = sound_endpoint();
    for (OriginAnswer& asked : endpoint.web.grants) {
      asked.answer.value = refusal;
    }
    EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << refusal.status;
  }
}

TEST(WebEdgeForeignOriginGrants, IsUnknownForAnswersOfOthers) {
  for (const HttpAnswer& answer : {answer_of_edge(200), answer_of_edge(404), answer_of_edge(502),
                                   console_says(500, "{}"), console_says(503, "{}")}) {
    Endpoint endpoint = sound_endpoint();
    endpoint.web.grants.front().answer.value = answer;
    expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                   "GET /api/console/status was answered with " + std::to_string(answer.status) +
                       ", which is inconclusive");
    expect_asked_at(first_finding(id, endpoint), "/grant");
  }
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.front().answer.value = console_says(499, "{}");
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
}

TEST(WebEdgeForeignOriginGrants, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.front().answer = timed_out("/grant");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint = sound_endpoint();
  endpoint.web.grants.erase(endpoint.web.grants.begin(), endpoint.web.grants.begin() + 2);
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::foreign_origin_grants_test
