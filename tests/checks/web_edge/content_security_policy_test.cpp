// web-edge-content-security-policy
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::content_security_policy_test {
namespace {

using testing::Contains;
using testing::Not;

using Values = std::vector<std::string>;

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

// What the console sends.
constexpr auto genuine =
    "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; "
    "img-src 'self' data: blob: https:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'";

using Gaps = std::vector<std::string>;

const std::string framing = "other sites can frame the console";
const std::string any_script = "no directive restricts scripts";
const std::string inline_script = "inline scripts are allowed";
const std::string eval_ = "text may be run as a script";
const std::string wildcard = "scripts of hosts that are not named are allowed";

Gaps gaps(const Values& policies) {
  const CheckResult result = result_of(id, asked(page_with(policies)));
  for (const Finding& finding : result.findings) {
    expect_asked_at(finding, "/");
  }
  EXPECT_EQ(result.status == Outcome::fail, !messages_of(result).empty());
  return messages_of(result);
}

// The gaps of a policy that forbids framing and has these directives.
Gaps script_gaps(const std::string& directives) {
  return gaps({"frame-ancestors 'none'; " + directives});
}

std::string say(const std::string& scripts) { return "frame-ancestors 'none'; " + scripts; }

TEST(WebEdgeContentSecurityPolicy, PassesForTheConsolesOwn) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  EXPECT_EQ(gaps({genuine}), Gaps{});
}

TEST(WebEdgeContentSecurityPolicy, PassesWhenAProxyAddsAnother) {
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
  EXPECT_EQ(summary_of(id, endpoint),
            "fail: other sites can frame the console [https://console.example.net/]");
}

TEST(WebEdgeContentSecurityPolicy, DoesNotShowWhereThePageIsServedElsewhere) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::page] =
      answered(answer_of_console(404, json, R"({"error":"not_found"})"), "/");
  expect_unknown(id, endpoint, UnknownReason::not_observable,
                 "the console's page is served elsewhere");
  expect_asked_at(first_finding(id, endpoint), "/");
}

TEST(WebEdgeContentSecurityPolicy, FailsWithoutAnyPolicy) {
  EXPECT_EQ(gaps({}), (Gaps{framing, any_script}));
}

TEST(WebEdgeContentSecurityPolicy, FramingIsForbiddenByAnyOfThePolicies) {
  for (const Values& policies : {Values{"frame-ancestors 'none'"}, Values{"FRAME-ANCESTORS 'NONE'"},
                                 Values{"frame-ancestors"}, Values{"frame-ancestors 'none' 'none'"},
                                 Values{"frame-ancestors 'self'", "frame-ancestors 'none'"},
                                 Values{"frame-ancestors 'none', frame-ancestors 'self'"},
                                 Values{"default-src *", "frame-ancestors 'none'"}}) {
    EXPECT_THAT(gaps(policies), Not(Contains(framing))) << policies.front();
  }
}

TEST(WebEdgeContentSecurityPolicy, FramingIsOpenWhereNoneForbidsIt) {
  for (const Values& policies :
       {Values{"default-src 'none'"}, Values{"frame-ancestors 'self'"},
        Values{"frame-ancestors 'none' https://a.example"}, Values{"frame-ancestors none"},
        Values{"frame-ancestors 'self'; frame-ancestors 'none'"}, Values{"frame-ancestor 'none'"},
        Values{"frame-ancestors 'self'", "default-src 'none'"}, Values{"child-src 'none'"}}) {
    EXPECT_THAT(gaps(policies), Contains(framing)) << policies.front();
  }
}

TEST(WebEdgeContentSecurityPolicy, ScriptsAreRestrictedByTheFirstDirectiveThatSpeaksOfThem) {
  for (const char* directives :
       {"script-src 'self'", "script-src-elem 'self'; script-src 'self'", "default-src 'self'",
        "script-src", "script-src 'none'", "default-src *; script-src 'self'",
        "script-src 'self' https://cdn.example.net", "script-src 'self' 'wasm-unsafe-eval'",
        "script-src 'self'; style-src * 'unsafe-inline'; img-src https:",
        "default-src * 'unsafe-inline' 'unsafe-eval'; script-src 'self'",
        "script-src * 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'"}) {
    EXPECT_EQ(script_gaps(directives), Gaps{}) << directives;
  }
  EXPECT_EQ(script_gaps("style-src 'self'"), Gaps{any_script});
  EXPECT_EQ(script_gaps("script-src-attr 'none'"), Gaps{any_script});
}

