// The small parts of which OSCAL documents are made.
#include "exporter/publish/reports/oscal_values.h"

#include <regex>

#include <gtest/gtest.h>

#include "tests/support/hostile_texts.h"

namespace compliance::test {
namespace {

TEST(OscalUuids, AreTheSameForTheSameWordsAlone) {
  EXPECT_EQ(oscal_uuid({"a", "b"}), oscal_uuid({"a", "b"}));
  EXPECT_NE(oscal_uuid({"a", "b"}), oscal_uuid({"ab"}));
  EXPECT_NE(oscal_uuid({"a", "b"}), oscal_uuid({"a", "", "b"}));
  EXPECT_NE(oscal_uuid({"1:a"}), oscal_uuid({"", "a"}));
}

TEST(OscalProperties, HaveNameNameSpaceAndValue) {
  EXPECT_EQ(oscal_properties({{"severity", "high"}}),
            nlohmann::ordered_json::array({{{"name", "severity"},
                                            {"ns", "urn:caracal-compliance-exporter:oscal"},
                                            {"value", "high"}}}));
}

TEST(OscalProperties, AreLeftOutWithoutAValue) {
  EXPECT_EQ(oscal_properties({{"a", ""}, {"b", "c"}}).size(), 1U);
}

TEST(OscalProperties, HaveValuesThatTheirDatatypeTakes) {
  const std::regex string_datatype{R"(\S(.*\S)?)", std::regex::optimize};
  for (const std::string& text : hostile_texts()) {
    if (text.size() > 1000) {
      continue;  // std::regex would need a stack of its own
    }
    const auto value = oscal_properties({{"a", text}}).at(0).at("value").get<std::string>();
    EXPECT_TRUE(std::regex_match(value, string_datatype)) << value;
  }
  EXPECT_EQ(oscal_properties({{"a", " b "}}).at(0).at("value"), "\" b \"");
  EXPECT_EQ(oscal_properties({{"a", "b c"}}).at(0).at("value"), "b c");
}

}  // namespace
}  // namespace compliance::test
