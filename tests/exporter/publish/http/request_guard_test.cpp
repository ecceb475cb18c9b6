// Which heads of requests pass the guard, and which are refused with which status.
#include "exporter/publish/http/request_guard.h"

#include <string>

#include <gtest/gtest.h>

namespace compliance::request_guard_test {
namespace {

RequestGuard guarded(std::string_view bytes, std::size_t max_bytes = 16'384) {
  RequestGuard guard(max_bytes);
  guard.add(bytes);
  return guard;
}

std::string with_headers(const std::string& headers) {
  return "GET /metrics HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

TEST(RequestGuard, HandsOnTheHeadByteForByte) {
  for (const std::string& head :
       {std::string("DELETE /a%20b/..//c?x=%41&y?z HTTP/1.0\r\n\r\n"),
        with_headers("A:\t b%20c \t\r\nEmpty:\r\nA: \xff\r\nREMOTE_ADDR: 10.0.0.1\r\n")}) {
    const auto guard = guarded(head);
    EXPECT_EQ(guard.refusal(), std::nullopt);
    EXPECT_EQ(guard.head(), head);
    EXPECT_EQ(guard.authorization(), std::nullopt);
  }
}

TEST(RequestGuard, IsCompleteAtTheEmptyLineAndNotBefore) {
  const auto text = with_headers("A: b\r\n");
  for (std::size_t length = 0; length < text.size(); ++length) {
    RequestGuard guard(16'384);
    EXPECT_FALSE(guard.add(std::string_view(text).substr(0, length))) << length;
    EXPECT_TRUE(guard.add(std::string_view(text).substr(length))) << length;
    EXPECT_EQ(guard.refusal(), std::nullopt);
    EXPECT_EQ(guard.head(), text);
  }
}

TEST(RequestGuard, DropsWhatFollowsTheHead) {
  const auto guard =
      guarded(with_headers("") + "GET /second HTTP/1.1\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(guard.refusal(), std::nullopt);
  EXPECT_EQ(guard.head(), with_headers(""));
}

TEST(RequestGuard, GivesAuthorizationByteForByte) {
  EXPECT_EQ(guarded(with_headers("aUTHORIZATION: \t Bearer a%62c  d\xff \r\n")).authorization(),
            "Bearer a%62c  d\xff");
  EXPECT_EQ(guarded(with_headers("Authorization:\r\n")).authorization(), "");
  EXPECT_EQ(guarded(with_headers("X-Authorization: Bearer x\r\n")).authorization(), std::nullopt);
}

TEST(RequestGuard, AcceptsABodyOfNoLength) {
  EXPECT_EQ(guarded("POST /-/reload HTTP/1.1\r\nContent-Length: 0\r\n\r\n").refusal(),
            std::nullopt);
  EXPECT_EQ(guarded("POST /-/reload HTTP/1.1\r\nContent-Length: 00\r\n\r\n").refusal(),
            std::nullopt);
  EXPECT_EQ(guarded("POST /-/reload HTTP/1.1\r\n\r\n").refusal(), std::nullopt);
}

struct Refused {
  std::string name;
  std::string bytes;
  int status;
};

class RefusedHead : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedHead, HasItsStatus) {
  RequestGuard guard(16'384);
  EXPECT_TRUE(guard.add(GetParam().bytes));
  EXPECT_EQ(guard.refusal(), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedHead,
    ::testing::Values(
        Refused{"Http09", "GET /metrics\r\n", 400},
        Refused{"Garbage", std::string("\x16\x03\x01\x02", 4), 400},
        Refused{"Nul", std::string("GET /\0", 6), 400}, Refused{"Delete", "GET /\x7f", 400},
        Refused{"EmptyLine", "\r\n", 400}, Refused{"BareLineFeed", "GET / HTTP/1.1\n", 400},
        Refused{"BareCarriageReturn", "GET / HTTP/1.1\rX", 400},
        Refused{"TwoCarriageReturns", "GET / HTTP/1.1\r\r", 400},
        Refused{"TwoSpaces", "GET  / HTTP/1.1\r\n", 400},
        Refused{"NoMethod", " / HTTP/1.1\r\n", 400},
        Refused{"BadMethod", "G(T / HTTP/1.1\r\n", 400},
        Refused{"MoreAfterTheVersion", "GET / HTTP/1.1 x\r\n", 505},
        Refused{"AbsoluteTarget", "GET http://x/metrics HTTP/1.1\r\n", 400},
        Refused{"Asterisk", "OPTIONS * HTTP/1.1\r\n", 400},
        Refused{"Authority", "CONNECT x:1 HTTP/1.1\r\n", 400},
        Refused{"ByteAbove127InTheTarget", "GET /\xc3\xa9 HTTP/1.1\r\n", 400},
        Refused{"TabInTheTarget", "GET /a\tb HTTP/1.1\r\n", 400},
        Refused{"OtherProtocol", "GET / ICY/1.1\r\n", 400},
        Refused{"Http2Preface", "PRI * HTTP/2.0\r\n", 400},
        Refused{"Http2", "GET / HTTP/2.0\r\n", 505}, Refused{"Http3", "GET / HTTP/3\r\n", 505},
        Refused{"HeaderWithoutColon", "GET / HTTP/1.1\r\nHost\r\n", 400},
        Refused{"HeaderWithoutName", "GET / HTTP/1.1\r\n: x\r\n", 400},
        Refused{"SpaceBeforeColon", "GET / HTTP/1.1\r\nHost : x\r\n", 400},
        Refused{"FoldedHeader", "GET / HTTP/1.1\r\nA: b\r\n c: d\r\n", 400},
        Refused{"NulInAHeader", std::string("GET / HTTP/1.1\r\nA: \0", 20), 400},
        Refused{"TwoAuthorizations",
                with_headers("Authorization: Bearer a\r\nauthorization: x\r\n"), 400},
        Refused{"TwoAuthorizationsOneEmpty", with_headers("Authorization:\r\nAuthorization: x\r\n"),
                400},
        Refused{"TwoHosts", with_headers("host: y\r\n"), 400},
        Refused{"UnknownMethod", "BREW / HTTP/1.1\r\n\r\n", 501},
        Refused{"LowerCaseMethod", "get / HTTP/1.1\r\n\r\n", 501},
        Refused{"Fragment", "GET /metrics#x HTTP/1.1\r\n", 400},
        Refused{"EncodedCoding", with_headers("Accept-Encoding: %67zip\r\n"), 400},
        Refused{"Range", with_headers("rANGE: bytes=0-1\r\n"), 416},
        Refused{"LongRequestLine", "GET /" + std::string(1'011, 'a') + " HTTP/1.1\r\n", 414},
        Refused{"LongHeader", "GET / HTTP/1.1\r\nA: " + std::string(8'188, 'a') + "\r\n", 431},
        Refused{"Body", "POST / HTTP/1.1\r\nContent-Length: 5\r\n", 413},
        Refused{"BodyOfTen", "POST / HTTP/1.1\r\nContent-Length: 010\r\n", 413},
        Refused{"HugeBody", "POST / HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n", 413},
        Refused{"SecondLength", "POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n",
                413},
        Refused{"NegativeLength", "POST / HTTP/1.1\r\nContent-Length: -1\r\n", 400},
        Refused{"ListOfLengths", "POST / HTTP/1.1\r\nContent-Length: 0, 5\r\n", 400},
        Refused{"EmptyLength", "POST / HTTP/1.1\r\nContent-Length:\r\n", 400},
        Refused{"Chunked", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", 413},
        Refused{"OtherTransferEncoding", "GET / HTTP/1.1\r\nTransfer-Encoding: identity\r\n", 413}),
    [](const auto& row) { return row.param.name; });

TEST(RequestGuard, IsBoundedInBytes) {
  const auto text = with_headers("");
  EXPECT_EQ(guarded(text, text.size()).refusal(), std::nullopt);
  EXPECT_EQ(guarded(text, text.size() - 1).refusal(), 431);
  EXPECT_EQ(guarded("GET /" + std::string(100, 'a'), 100).refusal(), 414);
}

TEST(RequestGuard, TakesTheLongestLines) {
  EXPECT_EQ(guarded("GET /" + std::string(1'008, 'a') + " HTTP/1.1\r\n\r\n").refusal(),
            std::nullopt);
  EXPECT_EQ(guarded(with_headers("A: " + std::string(8'187, 'a') + "\r\n")).refusal(),
            std::nullopt);
}

TEST(RequestGuard, IsBoundedInHeaders) {
  std::string headers;
  for (std::size_t number = 0; number < max_headers - 1; ++number) {
    headers += "A: b\r\n";
  }
  EXPECT_EQ(guarded(with_headers(headers)).refusal(), std::nullopt);
  EXPECT_EQ(guarded(with_headers(headers + "A: b\r\n")).refusal(), 431);
}

}  // namespace
}  // namespace compliance::request_guard_test
