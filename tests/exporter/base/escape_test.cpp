// Foreign text made safe for outputs.
#include "exporter/base/escape.h"

#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::escape_test {
namespace {

struct Case {
  std::string name;
  std::string input;
  std::string expected;
};

std::string case_name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

const std::string bad = "\xEF\xBF\xBD";

class ValidUtf8 : public testing::TestWithParam<Case> {};

TEST_P(ValidUtf8, KeepsCharactersAndReplacesOtherBytes) {
  EXPECT_EQ(valid_utf8(GetParam().input), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ValidUtf8,
    testing::Values(Case{"Empty", "", ""}, Case{"Ascii", "a\nb\x7F", "a\nb\x7F"},
                    Case{"NulByte", std::string("a\0b", 3), std::string("a\0b", 3)},
                    Case{"SmallestOfTwoBytes", "\xC2\x80", "\xC2\x80"},
                    Case{"LargestOfTwoBytes", "\xDF\xBF", "\xDF\xBF"},
                    Case{"SmallestOfThreeBytes", "\xE0\xA0\x80", "\xE0\xA0\x80"},
                    Case{"BeforeTheSurrogates", "\xED\x9F\xBF", "\xED\x9F\xBF"},
                    Case{"AfterTheSurrogates", "\xEE\x80\x80", "\xEE\x80\x80"},
                    Case{"LargestOfThreeBytes", "\xEF\xBF\xBF", "\xEF\xBF\xBF"},
                    Case{"SmallestOfFourBytes", "\xF0\x90\x80\x80", "\xF0\x90\x80\x80"},
                    Case{"LargestOfAll", "\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF"},
                    Case{"BeyondTheLargest", "\xF4\x90\x80\x80", bad + bad + bad + bad},
                    Case{"LeadByteBeyondTheLargest", "\xF5\x80", bad + bad},
                    Case{"LoneContinuation", "a\x80z", "a" + bad + "z"},
                    Case{"OverlongSlash", "\xC0\xAF", bad + bad},
                    Case{"OverlongThreeBytes", "\xE0\x9F\xBF", bad + bad + bad},
                    Case{"OverlongFourBytes", "\xF0\x8F\xBF\xBF", bad + bad + bad + bad},
                    Case{"FirstSurrogate", "\xED\xA0\x80", bad + bad + bad},
                    Case{"LastSurrogate", "\xED\xBF\xBF", bad + bad + bad},
                    Case{"CutSequence", "a\xE2\x82", "a" + bad + bad},
                    Case{"SequenceCutByAscii", "\xE2\x82z", bad + bad + "z"},
                    Case{"Latin1", "caf\xE9!", "caf" + bad + "!"}),
    case_name);

class Printable : public testing::TestWithParam<Case> {};

TEST_P(Printable, ShowsAndDoesNotObey) {
  EXPECT_EQ(printable(GetParam().input), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Printable,
    testing::Values(
        Case{"Plain", "service api \"x\" \\ ~", "service api \"x\" \\ ~"},
        Case{"Accents", "caf\xC3\xA9", "caf\xC3\xA9"},
        Case{"AnsiEscape", "\x1B[31mred", "\\x1b[31mred"}, Case{"Newline", "a\nb", "a\\x0ab"},
        Case{"CarriageReturn", "a\rb", "a\\x0db"}, Case{"Nul", std::string("\0", 1), "\\x00"},
        Case{"LastOfC0", "\x1F", "\\x1f"}, Case{"Space", " ", " "}, Case{"Delete", "\x7F", "\\x7f"},
        Case{"EightBitEscape",
             "\xC2\x9B"
             "31m",
             "\\x9b31m"},
        Case{"NoBreakSpace", "\xC2\xA0", "\xC2\xA0"}, Case{"SoftHyphen", "\xC2\xAD", "\\u00ad"},
        Case{"ArabicLetterMark", "\xD8\x9C", "\\u061c"},
        Case{"BeforeZeroWidth", "\xE2\x80\x8A", "\xE2\x80\x8A"},
        Case{"ZeroWidthSpace", "\xE2\x80\x8B", "\\u200b"},
        Case{"RightToLeftMark", "\xE2\x80\x8F", "\\u200f"},
        Case{"Hyphen", "\xE2\x80\x90", "\xE2\x80\x90"},
        Case{"LineSeparator", "\xE2\x80\xA8", "\\u2028"},
        Case{"RightToLeftOverride", "\xE2\x80\xAE", "\\u202e"},
        Case{"NarrowNoBreakSpace", "\xE2\x80\xAF", "\xE2\x80\xAF"},
        Case{"WordJoiner", "\xE2\x81\xA0", "\\u2060"},
        Case{"PopIsolate", "\xE2\x81\xA9", "\\u2069"},
        Case{"AfterPopIsolate", "\xE2\x81\xAA", "\xE2\x81\xAA"},
        Case{"ByteOrderMark", "\xEF\xBB\xBF", "\\ufeff"}, Case{"InvalidByte", "\xFF", bad}),
    case_name);

class JsonString : public testing::TestWithParam<Case> {};

TEST_P(JsonString, IsAQuotedLiteral) {
  EXPECT_EQ(json_string(GetParam().input), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Texts, JsonString,
                         testing::Values(Case{"Empty", "", R"("")"},
                                         Case{"Quote", "a\"b", R"("a\"b")"},
                                         Case{"Backslash", "a\\b", R"("a\\b")"},
                                         Case{"LineBreaksAndTab", "\n\r\t", R"("\n\r\t")"},
                                         Case{"Escape", "\x1B[0m", R"("\u001b[0m")"},
                                         Case{"Delete", "\x7F", R"("\u007f")"},
                                         Case{"Override", "\xE2\x80\xAE", R"("\u202e")"},
                                         Case{"InvalidByte", "\xC3(", "\"" + bad + "(\""}),
                         case_name);

TEST(ColumnCount, CountsCharactersNotBytes) {
  EXPECT_EQ(column_count(""), 0U);
  EXPECT_EQ(column_count("abc"), 3U);
  EXPECT_EQ(column_count("caf\xC3\xA9"), 4U);
  EXPECT_EQ(column_count("\xE2\x82\xAC\xF0\x9F\x94\x92"), 2U);
}

}  // namespace
}  // namespace compliance::test::escape_test
