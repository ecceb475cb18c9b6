// external-tls-public-url
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test::public_url_test {
namespace {

constexpr auto id = "external-tls-public-url";
constexpr auto own = "https://a.example.net";

Container listing(const std::string& origins, const std::string& url = own) {
  return console_with({{"CARACAL_AUTH_URL", url}, {"CARACAL_WEB_ORIGIN", origins}});
}

TEST(ExternalTlsPublicUrl, PassesForHttps) {
  for (const char* url : {own, "HTTPS://a.example.net:8443/x", "https://localhost",
                          "https://b\u00fccher.example.net"}) {
    EXPECT_EQ(status_of(id, console_with({{"CARACAL_AUTH_URL", url}})), Outcome::pass) << url;
  }
  EXPECT_EQ(status_of(id, listing("https://a.example.net,https://b.example.net")), Outcome::pass);
  EXPECT_EQ(status_of(id, listing("")), Outcome::pass);
}

TEST(ExternalTlsPublicUrl, FailsForHttpLocalhostIncluded) {
  expect_fail(id, packaged_compose(), "CARACAL_AUTH_URL is plain http", at(Source::compose, 10, 7));
  for (const char* url : {"http://a.example.net", "http://localhost:3001", "HTTP://127.0.0.1"}) {
    EXPECT_EQ(first_finding(id, console_with({{"CARACAL_AUTH_URL", url}})).message,
              "CARACAL_AUTH_URL is plain http")
        << url;
  }
  const Finding finding =
      first_finding(id, console_with({{"CARACAL_AUTH_URL", "http://a.net/x?token=60303ae2"}}));
  EXPECT_EQ(finding.severity, Severity::critical);
  EXPECT_EQ(finding.expected, "an https URL");
  EXPECT_EQ(finding.observed, "http://a.net");
  EXPECT_EQ(finding.object, "service web");
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(ExternalTlsPublicUrl, FailsWhereTheDefaultIsHttp) {
  for (const Container& console : {console_with({}), console_with({{"CARACAL_AUTH_URL", ""}})}) {
    const Finding finding = first_finding(id, console);
    EXPECT_EQ(finding.message, "CARACAL_AUTH_URL is not set");
    EXPECT_EQ(finding.expected, "an https URL");
    EXPECT_EQ(finding.observed, "not set");
  }
}

TEST(ExternalTlsPublicUrl, FailsForTextThatIsNotAUrl) {
  EXPECT_EQ(first_finding(id, console_with({{"CARACAL_AUTH_URL", "a.example.net"}})).message,
            "CARACAL_AUTH_URL is no http or https URL");
  EXPECT_EQ(first_finding(id, console_with({{"CARACAL_AUTH_URL", "https://"}})).message,
            "CARACAL_AUTH_URL is a URL without host");
}

TEST(ExternalTlsPublicUrl, FailsForAnOriginOfPlainHttp) {
  for (const char* origins :
       {"http://b.example.net", "https://c.example.net, http://localhost:3001",
        "http://b\u00fccher.example.net"}) {
    const CheckResult result = result_of(id, compose_installation({listing(origins)}));
    EXPECT_EQ(messages_of(result),
              std::vector<std::string>{"an origin of CARACAL_WEB_ORIGIN is plain http"})
        << origins;
  }
  EXPECT_EQ(first_finding(id, listing("localhost:3001")).message,
            "an origin of CARACAL_WEB_ORIGIN is no http or https URL");
}

TEST(ExternalTlsPublicUrl, PassesForEntriesThatTheConsoleSkips) {
  EXPECT_EQ(status_of(id, listing("b.example.net,http://,http://b:x,http://b c")), Outcome::pass);
}

TEST(ExternalTlsPublicUrl, NamesTheUrlAndTheOrigins) {
  EXPECT_EQ(messages_of(result_of(
                id, compose_installation({listing("http://b.net,http://c.net", "http://a.net")}))),
            (std::vector<std::string>{"CARACAL_AUTH_URL is plain http",
                                      "an origin of CARACAL_WEB_ORIGIN is plain http",
                                      "an origin of CARACAL_WEB_ORIGIN is plain http"}));
}

TEST(ExternalTlsPublicUrl, IsUnknownWhenAnUnsetVariableDecides) {
  for (const char* name : {"CARACAL_AUTH_URL", "CARACAL_WEB_ORIGIN"}) {
    Container console = listing(own);
    set_unresolved_variable(console, name);
    EXPECT_EQ(first_finding(id, console).message, "X is not set") << name;
  }
  expect_unknown(id, with_unseen_variables(console_with({{"CARACAL_AUTH_URL", own}})),
                 {.reason = UnknownReason::missing_object, .message = "web.env does not exist"},
                 at(Source::compose, 5, 3));
  EXPECT_EQ(status_of(id, with_unseen_variables(listing(own))), Outcome::pass);
}

TEST(ExternalTlsPublicUrl, EvaluatesOnlyConsoles) {
  Container init = listing("", "http://a");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::public_url_test
