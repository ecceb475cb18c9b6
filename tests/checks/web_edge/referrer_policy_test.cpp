// web-edge-referrer-policy
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::referrer_policy_test {
namespace {

constexpr auto id = "web-edge-referrer-policy";

Endpoint page_with(const std::vector<std::string>& values) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& page = *endpoint.web.answers[ConsoleRequest::page].value;
  remove_header(page, "referrer-policy");
  for (const std::string& value : values) {
    add_header(page, "referrer-policy", value);
  }
  return endpoint;
}

TEST(WebEdgeReferrerPolicy, PassesWhereTheLastValidTokenIsNoReferrer) {
  for (const std::vector<std::string>& values : {std::vector<std::string>{"no-referrer"},
                                                 {"unsafe-url", "no-referrer"},
                                                 {"no-referrer, future-policy"}}) {
    EXPECT_EQ(status_of(id, page_with(values)), Outcome::pass) << values.front();
  }
}

TEST(WebEdgeReferrerPolicy, FailsForAnotherOneOrNone) {
  using Row = std::pair<std::vector<std::string>, const char*>;
  for (const auto& [values, observed] :
       {Row{{"no-referrer", "strict-origin-when-cross-origin"}, "strict-origin-when-cross-origin"},
        Row{{"SAME-ORIGIN"}, "same-origin"}, Row{{"60303ae2"}, "no valid value"},
        Row{{}, "no valid value"}}) {
    const Finding finding = first_finding(id, page_with(values));
    EXPECT_EQ(finding.outcome, Outcome::fail) << observed;
    EXPECT_EQ(finding.message, "the effective Referrer-Policy is not no-referrer");
    EXPECT_EQ(finding.expected, "no-referrer");
    EXPECT_EQ(finding.observed, observed);
    EXPECT_EQ(finding.severity, Severity::medium);
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeReferrerPolicy, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test::referrer_policy_test
