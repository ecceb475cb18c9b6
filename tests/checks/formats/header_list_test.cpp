// The values of headers that are lists, as the Fetch standard parts them.
#include "checks/formats/header_list.h"

#include <gtest/gtest.h>

namespace compliance::test::header_list_test {
namespace {

using Values = std::vector<std::string>;

HttpAnswer with(const Values& headers) {
  HttpAnswer answer;
  for (const std::string& value : headers) {
    answer.headers.push_back({.name = "x", .value = value});
    answer.headers.push_back({.name = "y", .value = "other"});
  }
  return answer;
}

TEST(HeaderList, PartsHeadersAtCommasAndKeepsTheirOrder) {
  EXPECT_EQ(list_values(with({"a"}), "x"), (Values{"a"}));
  EXPECT_EQ(list_values(with({"a, b", "c"}), "x"), (Values{"a", "b", "c"}));
  EXPECT_EQ(list_values(with({"\ta ,\t b "}), "x"), (Values{"a", "b"}));
  EXPECT_EQ(list_values(with({"a b"}), "x"), (Values{"a b"}));
}

TEST(HeaderList, IsEmptyWithoutTheHeaderAndHoldsEmptyValues) {
  EXPECT_EQ(list_values(with({}), "x"), Values{});
  EXPECT_EQ(list_values(with({""}), "x"), (Values{""}));
  EXPECT_EQ(list_values(with({",a,,"}), "x"), (Values{"", "a", "", ""}));
  EXPECT_EQ(list_values(with({"a", ""}), "x"), (Values{"a", ""}));
}

TEST(HeaderList, DoesNotPartInQuotes) {
  EXPECT_EQ(list_values(with({R"("a,b",c)"}), "x"), (Values{R"("a,b")", "c"}));
  EXPECT_EQ(list_values(with({R"(a"b,c"d,e)"}), "x"), (Values{R"(a"b,c"d)", "e"}));
  EXPECT_EQ(list_values(with({R"("a\",b",c)"}), "x"), (Values{R"("a\",b")", "c"}));
  EXPECT_EQ(list_values(with({R"("a\\",b)"}), "x"), (Values{R"("a\\")", "b"}));
}

TEST(HeaderList, TakesQuotesThatAreNotClosedToTheEnd) {
  EXPECT_EQ(list_values(with({R"("a,b)", "c"}), "x"), (Values{R"("a,b)", "c"}));
  EXPECT_EQ(list_values(with({R"(a,"b\)"}), "x"), (Values{"a", R"("b\)"}));
  EXPECT_EQ(list_values(with({R"(a,")"}), "x"), (Values{"a", R"(")"}));
}

}  // namespace
}  // namespace compliance::test::header_list_test
