// Tests of the small GET and of reading its answer.
#include "exporter/observe/probes/ports/http_exchange.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::probes::http_exchange_test {
namespace {

TEST(GetRequest, NamesTheHostAndTheProgramAndAsksToClose) {
  const auto request = get_request("/ready", "[::1]:8080");
  EXPECT_TRUE(
      request.starts_with("GET /ready HTTP/1.1\r\nHost: [::1]:8080\r\nUser-Agent: "
                          "caracal-compliance-exporter/"));
  EXPECT_TRUE(request.ends_with("\r\nConnection: close\r\n\r\n"));
}

TEST(ParseAnswer, ReadsStatusHeadersAndBody) {
  const auto answer = parse_answer(
      "HTTP/1.1 401 Unauthorized\r\nContent-Type:  text/plain \r\nX:\r\n\r\nunauthorized\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 401);
  EXPECT_THAT(answer->headers,
              testing::ElementsAre(HttpHeader{.name = "content-type", .value = "text/plain"},
                                   HttpHeader{.name = "x", .value = ""}));
  EXPECT_EQ(answer->body, "unauthorized\n");
}

TEST(ParseAnswer, TakesAnAnswerWithoutReasonAndHeaders) {
  EXPECT_EQ(parse_answer("HTTP/1.0 200\r\n\r\n"), (HttpAnswer{.status = 200}));
}

TEST(ParseAnswer, RefusesWhatIsNoHttp) {
  const std::vector<std::string> texts{
      "",
      "\r\n\r\n",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\n\n",
      "HTTP/1.1 20\r\n\r\n",
      "HTTP/1.1 2000\r\n\r\n",
      "HTTP/1.1 2x0 OK\r\n\r\n",
      "HTTP/1.1  200 OK\r\n\r\n",
      "HTTP/2 200\r\n\r\n",
      "HTTP/1.2 200 OK\r\n\r\n",
      "http/1.1 200 OK\r\n\r\n",
      "ICY 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
      "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
      "HTTP/1.1 200 OK\r\nspaced name: x\r\n\r\n",
      "<html></html>\r\n\r\n",
  };
  for (const auto& text : texts) {
    EXPECT_FALSE(parse_answer(text)) << text;
  }
}

TEST(IsWholeAnswer, WaitsForAsMuchAsWasPromised) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
  EXPECT_FALSE(is_whole_answer(""));
  EXPECT_FALSE(is_whole_answer(head));
  EXPECT_FALSE(is_whole_answer(head + "abc"));
  EXPECT_TRUE(is_whole_answer(head + "abcd"));
  EXPECT_TRUE(is_whole_answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
}

TEST(IsWholeAnswer, CannotTellWithoutOnePlainLength) {
  const std::string start = "HTTP/1.1 200 OK\r\n";
  EXPECT_FALSE(is_whole_answer(start + "\r\nabcd"));
  EXPECT_FALSE(is_whole_answer(start + "Content-Length: \r\n\r\nabcd"));
  EXPECT_FALSE(is_whole_answer(start + "Content-Length: 4x\r\n\r\nabcd"));
  EXPECT_FALSE(is_whole_answer(start + "Content-Length: -4\r\n\r\nabcd"));
  EXPECT_FALSE(is_whole_answer(start + "Content-Length: 99999999999999999999\r\n\r\nabcd"));
  EXPECT_FALSE(is_whole_answer(start + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"));
}

}  // namespace
}  // namespace compliance::probes::http_exchange_test
