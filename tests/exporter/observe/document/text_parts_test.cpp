// The parts of a text that can be read by themselves.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/document/document.h"

namespace compliance::test::text_parts_test {
namespace {

// "LINE:COLUMN TEXT" of each part, counted from what stands before it.
std::vector<std::string> parts(const std::string& text, std::uint32_t lines = 0,
                               std::uint32_t columns = 0) {
  std::vector<std::string> result;
  for (const document::TextPart& part :
       document::parts_of({.text = text, .lines_before = lines, .columns_before = columns})) {
    result.push_back(std::to_string(part.lines_before) + ":" + std::to_string(part.columns_before) +
                     " " + std::string{part.text});
  }
  return result;
}

using Parts = std::vector<std::string>;

TEST(TextParts, AreTheDocumentsOfAStream) {
  EXPECT_EQ(parts("a: 1\n---\nb: 2\n--- # c\nd: 3\n"),
            (Parts{"0:0 a: 1\n", "1:0 ---\nb: 2\n", "3:0 --- # c\nd: 3\n"}));
  EXPECT_EQ(parts("---\na\n---"), (Parts{"0:0 ---\na\n", "2:0 ---"}));
}

TEST(TextParts, AreNoneAtHyphensThatPartNothing) {
  for (const char* text :
       {"a: |\n  x\n ---\n", "a\n---b\n", "a\n----\n", "---\na: [\n", "", "\n \n"}) {
    EXPECT_EQ(parts(text), Parts{}) << text;
  }
}

TEST(TextParts, AreTheObjectsOfAJsonStream) {
  EXPECT_EQ(parts(R"({"a":{"b":"}{\\"}}{"c":"\""} {})"),
            (Parts{R"(0:0 {"a":{"b":"}{\\"}})", R"(0:18 {"c":"\""})", "0:28  {}"}));
  EXPECT_EQ(parts("{\n}\n{\n}\n"), (Parts{"0:0 {\n}", "1:1 \n{\n}"}));
}

TEST(TextParts, EndWithWhatIsNoWholeObject) {
  EXPECT_EQ(parts("{} x {}"), (Parts{"0:0 {}", "0:2  x {}"}));
  EXPECT_EQ(parts("{} {"), (Parts{"0:0 {}", "0:2  {"}));
  EXPECT_EQ(parts("{} }"), (Parts{"0:0 {}", "0:2  }"}));
  EXPECT_EQ(parts("{\"a"), Parts{});
  EXPECT_EQ(parts("{\"\\"), Parts{});
}

TEST(TextParts, CountFromWhereTheWholeBegins) {
  EXPECT_EQ(parts("{}{}\n{}", 4, 7), (Parts{"4:7 {}", "4:9 {}", "4:11 \n{}"}));
  EXPECT_EQ(parts("{\"\u00fc\"}{}"), (Parts{"0:0 {\"\u00fc\"}", "0:5 {}"}));
}

TEST(TextParts, AreNoneWhereThereAreMoreThanDocumentsMayBe) {
  std::string text;
  for (int index = 0; index < 100'002; ++index) {
    text += "{}";
  }
  EXPECT_EQ(document::parts_of({.text = text}).size(), 0U);
}

}  // namespace
}  // namespace compliance::test::text_parts_test
