// HTML by construction: whatever a text holds, it stays text.
#include "exporter/publish/pages/html.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/support/page_text.h"

namespace compliance::pages::html_test {
namespace {

struct Text {
  std::string_view name;
  std::string text;
  std::string escaped;
};

const auto texts = std::to_array<Text>({
    {"Markup", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"Quotes", R"(" onload="x" ')", "&quot; onload=&quot;x&quot; &#39;"},
    {"Entities", "&lt; &amp;amp;", "&amp;lt; &amp;amp;amp;"},
    {"Newlines", "a\nb\r\tc", R"(a\x0ab\x0d\x09c)"},
    {"Zero", std::string{"a\0b", 3}, R"(a\x00b)"},
    {"BidiOverride", "a" + test::override_mark + "b", R"(a\u202eb)"},
    {"ZeroWidth", "a\u200Bb", R"(a\u200bb)"},
    {"InvalidUtf8", "a\xFF\xC0\x80z", "a\uFFFD\uFFFD\uFFFDz"},
    {"EndOfComment", "--><!--", "--&gt;&lt;!--"},
    {"Letters", "žluťoučký 猫", "žluťoučký 猫"},
    {"Nothing", "", ""},
});

class HtmlText : public ::testing::TestWithParam<Text> {};

TEST_P(HtmlText, StaysTextBetweenTags) {
  Html html;
  html.add("p", GetParam().text);
  EXPECT_EQ(html.take(), "<p>" + GetParam().escaped + "</p>\n");
}

TEST_P(HtmlText, StaysTextInAttributes) {
  Html html;
  html.add("span", {{"title", GetParam().text}, {"lang", "en"}}, "x");
  EXPECT_EQ(html.take(), "<span title=\"" + GetParam().escaped + "\" lang=\"en\">x</span>");
}

INSTANTIATE_TEST_SUITE_P(Hostile, HtmlText, ::testing::ValuesIn(texts),
                         [](const auto& each) { return std::string{each.param.name}; });

TEST(Html, EndsElementsInReverseOrder) {
  Html html;
  {
    const Html::Element list = html.open("ul", {{"class", "x"}});
    const Html::Element item = html.open("li");
    html.text("one");
  }
  EXPECT_EQ(html.take(), "<ul class=\"x\"><li>one</li>\n</ul>\n");
}

TEST(Links, LeadToSitesOverHttpAlone) {
  for (const char* address : {"https://example.com/a?b=c#d", "http://example.com"}) {
    ASSERT_TRUE(Link::to_site(address)) << address;
    EXPECT_EQ(Link::to_site(address)->address(), address);
  }
  for (const char* address :
       {"javascript:alert(1)", "JAVASCRIPT:x", " https://example.com", "data:text/html,x",
        "ftp://x", "//example.com", "/checks/x", "", "https://a b", "https://a\nb",
        "https://ex\xE2\x80\xAA\xE2\x80\xAC", "HTTPS://x"}) {
    EXPECT_FALSE(Link::to_site(address)) << address;
  }
}

TEST(Links, EncodeWhatTheyAreMadeOf) {
  EXPECT_EQ(Link::to_page("/checks/", "a-b.c_d~1").address(), "/checks/a-b.c_d~1");
  EXPECT_EQ(Link::to_page("/checks/", "../x?y#z").address(), "/checks/..%2Fx%3Fy%23z");
  EXPECT_EQ(Link::to_page("/history").with("check", "a&b=c").with("since", "1+1 ž").address(),
            "/history?check=a%26b%3Dc&since=1%2B1%20%C5%BE");
  EXPECT_EQ(Link::to_place("a.b\"c").address(), "#a.b%22c");
}

TEST(Links, AreEscapedAsAttributes) {
  Html html;
  html.add_link(Link::to_site("https://x/?a=1&b='\"").value(), "t");
  EXPECT_EQ(html.take(), "<a href=\"https://x/?a=1&amp;b=&#39;&quot;\">t</a>");
}

TEST(Ids, AreTheSameForTheSameNamesAlone) {
  EXPECT_EQ(id_of({"area", "production", "web-edge"}), "area.production.web-edge");
  EXPECT_EQ(id_of({"a b", "<\""}), "a_20b._3C_22");
  EXPECT_NE(id_of({"a.b", "c"}), id_of({"a", "b.c"}));
  EXPECT_NE(id_of({"a_20b"}), id_of({"a b"}));
}

TEST(PageText, SeesWhatIsNotWellFormed) {
  EXPECT_EQ(test::fault_of("<p class=\"a>b\">x<br>y</p>"), "");
  EXPECT_NE(test::fault_of("<p><b>x</p></b>"), "");
  EXPECT_NE(test::fault_of("<p>x"), "");
  EXPECT_NE(test::fault_of("<p>x > y</p>"), "");
}

}  // namespace
}  // namespace compliance::pages::html_test
