// web-edge-strict-transport-security
#include <chrono>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/checks/web_edge/answers.h"

namespace compliance::test::strict_transport_security_test {
namespace {

constexpr auto id = "web-edge-strict-transport-security";

Endpoint page_with(const std::vector<std::string>& values) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& page = *endpoint.web.answers[ConsoleRequest::page].value;
  remove_header(page, "strict-transport-security");
  for (const std::string& value : values) {
    add_header(page, "strict-transport-security", value);
  }
  return endpoint;
}

constexpr auto least = "max-age of at least 15552000 seconds";

TEST(WebEdgeStrictTransportSecurity, PassesForHalfAYearAndMore) {
  using Row = std::pair<std::vector<std::string>, const char*>;
  for (const auto& [values, note] :
       {Row{{"max-age=63072000; includeSubDomains"}, "includes subdomains"},
        Row{{"max-age=15552000"}, "without subdomains"},
        Row{{"max-age=31536000; preload", "max-age=0"}, "without subdomains"},
        Row{{"max-age=99999999999999999999"}, "without subdomains"}}) {
    const Finding finding = first_finding(id, page_with(values));
    EXPECT_EQ(finding.outcome, Outcome::pass) << values.front();
    EXPECT_EQ(finding.message, note);
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeStrictTransportSecurity, FailsWhereTheFirstIsTooShort) {
  using Row = std::pair<std::vector<std::string>, const char*>;
  for (const auto& [values, observed] : {Row{{"max-age=15551999"}, "15551999 seconds"},
                                         Row{{"max-age=0", "max-age=63072000"}, "0 seconds"}}) {
    const Finding finding = first_finding(id, page_with(values));
    EXPECT_EQ(finding.outcome, Outcome::fail) << values.front();
    EXPECT_EQ(finding.message, "Strict-Transport-Security is too short");
    EXPECT_EQ(finding.expected, least);
    EXPECT_EQ(finding.observed, observed);
    EXPECT_EQ(finding.severity, Severity::high);
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeStrictTransportSecurity, FailsWhereTheFirstIsBroken) {
  for (const char* value : {"", "max-age=63072000, max-age=31536000", "includeSubDomains"}) {
    const Finding finding = first_finding(id, page_with({value, "max-age=63072000"}));
    EXPECT_EQ(finding.outcome, Outcome::fail) << value;
    EXPECT_EQ(finding.message, "browsers ignore this Strict-Transport-Security");
    EXPECT_EQ(finding.expected, least);
    EXPECT_EQ(finding.observed, "an invalid first header");
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeStrictTransportSecurity, FailsWhereItIsNotSet) {
  const Finding finding = first_finding(id, page_with({}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "Strict-Transport-Security is not set");
  EXPECT_EQ(finding.expected, "Strict-Transport-Security");
  EXPECT_EQ(finding.observed, "not set");
  expect_asked_at(finding, "/");
}

TEST(WebEdgeStrictTransportSecurity, ShowsNothingOverPlainHttp) {
  for (const std::vector<std::string>& values :
       {std::vector<std::string>{"max-age=63072000"}, std::vector<std::string>{}}) {
    Endpoint endpoint = page_with(values);
    endpoint.web.answers[ConsoleRequest::page].value->tls = false;
    expect_unknown(id, endpoint, UnknownReason::not_observable,
                   "browsers ignore Strict-Transport-Security over plain http");
    expect_asked_at(first_finding(id, endpoint), "/");
  }
}

TEST(WebEdgeStrictTransportSecurity, TakesTheSitesOwnMinimum) {
  EvaluationSettings settings;
  settings.policy.hsts_min_max_age = std::chrono::seconds{10};
  const Check& check = *find_check(id);
  const auto status = [&](const char* value) {
    return evaluate_check(check, asked(page_with({value})), settings).status;
  };
  EXPECT_EQ(status("max-age=10"), Outcome::pass);
  EXPECT_EQ(status("max-age=9"), Outcome::fail);
}

TEST(WebEdgeStrictTransportSecurity, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test::strict_transport_security_test
