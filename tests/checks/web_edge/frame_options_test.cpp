// web-edge-frame-options
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::frame_options_test {
namespace {

constexpr auto id = "web-edge-frame-options";

Endpoint page_with(const std::vector<std::string>& values) {
  Endpoint endpoint = sound_endpoint();
  HttpAnswer& page = *endpoint.web.answers[ConsoleRequest::page].value;
  remove_header(page, "x-frame-options");
  for (const std::string& value : values) {
    add_header(page, "x-frame-options", value);
  }
  return endpoint;
}

TEST(WebEdgeFrameOptions, PassesForDenyOnceOrConsistently) {
  for (const std::vector<std::string>& values :
       {std::vector<std::string>{"DENY"}, {"deny", "DENY"}, {"DENY, DENY"}}) {
    EXPECT_EQ(status_of(id, page_with(values)), Outcome::pass) << values.front();
  }
}

TEST(WebEdgeFrameOptions, FailsForAnythingElse) {
  using Row = std::pair<std::vector<std::string>, const char*>;
  for (const auto& [values, observed] :
       {Row{{"DENY", "SAMEORIGIN"}, "conflicting values"}, Row{{"SAMEORIGIN"}, "SAMEORIGIN"},
        Row{{"ALLOWALL"}, "another value"}, Row{{}, "not set"}}) {
    const Finding finding = first_finding(id, page_with(values));
    EXPECT_EQ(finding.outcome, Outcome::fail) << observed;
    EXPECT_EQ(finding.message, "X-Frame-Options does not forbid framing");
    EXPECT_EQ(finding.expected, "DENY");
    EXPECT_EQ(finding.observed, observed);
    EXPECT_EQ(finding.severity, Severity::medium);
    expect_asked_at(finding, "/");
  }
}

TEST(WebEdgeFrameOptions, JudgesTheAnswerOfAConsoleWithoutAPageToo) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::page] =
      answered(answer_of_console(404, json, R"({"error":"not_found"})"), "/");
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
  remove_header(*endpoint.web.answers[ConsoleRequest::page].value, "x-frame-options");
  EXPECT_EQ(summary_of(id, endpoint),
            "fail: X-Frame-Options does not forbid framing [https://console.example.net/]");
}

TEST(WebEdgeFrameOptions, JudgesThePageOfTheConsoleAlone) {
  expect_judges_pages_of_the_console_alone(id);
}

}  // namespace
}  // namespace compliance::test::frame_options_test
