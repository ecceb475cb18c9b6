// web-edge-session-cookies
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"
#include "tests/support/packaged.h"

namespace compliance::test::session_cookies_test {
namespace {

constexpr auto id = "web-edge-session-cookies";
constexpr auto secure = "CARACAL_AUTH_SECURE_COOKIES";
constexpr auto same_site = "CARACAL_AUTH_COOKIE_SAME_SITE";

TEST(WebEdgeSessionCookies, PassForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, console_with({{secure, "true"}, {"NODE_ENV", "production"}})),
            Outcome::pass);
}

TEST(WebEdgeSessionCookies, AreSecureInProductionOrByHttps) {
  EXPECT_EQ(status_of(id, console_with({})), Outcome::pass);
  EXPECT_EQ(status_of(id, console_with({{"NODE_ENV", ""}, {"CARACAL_AUTH_URL", "https://a"}})),
            Outcome::pass);
  for (const char* url : {"http://a", "", "HTTPS://a"}) {
    const Finding finding =
        first_finding(id, console_with({{"NODE_ENV", ""}, {"CARACAL_AUTH_URL", url}}));
    EXPECT_EQ(finding.message,
              "session cookies are not Secure: NODE_ENV is not production and CARACAL_AUTH_URL is "
              "not https")
        << url;
    EXPECT_EQ(finding.expected, "CARACAL_AUTH_SECURE_COOKIES on");
    EXPECT_EQ(finding.observed, "not set");
  }
  EXPECT_EQ(status_of(id, console_with({{"NODE_ENV", "development"}})), Outcome::fail);
}

TEST(WebEdgeSessionCookies, AreSecureForTheWordsOfTheProductAlone) {
  for (const char* value : {"true", "1", "YES", "On"}) {
    EXPECT_EQ(status_of(id, console_with({{secure, value}, {"NODE_ENV", ""}})), Outcome::pass)
        << value;
  }
  for (const char* value : {"false", "0", "no", "off", "t", "enabled", " true", "true ", " "}) {
    const Finding finding =
        first_finding(id, console_with({{secure, value}, {"CARACAL_AUTH_URL", "https://a"}}));
    EXPECT_EQ(finding.message, "session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off")
        << value;
    EXPECT_EQ(finding.expected, "on, or not set");
    EXPECT_EQ(finding.observed, "off");
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.object, "service web");
  }
  EXPECT_EQ(first_finding(id, console_with({{secure, ""}})).observed, "empty");
}

TEST(WebEdgeSessionCookies, StayOnTheirSite) {
  EXPECT_EQ(status_of(id, console_with({{same_site, " Lax "}})), Outcome::pass);
  for (const char* value : {"none", "None", " NONE "}) {
    const Finding finding = first_finding(id, console_with({{same_site, value}}));
    EXPECT_EQ(finding.message, "session cookies are sent with requests from every site") << value;
    EXPECT_EQ(finding.expected, "CARACAL_AUTH_COOKIE_SAME_SITE lax, or not set");
    EXPECT_EQ(finding.observed, "none");
    EXPECT_EQ(finding.severity, Severity::critical);
  }
}

TEST(WebEdgeSessionCookies, HaveAnotherRuleInADeclaredSplit) {
  Installation installation = compose_installation({console_with({{same_site, "none"}})});
  installation.split_origins = {"https://b.example.net"};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  containers_in(installation) = {console_with({{secure, "false"}})};
  EXPECT_EQ(summary_of(id, installation),
            "fail: session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off "
            "[compose.yaml:10:7]");
}

TEST(WebEdgeSessionCookies, FailLittleWhereTheConsoleRefusesToStart) {
  for (const auto& [value, observed] : Settings{{"strict", "another value"}, {"", "empty"}}) {
    const Finding finding = first_finding(id, console_with({{same_site, value}}));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::low);
    EXPECT_EQ(finding.message,
              "the console refuses to start with this CARACAL_AUTH_COOKIE_SAME_SITE");
    EXPECT_EQ(finding.expected, "lax, or not set");
    EXPECT_EQ(finding.observed, observed);
  }
}

