// web-edge-content-type-options
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::content_type_options_test {
namespace {

constexpr auto id = "web-edge-content-type-options";

Endpoint page_with(const std::vector<std::string>& values) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& page = *endpoint.web.answers[ConsoleRequest::page].value;
  remove_header(page, "x-content-type-options");
  for (const std::string& value : values) {
    add_header(page, "x-content-type-options", value);
  }
  return endpoint;
}

TEST(WebEdgeContentTypeOptions, PassesForNosniffFirst) {
  for (const std::vector<std::string>& values :
       {std::vector<std::string>{"nosniff"}, {"NOSNIFF", "nosniff"}, {"nosniff, other"}}) {
    EXPECT_EQ(status_of(id, page_with(values)), Outcome::pass) << values.front();
  }
}

TEST(WebEdgeContentTypeOptions, FailsForAnotherValueFirstOrNone) {
  using Row = std::pair<std::vector<std::string>, const char*>;
  for (const auto& [values, observed] : {Row{{"other", "nosniff"}, "another value first"},
                                         Row{{""}, "another value first"}, Row{{}, "not set"}}) {
    const Finding finding = first_finding(id, page_with(values));
    EXPECT_EQ(finding.outcome, Outcome::fail) << observed;
    EXPECT_EQ(finding.message, "X-Content-Type-Options does not forbid content sniffing");
    EXPECT_EQ(finding.expected, "nosniff");
    EXPECT_EQ(finding.observed, observed);
    EXPECT_EQ(finding.severity, Severity::medium);
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeContentTypeOptions, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test::content_type_options_test
