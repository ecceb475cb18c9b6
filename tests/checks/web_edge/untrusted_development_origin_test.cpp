// web-edge-untrusted-development-origin
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"
#include "tests/support/packaged.h"

namespace compliance::test::untrusted_development_origin_test {
namespace {

constexpr auto id = "web-edge-untrusted-development-origin";

Settings listing(const std::string& origins) { return {{"CARACAL_WEB_ORIGIN", origins}}; }

TEST(WebEdgeUntrustedDevelopmentOrigin, OldReleasesTrustItWhereTheListIsNotSet) {
  const Finding finding = first_finding(id, old_console_with({}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set");
  EXPECT_EQ(finding.expected, "CARACAL_WEB_ORIGIN set, empty if necessary");
  EXPECT_EQ(finding.observed, "not set");
  EXPECT_EQ(finding.object, "service web");
}

TEST(WebEdgeUntrustedDevelopmentOrigin, AnEmptyListIsSet) {
  EXPECT_EQ(status_of(id, old_console_with(listing(""))), Outcome::pass);
  EXPECT_EQ(status_of(id, unreleased_console_with(listing(""))), Outcome::pass);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, LaterReleasesTrustItOutsideProductionAlone) {
  EXPECT_EQ(status_of(id, console_with({})), Outcome::pass);
  EXPECT_EQ(status_of(id, console_with({{"NODE_ENV", "Production"}})), Outcome::pass);
  for (const char* mode : {"development", "", "production "}) {
    EXPECT_EQ(summary_of(id, console_with({{"NODE_ENV", mode}})),
              "fail: trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set "
              "[compose.yaml:5:3]")
        << mode;
    EXPECT_EQ(summary_of(id, unreleased_console_with({{"NODE_ENV", mode}})),
              "fail: trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set "
              "[compose.yaml:5:3]")
        << mode;
  }
  EXPECT_EQ(status_of(id, console_with({{"NODE_ENV", "development"}, {"CARACAL_WEB_ORIGIN", ""}})),
            Outcome::pass);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, FailsWhereItIsListed) {
  for (const char* origins : {"http://localhost:3001", "HTTP://LOCALHOST:3001/x",
                              "https://a.example.net, http://localhost:3001"}) {
    const Finding finding = first_finding(id, console_with(listing(origins)));
    EXPECT_EQ(finding.message, "CARACAL_WEB_ORIGIN trusts the development origin") << origins;
    EXPECT_EQ(finding.expected, "not listed");
    EXPECT_EQ(finding.observed, "http://localhost:3001");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
}

TEST(WebEdgeUntrustedDevelopmentOrigin, PassesForOtherOrigins) {
  for (const char* origins : {"https://a.example.net", "https://localhost:3001", "http://localhost",
                              "http://localhost:3000", "http://localhost.:3001",
                              "http://127.0.0.1:3001", "localhost:3001"}) {
    EXPECT_EQ(status_of(id, old_console_with(listing(origins))), Outcome::pass) << origins;
  }
}

TEST(WebEdgeUntrustedDevelopmentOrigin, IsUnknownWhenTheReleaseIs) {
  const Finding finding = first_finding(id, unreleased_console_with({}));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(finding.message, "the release of the console is not known");
  EXPECT_EQ(status_of(id, unreleased_console_with(listing("http://localhost:3001"))),
            Outcome::fail);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, IsUnknownWhenAVariableIs) {
  Container console = old_console_with({});
  set_unresolved_variable(console, "CARACAL_WEB_ORIGIN");
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
  EXPECT_EQ(status_of(id, with_unseen_variables(old_console_with({}))), Outcome::unknown);
  console = console_with({});
  set_unresolved_variable(console, "NODE_ENV");
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
  console.release = parse_release("v2026.06.22-rc.1");
  EXPECT_EQ(status_of(id, console), Outcome::fail);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, JudgesConsolesAlone) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
  Container init = old_console_with({});
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

// What the developers' origin gets.
Endpoint granting(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.back().answer.value = std::move(answer);
  return endpoint;
}

HttpAnswer trusting() {
  HttpAnswer answer = unauthenticated();
  add_header(answer, "access-control-allow-origin", "http://localhost:3001");
  add_header(answer, "access-control-allow-credentials", "true");
  return answer;
}

TEST(WebEdgeUntrustedDevelopmentOrigin, PassesWhereItGetsNoGrant) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/grant");
  EXPECT_EQ(status_of(id, asked(sound_endpoint(), old_console_with({}))), Outcome::fail);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, FailsWhereItGetsOne) {
  for (const Installation& installation :
       {asked(granting(trusting())), asked(granting(trusting()), console_with({}))}) {
    const Finding finding = first_finding(id, installation);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "pages of the origin http://localhost:3001 can read responses");
    EXPECT_EQ(finding.expected, "no Access-Control-Allow-Origin");
    EXPECT_EQ(finding.observed, "the origin that asked, with credentials");
    EXPECT_EQ(finding.severity, Severity::high);
    expect_asked_at(finding, "/grant");
  }
}

TEST(WebEdgeUntrustedDevelopmentOrigin, LeavesOtherOriginsToAnotherRow) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.front().answer.value = trusting();
  set_header(*endpoint.web.grants.front().answer.value, "access-control-allow-origin",
             std::string{foreign_origin});
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, MayBeTheConsolesOwn) {
  Endpoint endpoint = granting(trusting());
  endpoint.url = "http://localhost:3001/";
  EXPECT_EQ(status_of(id, endpoint), Outcome::not_applicable);
}

TEST(WebEdgeUntrustedDevelopmentOrigin, IsUnknownWhereNothingShowsIt) {
  expect_unknown(id, granting(answer_of_edge(502)), UnknownReason::unexpected_response,
                 "GET /api/console/status was answered with 502, which is inconclusive");
  Endpoint endpoint = sound_endpoint();
  endpoint.web.grants.back().answer = timed_out("/grant");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.grants.pop_back();
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::untrusted_development_origin_test
