// web-edge-split-origins
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::split_origins_test {
namespace {

constexpr auto id = "web-edge-split-origins";
constexpr auto own = "https://api.example.net";
constexpr auto other = "https://console.example.org";
constexpr auto german = "https://b\u00fccher.example.net";

Settings sound(const std::string& origins = other) {
  return {{"CARACAL_AUTH_URL", own},
          {"CARACAL_WEB_ORIGIN", origins},
          {"CARACAL_AUTH_COOKIE_SAME_SITE", "none"}};
}

CheckResult judged(const Container& console, std::vector<std::string> declared = {other}) {
  Installation installation = compose_installation({console});
  installation.split_origins = std::move(declared);
  return result_of(id, installation);
}

std::vector<std::string> one(std::string message) { return {std::move(message)}; }

TEST(WebEdgeSplitOrigins, PassesForExactlyTheDeclaredOrigins) {
  EXPECT_EQ(judged(console_with(sound())).status, Outcome::pass);
  EXPECT_EQ(judged(console_with(sound("HTTPS://console.example.org:443/x , "))).status,
            Outcome::pass);
  EXPECT_EQ(judged(console_with(sound("https://b.example.org,https://console.example.org")),
                   {other, "https://b.example.org"})
                .status,
            Outcome::pass);
}

TEST(WebEdgeSplitOrigins, LetsThePublicOriginStandThereToo) {
  EXPECT_EQ(judged(console_with(sound(std::string{own} + "," + other))).status, Outcome::pass);
}

TEST(WebEdgeSplitOrigins, DoesNotApplyWithoutADeclaration) {
  EXPECT_EQ(judged(console_with(sound()), {}).status, Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

TEST(WebEdgeSplitOrigins, FailsForADeclaredOriginThatIsNotTrusted) {
  const CheckResult result = judged(console_with(sound()), {other, "https://b.example.org"});
  EXPECT_EQ(messages_of(result), one("CARACAL_WEB_ORIGIN lacks a declared origin"));
  EXPECT_EQ(result.findings.front().expected, "https://b.example.org");
  EXPECT_EQ(result.findings.front().observed, "not listed");
  EXPECT_EQ(result.findings.front().object, "service web");
  Container console = console_with(sound());
  remove_variable(console, "CARACAL_WEB_ORIGIN");
  EXPECT_EQ(judged(console).findings.front().observed, "not set");
}

TEST(WebEdgeSplitOrigins, FailsForATrustedOriginThatIsNotDeclared) {
  const CheckResult result =
      judged(console_with(sound("https://console.example.org,https://b.example.org")));
  EXPECT_EQ(messages_of(result),
            one("a trusted entry of CARACAL_WEB_ORIGIN is not the public origin"));
  EXPECT_EQ(result.findings.front().observed, "https://b.example.org");
}

TEST(WebEdgeSplitOrigins, FailsForAnOriginOfPlainHttp) {
  const CheckResult result =
      judged(console_with(sound("http://console.example.org")), {"http://console.example.org"});
  EXPECT_EQ(messages_of(result), one("a declared origin is plain http"));
  EXPECT_EQ(result.findings.front().expected, "https origins");
  EXPECT_EQ(result.findings.front().observed, "http://console.example.org");
}

TEST(WebEdgeSplitOrigins, FailsWithoutSameSiteNone) {
  for (const char* value : {"lax", "", "strict"}) {
    Settings settings = sound();
    settings.back().second = value;
    const CheckResult result = judged(console_with(settings));
    EXPECT_EQ(messages_of(result), one("session cookies are not sent across sites")) << value;
    EXPECT_EQ(result.findings.front().expected, "CARACAL_AUTH_COOKIE_SAME_SITE none");
    EXPECT_EQ(result.findings.front().observed, "another value");
  }
  Container console = console_with(sound());
  remove_variable(console, "CARACAL_AUTH_COOKIE_SAME_SITE");
  EXPECT_EQ(judged(console).findings.front().observed, "not set");
}

TEST(WebEdgeSplitOrigins, FailsForReleasesBeforeTheOneThatReadsSameSite) {
  Container console = console_with(sound());
  console.release = parse_release("v2026.07.03");
  EXPECT_EQ(messages_of(judged(console)),
            one("this release cannot send session cookies across sites"));
  console.release = parse_release("v0.1.0");
  EXPECT_EQ(judged(console).findings.front().outcome, Outcome::pass);
}

TEST(WebEdgeSplitOrigins, ReadsSameSiteAsTheProductDoes) {
  Settings settings = sound();
  settings.back().second = " None ";
  EXPECT_EQ(judged(console_with(settings)).status, Outcome::pass);
}

TEST(WebEdgeSplitOrigins, FailsForAnOldRelease) {
  Container console = old_console_with(sound());
  const CheckResult result = judged(console);
  EXPECT_EQ(messages_of(result), one("this release cannot send session cookies across sites"));
  EXPECT_EQ(result.findings.front().observed, "an older release");
  remove_variable(console, "CARACAL_AUTH_COOKIE_SAME_SITE");
  EXPECT_EQ(messages_of(judged(console)), messages_of(result));
}

TEST(WebEdgeSplitOrigins, FailsForCookiesWithoutSecure) {
  Settings settings = sound();
  settings.emplace_back("CARACAL_AUTH_SECURE_COOKIES", "false");
  EXPECT_EQ(messages_of(judged(console_with(settings))),
            one("session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off"));
}

TEST(WebEdgeSplitOrigins, IsUnknownWhenTheReleaseOrAVariableIsNot) {
  EXPECT_EQ(messages_of(judged(unreleased_console_with(sound()))),
            one("the release of the console is not known"));
  for (const char* name :
       {"CARACAL_WEB_ORIGIN", "CARACAL_AUTH_COOKIE_SAME_SITE", "CARACAL_AUTH_SECURE_COOKIES"}) {
    Container console = console_with(sound());
    set_unresolved_variable(console, name);
    EXPECT_EQ(messages_of(judged(console)), one("X is not set")) << name;
  }
}

TEST(WebEdgeSplitOrigins, IsUnknownWhetherAnEntryIsThePublicOriginWhenThatIsNotSeen) {
  Container console = console_with(sound("https://console.example.org,https://b.example.org"));
  remove_variable(console, "CARACAL_AUTH_URL");
  EXPECT_EQ(
      summary_of(judged(console)),
      "fail: a trusted entry of CARACAL_WEB_ORIGIN is not the public origin [compose.yaml:10:7]");
  set_unresolved_variable(console, "CARACAL_AUTH_URL");
  EXPECT_EQ(summary_of(judged(console)), "unknown: X is not set [compose.yaml:10:7]");
}

TEST(WebEdgeSplitOrigins, IsUnknownWhenOnlyIdnaCouldTell) {
  const CheckResult result = judged(console_with(sound(german)));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(messages_of(result).size(), 2U);
  EXPECT_EQ(judged(console_with(sound(std::string{other} + "," + german))).status,
            Outcome::unknown);
}

// The cookies of a split console, each with these attributes.
Installation serving(const std::string& attributes) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& answer = *endpoint.web.answers[ConsoleRequest::sign_out].value;
  remove_header(answer, "set-cookie");
  for (const char* name : {"__Secure-better-auth.session_token", "__Secure-better-auth.state"}) {
    add_header(answer, "set-cookie", std::string{name} + "=; Path=/" + attributes);
  }
  Installation installation = asked(endpoint);
  installation.split_origins = {other};
  return installation;
}

TEST(WebEdgeSplitOrigins, NeedCookiesThatAreSentAcrossSites) {
  EXPECT_EQ(status_of(id, serving("; HttpOnly; Secure; SameSite=None")), Outcome::pass);
  expect_asked_at(first_finding(id, serving("; Secure; SameSite=None")), "/sign-out");
  for (const char* attributes : {"; Secure; SameSite=Lax", "; Secure"}) {
    const Finding finding = first_finding(id, serving(attributes));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "session cookies are not sent across sites");
    EXPECT_EQ(finding.expected, "SameSite=None");
    EXPECT_EQ(finding.observed, "2 of 2 without it");
    expect_asked_at(finding, "/sign-out");
  }
}

TEST(WebEdgeSplitOrigins, NeedCookiesThatAreSecure) {
  EXPECT_EQ(messages_of(result_of(id, serving("; SameSite=None"))),
            one("session cookies are not Secure"));
}

TEST(WebEdgeSplitOrigins, AreJudgedByContainersAndEndpointTogether) {
  Installation installation = serving("; Secure; SameSite=Lax");
  installation.configured = Source::kubernetes | Source::endpoint;
  containers_in(installation) = {console_with(sound())};
  EXPECT_EQ(messages_of(result_of(id, installation)),
            one("session cookies are not sent across sites"));
  installation.probed.endpoints.front().probed = false;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(WebEdgeSplitOrigins, NeedAConsoleThatAnswers) {
  expect_needs_console(id, serving("; Secure; SameSite=None"));
  Installation installation = serving("; Secure; SameSite=None");
  installation.probed.endpoints.clear();
  expect_unknown(id, installation, UnknownReason::not_configured, "no endpoint of web is asked");
  installation.split_origins.clear();
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::split_origins_test