TEST(WebEdgeContentSecurityPolicy, InlineScriptsRunInElementsOrHandlers) {
  for (const char* directives :
       {"script-src 'self' 'unsafe-inline'", "script-src 'UNSAFE-INLINE'",
        "default-src 'unsafe-inline'", "script-src 'self'; script-src-elem 'unsafe-inline'",
        "script-src 'self'; script-src-attr 'unsafe-inline'", "script-src 'unsafe-inline' 'nonce-'",
        "script-src 'unsafe-inline' 'nonce-a b'", "script-src 'unsafe-inline' 'nonce-a$'",
        "script-src 'unsafe-inline' nonce-abc", "script-src 'unsafe-inline' 'nonce-abc",
        "script-src 'unsafe-inline' 'sha1-abc='", "script-src 'unsafe-inline' 'nonce-abc==='",
        "script-src 'unsafe-inline' 'nonce-=='"}) {
    EXPECT_EQ(script_gaps(directives), Gaps{inline_script}) << directives;
  }
}

TEST(WebEdgeContentSecurityPolicy, ADirectiveForElementsLeavesHandlersAndEvalOpen) {
  EXPECT_EQ(script_gaps("script-src-elem 'self'"), (Gaps{inline_script, eval_}));
  EXPECT_EQ(script_gaps("script-src-elem 'self'; script-src-attr 'none'"), Gaps{eval_});
}

TEST(WebEdgeContentSecurityPolicy, ANonceOrAHashOutweighsUnsafeInline) {
  for (const char* directives :
       {"script-src 'unsafe-inline' 'nonce-abc'", "script-src 'unsafe-inline' 'NONCE-a+/-_Z9=='",
        "script-src 'unsafe-inline' 'sha256-abc='", "script-src 'unsafe-inline' 'sha384-abc'",
        "script-src 'unsafe-inline' 'SHA512-abc'", "script-src 'unsafe-inline' 'strict-dynamic'",
        "script-src 'unsafe-inline' 'STRICT-DYNAMIC' 'nonce-abc'"}) {
    EXPECT_EQ(script_gaps(directives), Gaps{}) << directives;
  }
}

TEST(WebEdgeContentSecurityPolicy, UnsafeEvalCountsWithoutNonceAndHash) {
  for (const char* directives :
       {"script-src 'unsafe-eval'", "default-src 'self' 'Unsafe-Eval'",
        "script-src 'unsafe-eval'; script-src-elem 'self'; script-src-attr 'none'",
        "script-src 'unsafe-eval' 'strict-dynamic'"}) {
    EXPECT_EQ(script_gaps(directives), Gaps{eval_}) << directives;
  }
  EXPECT_EQ(script_gaps("script-src 'unsafe-eval' 'nonce-abc'"), Gaps{});
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-elem 'self' 'unsafe-eval'"), Gaps{});
}

TEST(WebEdgeContentSecurityPolicy, WildcardsAreHostsWithAStarAndSchemesAlone) {
  for (const char* source : {"*", "https:", "HTTPS:", "http:", "data:", "blob:", "filesystem:",
                             "a+b-c.1:", "https://*", "http://*:8443", "*:443", "*/x",
                             "*.example.net", "https://*.example.net/x", "'nonce-abc' *"}) {
    EXPECT_EQ(script_gaps(std::string{"script-src 'self' "} + source), Gaps{wildcard}) << source;
  }
}

TEST(WebEdgeContentSecurityPolicy, OtherSourcesAreNoWildcards) {
  for (const char* source :
       {"https://a.example", "a.example:*", "a.example/*", "*a.example", "https://*x", "1a:", ":",
        "a_b:", "'self'", "https", "a*", "'*'", "1a://*.example.net", "**"}) {
    EXPECT_EQ(script_gaps(std::string{"script-src "} + source), Gaps{}) << source;
  }
  EXPECT_EQ(script_gaps("script-src * https: 'strict-dynamic' 'nonce-abc'"), Gaps{});
}

TEST(WebEdgeContentSecurityPolicy, WildcardsOfElementsCountWhereTheyAreNamed) {
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-elem *"), Gaps{wildcard});
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-attr *"), Gaps{});
}

TEST(WebEdgeContentSecurityPolicy, AThingIsOpenWhereEveryPolicyAllowsIt) {
  EXPECT_EQ(gaps({genuine, "script-src * 'unsafe-inline' 'unsafe-eval'"}), Gaps{});
  EXPECT_EQ(gaps({"script-src 'unsafe-inline'", genuine}), Gaps{});
  EXPECT_EQ(gaps({genuine, "frame-ancestors 'self'"}), Gaps{});
  EXPECT_EQ(gaps({"frame-ancestors 'none'", "script-src 'unsafe-inline'"}), Gaps{inline_script});
  EXPECT_EQ(gaps({"frame-ancestors 'none'; script-src 'unsafe-inline' *",
                  "script-src 'unsafe-inline' 'unsafe-eval'"}),
            Gaps{inline_script});
}

TEST(WebEdgeContentSecurityPolicy, ReadsLongPolicies) {
  std::string text = "frame-ancestors 'none'; script-src 'self'";
  for (int index = 0; index < 10'000; ++index) {
    text += ";a" + std::to_string(index);
  }
  EXPECT_EQ(gaps({text}), Gaps{});
}

TEST(WebEdgeContentSecurityPolicy, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test::content_security_policy_test
