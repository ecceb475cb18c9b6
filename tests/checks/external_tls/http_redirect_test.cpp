// external-tls-http-redirect
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"
#include "tests/checks/web_edge/consoles.h"

namespace compliance::test::http_redirect_test {
namespace {

constexpr auto id = "external-tls-http-redirect";

Endpoint console_behind(PlainHttpProbe door) {
  Endpoint endpoint = endpoint_at(Component::web, "https://Console.example.net:8443/");
  endpoint.web.plain_http = seen(std::move(door));
  return endpoint;
}

Finding evaluated(PlainHttpProbe door) {
  return only_finding(result_of(id, with_endpoints({console_behind(std::move(door))})));
}

Finding answered(int status, std::vector<HttpHeader> headers = {}) {
  return evaluated({.state = PortState::open,
                    .answer = HttpAnswer{.status = status, .headers = std::move(headers)}});
}

Finding redirected(const std::string& location, int status = 301) {
  return answered(status, {{"location", location}});
}

TEST(ExternalTlsHttpRedirect, PassesWhenThePortIsClosed) {
  const Finding finding = evaluated({.state = PortState::refused});
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint web");
}

TEST(ExternalTlsHttpRedirect, PassesForRedirectsToHttpsOnTheSameHost) {
  for (const char* location :
       {"https://console.example.net/", "https://console.example.net",
        "HTTPS://CONSOLE.example.NET:443/a?b#c", "https://console.example.net:9443/"}) {
    for (const int status : {301, 302, 303, 307, 308}) {
      const Finding finding = redirected(location, status);
      EXPECT_EQ(finding.outcome, Outcome::pass) << location;
      EXPECT_EQ(finding.message, "");
    }
  }
}

TEST(ExternalTlsHttpRedirect, FailsForRedirectsThatStayOnPlainHttp) {
  for (const auto& [location, observed] :
       Settings{{"http://console.example.net/", "http://console.example.net"},
                {"http://console.example.net:443/", "http://console.example.net:443"},
                {"/sign-in", "a redirect to plain http"},
                {"", "a redirect to plain http"},
                {"//console.example.net/", "a redirect to plain http"},
                {"/https://console.example.net/", "a redirect to plain http"},
                {"ftp://console.example.net/", "another value"},
                {"http://u:60303ae2@console.example.net/", "a URL with an @ in it"}}) {
    const Finding finding = redirected(location);
    EXPECT_EQ(finding.outcome, Outcome::fail) << location;
    EXPECT_EQ(finding.message, "does not redirect port 80 to https");
    EXPECT_EQ(finding.expected, "closed, or redirects to https on the same host");
    EXPECT_EQ(finding.observed, observed);
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, FailsForRedirectsToAnotherHost) {
  for (const char* host : {"www.console.example.net", "example.net", "console.example.net.evil.net",
                           "console.example.net."}) {
    const Finding finding = redirected("https://" + std::string{host} + "/");
    EXPECT_EQ(finding.outcome, Outcome::fail) << host;
    EXPECT_EQ(finding.message, "redirects port 80 to another host");
    EXPECT_EQ(finding.expected, "closed, or redirects to https on the same host");
    EXPECT_EQ(finding.observed, "https://" + std::string{host});
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, EvaluatesEachLocation) {
  const HttpHeader good{"location", "https://console.example.net/"};
  const HttpHeader bad{"location", "https://evil.example/"};
  EXPECT_EQ(answered(301, {good, good}).outcome, Outcome::pass);
  EXPECT_EQ(answered(301, {good, bad}).outcome, Outcome::fail);
  EXPECT_EQ(answered(301, {bad, good}).outcome, Outcome::fail);
}

TEST(ExternalTlsHttpRedirect, IsUnknownForALocationThatCannotBeRead) {
  for (const char* location : {"https://", "https://b\xc3\xbc.example/", "https://a b/",
                               "https://console.example.net:x/", "http://[::1"}) {
    const Finding finding = redirected(location);
    EXPECT_EQ(finding.reason, UnknownReason::unparsable) << location;
    EXPECT_EQ(finding.message.find("redirects on port 80 to what is a URL with"), 0U)
        << finding.message;
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, FailsForContent) {
  for (const int status : {200, 204, 206}) {
    const Finding finding = answered(status, {{"location", "https://console.example.net/"}});
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::high);
    EXPECT_EQ(finding.message, "serves content over plain http on port 80");
    EXPECT_EQ(finding.expected, "closed, or redirects to https on the same host");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, PassesWithANoteForARefusal) {
  for (const int status : {400, 403, 404, 405, 410, 421, 426, 451}) {
    const Finding finding = answered(status);
    EXPECT_EQ(finding.outcome, Outcome::pass) << status;
    EXPECT_EQ(finding.message, "port 80 refuses plain http with status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, IsUnknownForAnswersThatShowNeither) {
  for (const int status : {101, 300, 301, 304, 401, 407, 408, 425, 429, 500, 502, 503}) {
    const Finding finding = answered(status);
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message,
              "answers on port 80 with status " + std::to_string(status) + ", which shows neither");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

// Without a page the console answers 404 itself: its interface is there over plain http.
TEST(ExternalTlsHttpRedirect, IsUnknownForARefusalOfTheConsoleItself) {
  EXPECT_EQ(answered(404, {{"x-request-id", "7"}}).outcome, Outcome::unknown);
}

TEST(ExternalTlsHttpRedirect, IsUnknownForAPortThatSpeaksNoHttp) {
  const Finding finding = evaluated({.state = PortState::open});
  EXPECT_EQ(finding.reason, UnknownReason::protocol_error);
  EXPECT_EQ(finding.message, "port 80 is open but does not speak HTTP");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(ExternalTlsHttpRedirect, PassesForASilentPortOfAHostThatAnswers) {
  Endpoint by_handshake = console_behind({.state = PortState::silent});
  by_handshake.tls.handshake = seen(good_handshake());
  Endpoint by_answer = console_behind({.state = PortState::silent});
  by_answer.web.answers[ConsoleRequest::auth_ok] = answering(200);
  for (const Endpoint& endpoint : {by_handshake, by_answer}) {
    const Finding finding = only_finding(result_of(id, with_endpoints({endpoint})));
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.message, "port 80 gave no answer in time, while the endpoint did");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(ExternalTlsHttpRedirect, IsUnknownForAHostThatIsSilentEverywhere) {
  Endpoint endpoint = console_behind({.state = PortState::silent});
  endpoint.tls.handshake = unseen<TlsHandshake>();
  endpoint.web.answers[ConsoleRequest::auth_ok] = unseen<HttpAnswer>();
  const Finding finding = only_finding(result_of(id, with_endpoints({endpoint})));
  EXPECT_EQ(finding.reason, UnknownReason::timeout);
  EXPECT_EQ(finding.message, "gave no answer in time, neither on port 80 nor at its endpoint");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(ExternalTlsHttpRedirect, IsNotConfiguredWhereOnlyTheConsoleIsReachedElsewhere) {
  Endpoint elsewhere = endpoint_at(Component::web);
  elsewhere.web.answers[ConsoleRequest::auth_ok] = answering(200, R"({"ok":true})");
  for (const auto& ok : {elsewhere.web.answers[ConsoleRequest::auth_ok], unseen<HttpAnswer>()}) {
    elsewhere.web.answers[ConsoleRequest::auth_ok] = ok;
    const Finding finding = only_finding(result_of(id, with_endpoints({elsewhere})));
    EXPECT_EQ(finding.reason, UnknownReason::not_configured);
    EXPECT_EQ(finding.message,
              "port 80 is not probed when connect_to is set and connect_to_http is not");
    EXPECT_EQ(finding.origin, at_configuration());
    EXPECT_EQ(finding.object, "endpoint web");
  }
}

TEST(ExternalTlsHttpRedirect, EvaluatesOnlyTheConsole) {
  Endpoint sts = console_behind({.state = PortState::open, .answer = HttpAnswer{.status = 200}});
  sts.component = Component::sts;
  expect_unknown(
      id, with_endpoints({sts}),
      {.reason = UnknownReason::not_configured, .message = "no endpoint of web is asked"},
      Origin{});
}

}  // namespace
}  // namespace compliance::test::http_redirect_test
