// Strict-Transport-Security by the grammar of RFC 6797.
#include "checks/formats/strict_transport.h"

#include <string>

#include <gtest/gtest.h>

namespace compliance::test::strict_transport_test {
namespace {

using std::chrono::seconds;

TEST(StrictTransport, ReadsWhatTheConsoleSends) {
  const auto read = read_strict_transport("max-age=63072000; includeSubDomains");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->max_age, seconds{63'072'000});
  EXPECT_TRUE(read->include_subdomains);
}

TEST(StrictTransport, ReadsEveryWritingOfTheSame) {
  for (const char* text :
       {"max-age=10", "MAX-AGE=10", " max-age = 10 ", "\tmax-age\t=\t10\t", "max-age=\"10\"",
        R"(max-age="1\0")", ";;max-age=10;;", "max-age=10;", "max-age=0010", "max-age=10 ; preload",
        "preload; max-age=10", "max-age=10; future=\"a;b,c\"", "max-age=10; future=token",
        "max-age=10; x=\"\"", "max-age=10;!#$%&'*+-.^_`|~=1"}) {
    const auto read = read_strict_transport(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(read->max_age, seconds{10}) << text;
    EXPECT_FALSE(read->include_subdomains) << text;
  }
}

TEST(StrictTransport, KnowsIncludeSubDomainsInAnyCaseAndPlace) {
  for (const char* text : {"max-age=1;includesubdomains", "INCLUDESUBDOMAINS; max-age=1",
                           "max-age=1; includeSubDomains ; preload"}) {
    const auto read = read_strict_transport(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_TRUE(read->include_subdomains) << text;
  }
}

TEST(StrictTransport, CapsNumbersThatAreTooLarge) {
  for (const char* text : {"max-age=9223372036854775807", "max-age=9223372036854775808",
                           "max-age=99999999999999999999999999"}) {
    EXPECT_EQ(read_strict_transport(text).value_or(StrictTransport{}).max_age, seconds::max())
        << text;
  }
  EXPECT_EQ(
      read_strict_transport("max-age=9223372036854775806").value_or(StrictTransport{}).max_age,
      seconds{9'223'372'036'854'775'806});
  EXPECT_EQ(read_strict_transport("max-age=0").value_or(StrictTransport{seconds{1}}).max_age,
            seconds{0});
}

TEST(StrictTransport, IsNothingWithoutASoundMaxAge) {
  for (const char* text :
       {"", ";", "includeSubDomains", "max-age", "max-age=", "max-age=\"\"", "max-age=x",
        "max-age=10x", "max-age=-1", "max-age=+1", "max-age=1.5", "max-age=\" 10\"", "maxage=10",
        "x-max-age=10", "max-age==10", "max-age:10"}) {
    EXPECT_EQ(read_strict_transport(text), std::nullopt) << text;
  }
}

TEST(StrictTransport, IsNothingWhereADirectiveStandsTwice) {
  for (const char* text :
       {"max-age=1; max-age=1", "max-age=1; MAX-AGE=2",
        "max-age=1; includeSubDomains; includesubdomains", "max-age=1; preload; Preload"}) {
    EXPECT_EQ(read_strict_transport(text), std::nullopt) << text;
  }
}

TEST(StrictTransport, IsNothingWhereTheGrammarIsBroken) {
  for (const char* text :
       {"max-age=10, max-age=20", "max-age=10 includeSubDomains", "max-age=10; includeSubDomains=1",
        "max-age=10; includeSubDomains=\"\"", "max-age=10; =x", "max-age=10; x=", "max-age=10; x=;",
        "max-age=10; \"x\"", "max-age=\"10", "max-age=\"10\\", "max-age=10; x=\"a",
        "max-age=10; x=\"\\", "max-age=10; x=a b", "max-age=\"10\"x", "max-age=10; \xc3\xa4",
        "<html>", "max-age=10; x=a,", "max-age=10\n"}) {
    EXPECT_EQ(read_strict_transport(text), std::nullopt) << text;
  }
}

TEST(StrictTransport, IsReadInOneGoHoweverLongItIs) {
  std::string text = "max-age=10";
  for (int index = 0; index < 10'000; ++index) {
    text += ";a" + std::to_string(index);
  }
  EXPECT_EQ(read_strict_transport(text).value_or(StrictTransport{}).max_age, seconds{10});
  EXPECT_EQ(read_strict_transport(text + ";a9999"), std::nullopt);
}

}  // namespace
}  // namespace compliance::test::strict_transport_test
