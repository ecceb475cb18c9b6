// One gzip member compressed in two parts.
#include "exporter/publish/metrics/gzip_body.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/gunzip.h"

namespace compliance::gzip_body_test {
namespace {

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t line = 0; line < count; ++line) {
    text += "family{label=\"" + std::to_string(line) + "\"} " + std::to_string(line % 7) + "\n";
  }
  return text;
}

std::string noise(std::size_t bytes) {
  std::mt19937 random{20'260'625};
  std::string text(bytes, '\0');
  for (char& byte : text) {
    byte = static_cast<char>(random());
  }
  return text;
}

struct TwoParts {
  std::string name;
  std::string text;
  std::string rest;
};

class GzipBody : public testing::TestWithParam<TwoParts> {};

TEST_P(GzipBody, IsOneMemberThatHoldsBothParts) {
  const auto& [name, text, rest] = GetParam();
  const auto beginning = begin_gzip(text);
  ASSERT_TRUE(beginning);
  const auto end = end_gzip(*beginning, rest);
  ASSERT_TRUE(end);
  const test::Gunzipped member = test::gunzip_member(beginning->bytes + *end);
  EXPECT_TRUE(member.complete) << "its checksum or its size is wrong";
  EXPECT_EQ(member.text, text + rest);
  EXPECT_EQ(member.unread, 0U) << "bytes behind the member";
}

INSTANTIATE_TEST_SUITE_P(
    Parts, GzipBody,
    testing::Values(TwoParts{"nothing", "", ""}, TwoParts{"no_rest", "text\n", ""},
                    TwoParts{"no_text", "", "rest\n"}, TwoParts{"small", "text\n", "rest\n"},
                    TwoParts{"large", lines(50'000), lines(300)},
                    TwoParts{"a_large_rest", lines(3), lines(50'000)},
                    TwoParts{"incompressible", noise(200'000), noise(100'000)}),
    [](const auto& parts) { return parts.param.name; });

TEST(GzipBody, CanBeEndedAgainAndAgain) {
  const auto beginning = begin_gzip(lines(100)).value();
  for (const std::string& rest : {lines(1), lines(20), std::string{}}) {
    EXPECT_EQ(test::gunzip_member(beginning.bytes + end_gzip(beginning, rest).value()).text,
              lines(100) + rest);
  }
}

TEST(GzipBody, IsRefusedByReadersWhenTheRestIsExchanged) {
  const auto beginning = begin_gzip(lines(100)).value();
  const auto other = begin_gzip(lines(99) + "family{label=\"98\"} 9\n").value();
  EXPECT_FALSE(test::gunzip_member(other.bytes + end_gzip(beginning, "rest").value()).complete);
}

TEST(GzipBody, IsMuchSmallerThanItsText) {
  const std::string text = lines(10'000);
  const auto beginning = begin_gzip(text).value();
  EXPECT_LT(beginning.bytes.size(), text.size() / 5);
  EXPECT_LT(end_gzip(beginning, text).value().size(), text.size() / 4);
}

}  // namespace
}  // namespace compliance::gzip_body_test
