// Lines of the head of an HTTP response.
#include "exporter/observe/probes/net/response_head.h"

#include <string_view>

#include <gtest/gtest.h>

namespace compliance::probes::response_head_test {
namespace {

TEST(ResponseHead, ReadsStatusLinesWithAndWithoutReason) {
  for (const std::string_view line : {"HTTP/1.1 200 OK", "HTTP/1.1 200 ", "HTTP/1.1 200"}) {
    const auto parsed = parse_status_line(line);
    ASSERT_TRUE(parsed) << line;
    EXPECT_EQ(parsed->version, "1.1") << line;
    EXPECT_EQ(parsed->status, 200) << line;
  }
  EXPECT_EQ(parse_status_line("HTTP/2 404").value().version, "2");
  EXPECT_EQ(parse_status_line("HTTP/2 404").value().status, 404);
  EXPECT_EQ(parse_status_line("HTTP/ 099 x").value().status, 99) << "callers set their own limits";
}

TEST(ResponseHead, RejectsOtherFirstLines) {
  for (const std::string_view line :
       {"", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 -20", "HTTP/1.1 2x0",
        "HTTP/1.1 200x", "HTTP/1.1  200", "http/1.1 200 OK", "ICY 200 OK", "HTTP/1.1\t200"}) {
    EXPECT_FALSE(parse_status_line(line)) << line;
  }
}

TEST(ResponseHead, ReadsFieldLines) {
  EXPECT_EQ(parse_field_line("X-A: b: c \t"), (HttpHeader{.name = "x-a", .value = "b: c"}));
  EXPECT_EQ(parse_field_line("X-A:"), (HttpHeader{.name = "x-a", .value = ""}));
}

TEST(ResponseHead, RejectsLinesWithoutAFieldName) {
  for (const std::string_view line : {"", "no colon", ": value", "X A: b", " X: b", "X : b"}) {
    EXPECT_FALSE(parse_field_line(line)) << line;
  }
}

}  // namespace
}  // namespace compliance::probes::response_head_test
