// Checks as rules of SARIF.
#include "exporter/publish/reports/sarif_rules.h"

#include <regex>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/snapshots.h"

namespace compliance::test {
namespace {

using Json = nlohmann::ordered_json;

TEST(SarifRules, DescribeTheCheck) {
  EXPECT_EQ(sarif_rules({result_with(sample_mode, {})}),
            Json::array({{{"id", "published-mode-sample"},
                          {"name", "PublishedModeSample"},
                          {"shortDescription", {{"text", "Services run in a published mode"}}},
                          {"fullDescription", {{"text", "Development modes accept anything."}}},
                          {"help",
                           {{"text",
                             "Set CARACAL_MODE to stable on every service, or remove it. See "
                             "https://example.com/mode"},
                            {"markdown",
                             "**Why:** Development modes accept anything.\n\n**What to do:** Set "
                             "CARACAL\\_MODE to stable on every service, or remove "
                             "it.\n\n[Reference](https://example.com/mode)"}}},
                          {"helpUri", "https://example.com/mode"},
                          {"defaultConfiguration", {{"level", "error"}}},
                          {"properties",
                           {{"security-severity", "9.5"},
                            {"precision", "high"},
                            {"tags", Json::array({"security", "published-mode"})}}}}}));
}

TEST(SarifRules, HaveTheSeverityThatTheSiteChose) {
  for (const auto& [severity, level, score] :
       {std::tuple{Severity::critical, "error", "9.5"}, std::tuple{Severity::high, "error", "8.0"},
        std::tuple{Severity::medium, "warning", "5.5"}, std::tuple{Severity::low, "note", "2.0"}}) {
    CheckResult result = result_with(sample_mode, {});
    result.base_severity = severity;
    const Json rule = sarif_rules({result}).at(0);
    EXPECT_EQ(rule.at("defaultConfiguration").at("level"), level);
    EXPECT_EQ(rule.at("properties").at("security-severity"), score);
  }
}

TEST(SarifRules, StandInTheOrderOfTheResults) {
  const Json rules = sarif_rules({result_with(sample_tokens, {}), result_with(sample_mode, {})});
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules.at(0).at("id"), "secrets-sample");
  EXPECT_EQ(rules.at(1).at("id"), "published-mode-sample");
}

TEST(SarifRules, NeedNoEscapesForAnyCheckOfTheCatalogue) {
  for (const Check* check : catalogue()) {
    const Json rule = sarif_rules({result_with(*check, {})}).at(0);
    EXPECT_TRUE(
        std::regex_match(rule.at("name").get<std::string>(), std::regex{"[A-Z][A-Za-z0-9]+"}))
        << check->id;
    // Braces would be placeholders, and line ends end what is shown of a rule.
    for (const auto text : {check->title, check->why, check->remediation}) {
      EXPECT_EQ(text.find_first_of("{}\n"), std::string_view::npos) << check->id;
    }
  }
}

}  // namespace
}  // namespace compliance::test