TEST(WebEdgeSessionCookies, OfOldReleasesAreLaxWhateverIsSet) {
  for (const char* value : {"none", "strict", ""}) {
    EXPECT_EQ(status_of(id, old_console_with({{same_site, value}})), Outcome::pass) << value;
  }
  EXPECT_EQ(summary_of(id, old_console_with({{secure, "false"}})),
            "fail: session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off "
            "[compose.yaml:10:7]");
}

TEST(WebEdgeSessionCookies, ReadSameSiteFromTheReleaseOnThatBroughtIt) {
  Container console = console_with({{same_site, "none"}});
  for (const char* release : {"v2026.06.25-rc.1", "v2026.07.03"}) {
    console.release = parse_release(release);
    EXPECT_EQ(status_of(id, console), Outcome::pass) << release;
  }
  console.release = parse_release("v0.1.0");
  EXPECT_EQ(first_finding(id, console).message,
            "session cookies are sent with requests from every site");
}

TEST(WebEdgeSessionCookies, AreUnknownWhenTheReleaseDecides) {
  const Finding finding = first_finding(id, unreleased_console_with({{same_site, "none"}}));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.message, "the release of the console is not known");
  EXPECT_EQ(status_of(id, unreleased_console_with({{same_site, "lax"}})), Outcome::pass);
  EXPECT_EQ(status_of(id, unreleased_console_with({})), Outcome::pass);
}

TEST(WebEdgeSessionCookies, AreUnknownWhenAVariableIs) {
  for (const char* name : {secure, same_site, "NODE_ENV"}) {
    Container console = console_with({});
    set_unresolved_variable(console, name);
    EXPECT_EQ(first_finding(id, console).message, "X is not set") << name;
  }
  Container console = console_with({{"NODE_ENV", ""}});
  set_unresolved_variable(console, "CARACAL_AUTH_URL");
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
  console = console_with({{"CARACAL_AUTH_URL", "https://a"}});
  set_unresolved_variable(console, "NODE_ENV");
  EXPECT_EQ(status_of(id, console), Outcome::pass);
  EXPECT_EQ(status_of(id, with_unseen_variables(console_with({}))), Outcome::unknown);
}

TEST(WebEdgeSessionCookies, AreAQuestionOfConsolesAlone) {
  Container init = console_with({{secure, "false"}});
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

Endpoint serving(const std::vector<std::string>& cookies) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& answer = *endpoint.web.answers[ConsoleRequest::sign_out].value;
  remove_header(answer, "set-cookie");
  for (const std::string& cookie : cookies) {
    add_header(answer, "set-cookie", cookie);
  }
  return endpoint;
}

constexpr auto sound = "; HttpOnly; Secure; SameSite=Lax";
constexpr auto token = "__Secure-better-auth.session_token=";

TEST(WebEdgeSessionCookies, PassAsTheConsoleServesThem) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/sign-out");
  EXPECT_EQ(result_of(id, asked(sound_endpoint())).findings.size(), 1U);
  for (const char* cookie :
       {"__Secure-better-auth.state=; httponly; secure; samesite=strict",
        "__Host-better-auth.session_token=x; HttpOnly; Secure; SameSite=None; SameSite=Lax"}) {
    EXPECT_EQ(status_of(id, serving({cookie})), Outcome::pass) << cookie;
  }
}

struct CookieRow {
  const char* cookie = "";
  const char* message = "";
  const char* expected = "";
};

