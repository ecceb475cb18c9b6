// Joined lists, wrapped paragraphs, percent-encoding.
#include "exporter/base/text.h"

#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::text_test {
namespace {

using Texts = std::vector<std::string>;

TEST(Joined, PutsTheSeparatorBetweenTextsOnly) {
  EXPECT_EQ(joined(Texts{}), "");
  EXPECT_EQ(joined(Texts{"a"}), "a");
  EXPECT_EQ(joined(Texts{"a", "", "c"}), "a, , c");
  EXPECT_EQ(joined(std::vector<std::string_view>{"a", "b"}, ","), "a,b");
}

TEST(Joined, PutsTheLastSeparatorBeforeTheLastText) {
  EXPECT_EQ(joined(Texts{"a"}, ", ", " or "), "a");
  EXPECT_EQ(joined(Texts{"a", "b"}, ", ", " or "), "a or b");
  EXPECT_EQ(joined(Texts{"a", "b", "c"}, ", ", " or "), "a, b or c");
}

TEST(Wrapped, BreaksBetweenWordsAndIndentsAllLinesButTheFirst) {
  EXPECT_EQ(wrapped("one two three", {.width = 8, .indent = 2}), "one two\n  three");
  EXPECT_EQ(wrapped("one two three", {.width = 7, .indent = 1, .used = 4}), "one\n two\n three");
}

TEST(Wrapped, FillsALineToItsLastColumn) {
  EXPECT_EQ(wrapped("abc def", {.width = 7}), "abc def");
  EXPECT_EQ(wrapped("abc def", {.width = 6}), "abc\ndef");
}

TEST(Wrapped, CountsCharactersAndNotBytes) {
  EXPECT_EQ(wrapped("\xC3\xA4\xC3\xA4 b", {.width = 4}), "\xC3\xA4\xC3\xA4 b");
}

TEST(Wrapped, BreaksNoWord) {
  EXPECT_EQ(wrapped("a longword b", {.width = 4}), "a\nlongword\nb");
  EXPECT_EQ(wrapped("longword", {.width = 4, .indent = 2, .used = 3}), "\n  longword");
}

TEST(Wrapped, DropsRepeatedBlanks) {
  EXPECT_EQ(wrapped("  a  b ", {}), "a b");
  EXPECT_EQ(wrapped("", {}), "");
}

TEST(FormatLocation, GivesAsMuchOfThePositionAsIsKnown) {
  const Location file{"f.yaml"};
  EXPECT_EQ(format_location({.place = file, .line = 3, .column = 9}), "f.yaml:3:9");
  EXPECT_EQ(format_location({.place = file, .line = 3}), "f.yaml:3");
  EXPECT_EQ(format_location({.place = file, .column = 9}), "f.yaml");
  EXPECT_EQ(format_location({.line = 3, .column = 9}), "");
}

TEST(PercentEncoding, KeepsUnreservedBytesAndThoseThatItIsToldToKeep) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a/b?c&d=e%"), "a%2Fb%3Fc%26d%3De%25");
  EXPECT_EQ(percent_encoded("a/b c", "/"), "a/b%20c");
  EXPECT_EQ(percent_encoded("\xC3\xA4\n"), "%C3%A4%0A");
}

}  // namespace
}  // namespace compliance::test::text_test
