// Booleans and integers, as kubectl and Docker Compose read them.
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::scalar_values_test {
namespace {

std::optional<bool> boolean(const std::string& text) {
  const auto document = parsed("v: " + text);
  return as_boolean(document.roots().front()["v"]);
}

std::optional<std::int64_t> integer(const std::string& text) {
  const auto document = parsed("v: " + text);
  return as_integer(document.roots().front()["v"]);
}

TEST(DocumentBooleans, ReadsTheWordsInTheirUsualCases) {
  for (const char* word :
       {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"}) {
    EXPECT_EQ(boolean(word), true) << word;
  }
  for (const char* word :
       {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"}) {
    EXPECT_EQ(boolean(word), false) << word;
  }
}

TEST(DocumentBooleans, NothingElseIsOne) {
  for (const char* word :
       {"tRUE", "yEs", "1", "0", "t", "f", "enabled", "'true'", "\"no\"", "''", "~", "[true]",
        "{a: true}", "!!str true", "! true", "!!int true", "truee"}) {
    EXPECT_EQ(boolean(word), std::nullopt) << word;
  }
  EXPECT_EQ(as_boolean(document::Node{}), std::nullopt);
  EXPECT_EQ(boolean("|\n  true\n"), std::nullopt);
}

TEST(DocumentBooleans, ACoreTagDecidesAndAnotherDoesNot) {
  EXPECT_EQ(boolean("!!bool 'true'"), true);
  EXPECT_EQ(boolean("!!bool off"), false);
  EXPECT_EQ(boolean("!override true"), true);
}

TEST(DocumentIntegers, ReadsEveryBase) {
  const std::vector<std::pair<const char*, std::int64_t>> cases{
      {"0", 0},       {"1", 1},      {"65532", 65532}, {"-1", -1},       {"+5", 5},
      {"0x1F", 31},   {"0Xff", 255}, {"-0x10", -16},   {"0o17", 15},     {"0O17", 15},
      {"010", 8},     {"00", 0},     {"0777", 511},    {"0b101", 5},     {"1_000", 1000},
      {"0x_ff", 255}, {"-0", 0},     {"!!int 5", 5},   {"!!int '5'", 5}, {"!override 5", 5}};
  for (const auto& [text, number] : cases) {
    EXPECT_EQ(integer(text), number) << text;
  }
}

TEST(DocumentIntegers, ReadsTheWholeRangeAndNoMore) {
  EXPECT_EQ(integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(integer("-9223372036854775807"), -std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(integer("9223372036854775808"), std::nullopt);
  EXPECT_EQ(integer("-9223372036854775809"), std::nullopt);
  EXPECT_EQ(integer("18446744073709551616"), std::nullopt);
  EXPECT_EQ(integer(std::string(300, '1')), std::nullopt);
}

TEST(DocumentIntegers, NothingElseIsOne) {
  for (const char* word :
       {"08",  "0o8", "0x",      "0xg", "0b2",       "1.0",  "1e3",      "5s",       "1 2",
        "--1", "+-1", "+",       "-_",  "_1",        "'5'",  "\"5\"",    "true",     "~",
        "''",  "[5]", "!!str 5", "! 5", "!!float 5", "0x-5", "08080:80", "3001:3002"}) {
    EXPECT_EQ(integer(word), std::nullopt) << word;
  }
  EXPECT_EQ(as_integer(document::Node{}), std::nullopt);
  EXPECT_EQ(integer("|\n  5\n"), std::nullopt);
}

}  // namespace
}  // namespace compliance::test::scalar_values_test