TEST(WebEdgeSessionCookies, FailWhereOneLacksAnAttribute) {
  constexpr auto rows = std::to_array<CookieRow>({
      {"__Secure-better-auth.state=; HttpOnly; SameSite=Lax", "session cookies are not Secure",
       "Secure"},
      {"__Secure-better-auth.state=; Secure; SameSite=Lax", "scripts can read session cookies",
       "HttpOnly"},
      {"better-auth.state=; HttpOnly; Secure; SameSite=Lax",
       "session cookies lack a prefix that forbids plain http", "__Secure-"},
      {"__Secure-better-auth.state=; HttpOnly; Secure",
       "session cookies are not restricted to their site", "SameSite=Lax or SameSite=Strict"},
      {"__Secure-better-auth.state=; HttpOnly; Secure; SameSite=None",
       "session cookies are not restricted to their site", "SameSite=Lax or SameSite=Strict"},
  });
  for (const CookieRow& row : rows) {
    const CheckResult result =
        result_of(id, asked(serving({token + std::string{sound}, row.cookie})));
    EXPECT_EQ(messages_of(result), std::vector<std::string>{row.message}) << row.cookie;
    EXPECT_EQ(result.findings.front().expected, row.expected);
    EXPECT_EQ(result.findings.front().observed, "1 of 2 without it");
    EXPECT_EQ(result.findings.front().severity, Severity::critical);
    expect_asked_at(result.findings.front(), "/sign-out");
  }
}

TEST(WebEdgeSessionCookies, WithoutSecureSettingLackPrefixAndAttribute) {
  EXPECT_EQ(messages_of(result_of(
                id, asked(serving({"better-auth.session_token=; HttpOnly; SameSite=Lax"})))),
            (std::vector<std::string>{"session cookies are not Secure",
                                      "session cookies lack a prefix that forbids plain http"}));
}

TEST(WebEdgeSessionCookies, MayLeaveTheirSiteInADeclaredSplitIfTheySaySo) {
  const auto judged = [](const std::string& stated) {
    Installation installation =
        asked(serving({token + std::string{"; HttpOnly; Secure"} + stated}));
    installation.split_origins = {"https://b.example.net"};
    return result_of(id, installation);
  };
  for (const char* stated : {"; SameSite=None", "; SameSite=Lax", "; SameSite=Strict"}) {
    EXPECT_EQ(judged(stated).status, Outcome::pass) << stated;
  }
  EXPECT_EQ(messages_of(judged("")),
            std::vector<std::string>{"session cookies do not state SameSite"});
  EXPECT_EQ(judged("").findings.front().expected, "SameSite=None, SameSite=Lax or SameSite=Strict");
}

TEST(WebEdgeSessionCookies, AreTheConsolesAlone) {
  EXPECT_EQ(
      status_of(id, serving({token + std::string{sound}, "AWSALB=x; Path=/", "__Secure-other=x",
                             "xbetter-auth.state=x", "__Host-better-authx=x"})),
      Outcome::pass);
}

TEST(WebEdgeSessionCookies, AreUnknownWhereNoneIsServed) {
  for (const Endpoint& endpoint : {serving({}), serving({"AWSALB=x"}), serving({"\x01"})}) {
    expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                   "POST /api/auth/sign-out was answered with 200, which is inconclusive");
    expect_asked_at(first_finding(id, endpoint), "/sign-out");
  }
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::sign_out].value->status = 429;
  EXPECT_EQ(status_of(id, endpoint), Outcome::unknown);
  endpoint.web.answers[ConsoleRequest::sign_out] = timed_out("/sign-out");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::sign_out] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_console(id, asked(sound_endpoint()));
  expect_needs_endpoint(id);
}

TEST(WebEdgeSessionCookies, AreJudgedByContainersAndEndpointTogether) {
  const Installation installation = asked(sound_endpoint(), console_with({{secure, "false"}}));
  EXPECT_EQ(messages_of(result_of(id, installation)).size(), 1U);
  EXPECT_EQ(status_of(id, asked(serving({"better-auth.state=x"}), console_with({}))),
            Outcome::fail);
  EXPECT_EQ(status_of(id, asked(sound_endpoint(), console_with({}))), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::session_cookies_test
