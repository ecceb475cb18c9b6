// web-edge-content-security-policy
#include <array>

#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test {
namespace {

constexpr auto id = "web-edge-content-security-policy";

Endpoint page_with(const std::vector<std::string>& values) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& page = *endpoint.web.answers[ConsoleRequest::page].value;
  remove_header(page, "content-security-policy");
  for (const std::string& value : values) {
    add_header(page, "content-security-policy", value);
  }
  return endpoint;
}

std::string say(const std::string& scripts) { return "frame-ancestors 'none'; " + scripts; }

TEST(WebEdgeContentSecurityPolicy, PassesForTheConsolesOwn_T13) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
}

TEST(WebEdgeContentSecurityPolicy, PassesWhenAProxyAddsAnother_T12) {
  EXPECT_EQ(status_of(id, page_with({"frame-ancestors 'none'; script-src 'self'",
                                     "frame-ancestors 'self'"})),
            Outcome::pass);
}

TEST(WebEdgeContentSecurityPolicy, FailsWhereOtherSitesMayFrameTheConsole) {
  const Finding finding =
      first_finding(id, page_with({"frame-ancestors 'self'; script-src 'self'"}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "other sites can frame the console");
  EXPECT_EQ(finding.expected, "frame-ancestors 'none'");
  EXPECT_EQ(finding.observed, "allowed");
  EXPECT_EQ(finding.severity, Severity::high);
  expect_asked_at(finding, "/");
}

struct GapRow {
  const char* scripts = "";
  const char* message = "";
  const char* expected = "";
};

TEST(WebEdgeContentSecurityPolicy, FailsForEachWayInForScripts) {
  constexpr auto rows = std::to_array<GapRow>({
      {"img-src *", "no directive restricts scripts", "script-src or default-src"},
      {"script-src 'unsafe-inline'", "inline scripts are allowed",
       "no 'unsafe-inline' for scripts"},
      {"script-src 'unsafe-eval'", "text may be run as a script", "no 'unsafe-eval'"},
      {"script-src https:", "scripts of hosts that are not named are allowed",
       "no wildcard for scripts"},
  });
  for (const GapRow& row : rows) {
    const CheckResult result = result_of(id, asked(page_with({say(row.scripts)})));
    EXPECT_EQ(messages_of(result), std::vector<std::string>{row.message});
    EXPECT_EQ(result.findings.front().expected, row.expected);
    EXPECT_EQ(result.findings.front().outcome, Outcome::fail);
    expect_asked_at(result.findings.front(), "/");
  }
}

TEST(WebEdgeContentSecurityPolicy, NamesAllThatIsOpen) {
  EXPECT_EQ(
      messages_of(result_of(id, asked(page_with({"script-src * 'unsafe-inline' 'unsafe-eval'"})))),
      (std::vector<std::string>{"other sites can frame the console", "inline scripts are allowed",
                                "text may be run as a script",
                                "scripts of hosts that are not named are allowed"}));
  EXPECT_EQ(messages_of(result_of(id, asked(page_with({})))),
            (std::vector<std::string>{"other sites can frame the console",
                                      "no directive restricts scripts"}));
}

TEST(WebEdgeContentSecurityPolicy, FailsWhereAPolicyOnlyReports) {
  Endpoint endpoint = page_with({});
  add_header(*endpoint.web.answers[ConsoleRequest::page].value,
             "content-security-policy-report-only", say("script-src 'self'"));
  EXPECT_EQ(status_of(id, endpoint), Outcome::fail);
}

TEST(WebEdgeContentSecurityPolicy, DoesNotShowWhereThePageIsServedElsewhere_T7) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::page] =
      answered(answer_of_console(404, json, R"({"error":"not_found"})"), "/");
  expect_unknown(id, endpoint, UnknownReason::not_observable,
                 "the console's page is served elsewhere");
  expect_asked_at(first_finding(id, endpoint), "/");
}

TEST(WebEdgeContentSecurityPolicy, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test
