// Foreign text made safe for documents.
#include "exporter/base/markup.h"

#include <gtest/gtest.h>

namespace compliance::test::markup_test {
namespace {

struct Case {
  std::string name;
  std::string input;
  std::string expected;
};

std::string case_name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

const std::string bad = "\xEF\xBF\xBD";

class XmlText : public testing::TestWithParam<Case> {};

TEST_P(XmlText, IsCharacterDataOfXml) {
  EXPECT_EQ(xml_text(GetParam().input), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, XmlText,
    testing::Values(
        Case{"Empty", "", ""}, Case{"Plain", "service api", "service api"},
        Case{"Element", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        Case{"EndOfCdata", "a]]>b", "a]]&gt;b"}, Case{"Quotes", R"(a"b'c)", "a&quot;b&apos;c"},
        Case{"Reference", "&amp;", "&amp;amp;"},
        Case{"LinesAndTabs", "a\nb\r\tc", "a&#10;b&#13;&#9;c"},
        Case{"Nul", std::string("a\0b", 3), "a" + bad + "b"},
        Case{"Escape", "\x1B[31mred", bad + "[31mred"}, Case{"LastControl", "\x1F", bad},
        Case{"Space", " ", " "}, Case{"Delete", "\x7F", "\x7F"},
        Case{"NextLine", "\xC2\x85", "\xC2\x85"}, Case{"InvalidUtf8", "\xFF\xC3", bad + bad},
        Case{"Surrogate", "\xED\xA0\x80", bad + bad + bad},
        Case{"NoncharacterFffe", "a\xEF\xBF\xBEz", "a" + bad + "z"},
        Case{"NoncharacterFfff", "\xEF\xBF\xBF", bad},
        Case{"BeforeTheNoncharacters", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
        Case{"BeyondThem", "\xF0\x9F\xBF\xBE", "\xF0\x9F\xBF\xBE"},
        Case{"RightToLeft", "a\xE2\x80\xAEz\xE2\x80\xAC", "a\xE2\x80\xAEz\xE2\x80\xAC"}),
    case_name);

class MarkdownText : public testing::TestWithParam<Case> {};

TEST_P(MarkdownText, ShowsTheTextAsItIs) {
  EXPECT_EQ(markdown_text(GetParam().input), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, MarkdownText,
    testing::Values(
        Case{"Empty", "", ""}, Case{"Plain", "on port 4000, not 80.", "on port 4000, not 80."},
        Case{"Html", "<b>&lt;", R"(\<b\>\&lt;)"},
        Case{"Link", "[a](http://b)", R"(\[a\](http://b))"}, Case{"Code", "`a`", R"(\`a\`)"},
        Case{"Emphasis", "*a* _b_ ~c~", R"(\*a\* \_b\_ \~c\~)"},
        Case{"Backslash", R"(a\*)", R"(a\\\*)"}, Case{"Heading", "# a", R"(\# a)"},
        Case{"ListAtTheBeginning", "- a - b", R"(\- a - b)"}, Case{"NewLine", "a\nb", R"(a\\x0ab)"},
        Case{"RightToLeft", "a\xE2\x80\xAEz\xE2\x80\xAC", R"(a\\u202ez\\u202c)"},
        Case{"InvalidUtf8", "\xFF", bad}, Case{"Mention", "@team", R"(\@team)"},
        Case{"Table", "a|b", R"(a\|b)"}, Case{"Variable", "${A}", R"(\$\{A\})"}),
    case_name);

class FileUri : public testing::TestWithParam<Case> {};

TEST_P(FileUri, NamesTheFile) { EXPECT_EQ(file_uri(GetParam().input), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Paths, FileUri,
    testing::Values(Case{"Relative", "deploy/compose.yaml", "deploy/compose.yaml"},
                    Case{"Here", "./compose.yaml", "compose.yaml"}, Case{"HereTwice", "././a", "a"},
                    Case{"Hidden", ".env", ".env"}, Case{"Above", "../a", "../a"},
                    Case{"Absolute", "/srv/a b", "file:///srv/a%20b"},
                    Case{"Colon", "c:d/e", "c%3Ad/e"}, Case{"Query", "a?b#c", "a%3Fb%23c"},
                    Case{"Percent", "a%20b", "a%2520b"}, Case{"Umlaut", "\xC3\xA4", "%C3%A4"},
                    Case{"InvalidUtf8", "\xFF", "%FF"}, Case{"Unreserved", "aZ09-._~", "aZ09-._~"},
                    Case{"Markup", "<a>\"\n", "%3Ca%3E%22%0A"}, Case{"StandardInput", "-", "-"}),
    case_name);

}  // namespace
}  // namespace compliance::test::markup_test
