// web-edge-same-origin
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test {
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
    EXPECT_EQ(messages_of(result),
              std::vector<std::string>{"a trusted entry of CARACAL_WEB_ORIGIN is another origin "
                                       "than the public one"})
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
  EXPECT_EQ(status_of(id, listing(own, "")), Outcome::fail);
  EXPECT_EQ(status_of(id, listing(own, "a.example.net")), Outcome::fail);
}

TEST(WebEdgeSameOrigin, IsUnknownWhenOnlyIdnaCouldTell) {
  const Finding finding = first_finding(id, listing(german));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.reason, UnknownReason::unparsable);
  EXPECT_EQ(finding.message.find("an entry of CARACAL_WEB_ORIGIN is a URL with a host beyond"), 0U);
  EXPECT_EQ(first_finding(id, listing("https://xn--bcher-kva.example.net", german))
                .message.find("CARACAL_AUTH_URL is a URL with a host beyond"),
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
  EXPECT_EQ(status_of(id, with_unseen_variables(console_with({}))), Outcome::unknown);
}

TEST(WebEdgeSameOrigin, DoesNotApplyToADeclaredSplit_T16) {
  Installation installation = compose_installation({listing("https://b.example.net")});
  installation.split_origins = {"https://b.example.net"};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(WebEdgeSameOrigin, JudgesConsolesAlone) {
  Container init = listing("https://b.example.net");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, compose_installation({listing(""), listing("https://b.example.net")})),
            Outcome::fail);
}

}  // namespace
}  // namespace compliance::test
