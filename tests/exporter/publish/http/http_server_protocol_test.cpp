// The server on raw sockets: every hole of the library that it has to close, one by one.
#include <atomic>
#include <mutex>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/http/http_server.h"
#include "tests/support/socket_client.h"

namespace compliance::http_server_protocol_test {
namespace {

using std::chrono::milliseconds;
using test::get;
using test::round_trip;
using test::SocketClient;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

// A server whose handler remembers the last request and answers with `response_`.
class HttpServerProtocol : public ::testing::Test {
 protected:
  HttpServerProtocol() {
    response_.body = std::make_shared<const std::string>("hello ");
    response_.body_suffix = "world";
    start("127.0.0.1");
  }

  void start(const std::string& host, std::uint16_t port = 0) {
    server_ = nullptr;
    auto listening = listen_on(host, port);
    ASSERT_TRUE(listening) << listening.error().message;
    auto started =
        HttpServer::start(std::move(listening).value(), {},
                          [this](const ServerRequest& request) { return handle(request); });
    ASSERT_TRUE(started) << started.error().message;
    server_ = std::move(started).value();
    port_ = server_->port();
  }

  ServerResponse handle(const ServerRequest& request) {
    const std::scoped_lock lock(mutex_);
    request_ = request;
    ++requests_;
    if (request.path == "/throws") {
      throw std::runtime_error("secret text");
    }
    if (request.path == "/throws-an-int") {
      throw 5;
    }
    return response_;
  }

  ServerRequest last_request() {
    const std::scoped_lock lock(mutex_);
    return request_;
  }
  int requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  std::mutex mutex_;
  ServerRequest request_;
  int requests_ = 0;
  ServerResponse response_;
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
};

TEST_F(HttpServerProtocol, AnswersWithBodyAndSuffix) {
  response_.content_type = "text/x; a=b";
  response_.headers = {{"X-One", "1"}, {"Cache-Control", "no-store"}};
  const auto answer = round_trip(port_, get("/a?b=c"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello world");
  EXPECT_THAT(answer.headers,
              AllOf(Contains(Pair("content-type", "text/x; a=b")), Contains(Pair("x-one", "1")),
                    Contains(Pair("cache-control", "no-store")),
                    Contains(Pair("content-length", "11")), Contains(Pair("connection", "close"))));
  EXPECT_EQ(last_request().method, "GET");
  EXPECT_EQ(last_request().path, "/a");
  ASSERT_EQ(last_request().parameters.size(), 1U);
  EXPECT_EQ(last_request().parameters[0].name, "b");
  EXPECT_EQ(last_request().parameters[0].value, "c");
}

TEST_F(HttpServerProtocol, AnswersWithoutABody) {
  response_ = ServerResponse{.status = 404};
  const auto answer = round_trip(port_, get("/"));
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.headers, Contains(Pair("content-length", "0")));
}

TEST_F(HttpServerProtocol, AnswersWithASuffixOnly) {
  response_.body = nullptr;
  EXPECT_EQ(round_trip(port_, get("/")).body, "world");
}

TEST_F(HttpServerProtocol, SendsLargeBodiesWhole) {
  std::string large(8U << 20U, 'x');
  large.back() = '!';
  response_.body = std::make_shared<const std::string>(large);
  EXPECT_EQ(round_trip(port_, get("/")).body, large + "world");
}

TEST_F(HttpServerProtocol, AnswersHeadLikeGetWithoutABody) {
  auto by_get = round_trip(port_, get("/"));
  const auto by_head = round_trip(port_, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(last_request().method, "HEAD");
  EXPECT_EQ(by_head.status, 200);
  EXPECT_EQ(by_head.headers, by_get.headers);
  EXPECT_EQ(by_head.body, "");
}

TEST_F(HttpServerProtocol, AnswersAPostWithoutALengthAtOnce) {
  const SocketClient client(port_);
  const auto start = std::chrono::steady_clock::now();
  client.send("POST /-/reload HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(test::parse_answer(client.receive_all()).status, 200);
  EXPECT_EQ(last_request().method, "POST");
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2'000));
}

TEST_F(HttpServerProtocol, HandsOnEveryMethodOfHttpAndRefusesOthers) {
  for (const std::string method :
       {"POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}) {
    EXPECT_EQ(round_trip(port_, method + " /pot HTTP/1.1\r\n\r\n").status, 200) << method;
    EXPECT_EQ(last_request().method, method);
    EXPECT_EQ(last_request().path, "/pot");
  }
  const int before = requests();
  for (const std::string method : {"BREW", "PRI", "get", "GETX"}) {
    EXPECT_EQ(round_trip(port_, method + " /pot HTTP/1.1\r\n\r\n").status, 501) << method;
  }
  EXPECT_EQ(requests(), before);
}

TEST_F(HttpServerProtocol, HandsOnThePathAsItWasSent) {
  for (const std::string path : {"/a%20b/..//c", "/%6Detrics", "/a%00b", "/a%2Fb", "/%", "/+"}) {
    EXPECT_EQ(round_trip(port_, get(path + "?x=%41+b")).status, 200) << path;
    EXPECT_EQ(last_request().path, path);
    ASSERT_EQ(last_request().parameters.size(), 1U);
    EXPECT_EQ(last_request().parameters[0].value, "A+b");
  }
}

TEST_F(HttpServerProtocol, RefusesAFragmentWhichTheLibraryWouldCutOff) {
  EXPECT_EQ(round_trip(port_, get("/metrics#x")).status, 400);
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, AnswersHttp10) {
  EXPECT_EQ(round_trip(port_, "GET / HTTP/1.0\r\n\r\n").body, "hello world");
}

TEST_F(HttpServerProtocol, RefusesHttp09AndGarbageAtOnce) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(round_trip(port_, "GET /metrics\r\n").status, 400);
  EXPECT_EQ(round_trip(port_, std::string("\x16\x03\x01\x00\xa5\x01", 6)).status, 400);
  EXPECT_EQ(round_trip(port_, "GET / HTTP/2.0\r\n\r\n").status, 505);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2'000));
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, ServesOnAfterGarbage) {
  round_trip(port_, "\r\n\r\n\r\n");
  { const SocketClient nothing_sent(port_); }
  EXPECT_EQ(round_trip(port_, get("/")).status, 200);
}

TEST_F(HttpServerProtocol, IgnoresAPipelinedRequestAndCloses) {
  const SocketClient client(port_);
  client.send(get("/first") + get("/second"));
  const auto bytes = client.receive_all();
  EXPECT_EQ(test::parse_answer(bytes).body, "hello world");
  EXPECT_EQ(requests(), 1);
  EXPECT_EQ(last_request().path, "/first");
}

TEST_F(HttpServerProtocol, RefusesBodies) {
  const std::string body = "GET /smuggled HTTP/1.1\r\n\r\n";
  const auto length = std::to_string(body.size());
  for (const auto* method : {"GET", "POST", "PUT", "BREW"}) {
    const auto line = std::string(method) + " / HTTP/1.1\r\n";
    EXPECT_EQ(round_trip(port_, line + "Content-Length: " + length + "\r\n\r\n" + body).status,
              413);
    EXPECT_EQ(round_trip(port_, line + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
                  .status,
              413);
    EXPECT_EQ(round_trip(port_, line + "Transfer-Encoding: gzip, chunked\r\nContent-Encoding: gzip"
                                       "\r\n\r\n0\r\n\r\n")
                  .status,
              413);
  }
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, DeliversItsRefusalThoughABodyKeepsComing) {
  const SocketClient client(port_);
  client.send("POST / HTTP/1.1\r\nContent-Length: 300000\r\n\r\n" + std::string(300'000, 'x'));
  EXPECT_EQ(test::parse_answer(client.receive_all()).status, 413);
}

TEST_F(HttpServerProtocol, DoesNotInviteABodyThatIsAnnounced) {
  const SocketClient client(port_);
  client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_THAT(client.receive_all(), AllOf(HasSubstr("HTTP/1.1 413"), Not(HasSubstr("100 Cont"))));
}

TEST_F(HttpServerProtocol, AnswersAnExpectationWithoutABodyOnce) {
  const SocketClient client(port_);
  client.send(get("/", "Expect: 100-continue\r\n"));
  EXPECT_THAT(client.receive_all(), AllOf(HasSubstr("HTTP/1.1 200"), Not(HasSubstr("100 Cont"))));
}

TEST_F(HttpServerProtocol, StaysWithHttp11WhenAnotherProtocolIsOffered) {
  const auto answer =
      round_trip(port_, get("/",
                            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.count("upgrade"), 0U);
}

TEST_F(HttpServerProtocol, StopsReadingAnEndlessRequestLine) {
  const SocketClient client(port_);
  client.send("GET /");
  const std::string part(64U << 10U, 'a');
  bool taken = true;
  for (int sent = 0; sent < 1'600 && taken; ++sent) {
    taken = client.send(part);
  }
  EXPECT_FALSE(taken) << "100 MiB were taken";
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, RefusesLongLinesAndLongOrManyHeaders) {
  EXPECT_EQ(round_trip(port_, get("/" + std::string(16'384, 'a'))).status, 414);
  EXPECT_EQ(round_trip(port_, get("/", "A: " + std::string(8'192, 'a') + "\r\n")).status, 431);
  std::string many;
  for (int number = 0; number < 100; ++number) {
    many += "A: b\r\n";
  }
  EXPECT_EQ(round_trip(port_, get("/", many)).status, 431);
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, SurvivesALongPathThatOverflowedRegexRoutes) {
  EXPECT_EQ(round_trip(port_, get("/" + std::string(12'000, 'a'))).status, 414);
  EXPECT_EQ(round_trip(port_, get("/" + std::string(1'000, 'a'))).status, 200);
  EXPECT_EQ(last_request().path.size(), 1'001U);
}

TEST_F(HttpServerProtocol, TakesWhatFitsTheLimitsWhole) {
  EXPECT_EQ(
      round_trip(port_, get("/", "Authorization: " + std::string(8'170, 'a') + "\r\n")).status,
      200);
  EXPECT_EQ(last_request().authorization.size(), 8'170U);
  std::string many;
  for (int number = 0; number < 60; ++number) {
    many += "A: " + std::string(200, 'b') + "\r\n";
  }
  EXPECT_EQ(round_trip(port_, get("/", many + "Authorization: last\r\n")).status, 200);
  EXPECT_EQ(last_request().authorization, "last");
}

TEST_F(HttpServerProtocol, HandsOnTheRawAuthorization) {
  round_trip(port_, get("/", "Authorization: Bearer a%62c%0a\r\n"));
  EXPECT_EQ(last_request().authorization, "Bearer a%62c%0a");
}

TEST_F(HttpServerProtocol, HandsOnTheRawAuthorizationThoughAnotherHeaderImitatesIt) {
  round_trip(port_, get("/", "X: a%0d%0aAuthorization: Bearer x\r\nREMOTE_ADDR: 10.0.0.1\r\n"));
  EXPECT_EQ(last_request().authorization, "");
}

TEST_F(HttpServerProtocol, RefusesRanges) {
  std::string ranges = "bytes=0-1";
  for (int number = 0; number < 1'000; ++number) {
    ranges += ",0-";
  }
  for (const std::string& range : {std::string("bytes=0-1"), std::string("nonsense"), ranges}) {
    EXPECT_EQ(round_trip(port_, get("/", "Range: " + range + "\r\n")).status, 416);
  }
  EXPECT_EQ(requests(), 0);
  EXPECT_THAT(round_trip(port_, get("/")).headers, Contains(Pair("accept-ranges", "none")));
}

TEST_F(HttpServerProtocol, ReadsEveryAcceptEncoding) {
  round_trip(port_, get("/",
                        "Accept-Encoding: br\r\nACCEPT-ENCODING: gzip\r\n"
                        "Accept-Encoding: deflate\r\n"));
  EXPECT_TRUE(last_request().accepts_gzip);
  round_trip(port_, get("/", "Accept-Encoding: br\r\n"));
  EXPECT_FALSE(last_request().accepts_gzip);
}

TEST_F(HttpServerProtocol, CompressesNothingByItself) {
  response_.body = std::make_shared<const std::string>(std::string(10'000, 'x'));
  const auto answer = round_trip(port_, get("/", "Accept-Encoding: gzip, br, deflate\r\n"));
  EXPECT_TRUE(last_request().accepts_gzip);
  EXPECT_EQ(answer.headers.count("content-encoding"), 0U);
  EXPECT_EQ(answer.body.size(), 10'005U);
}

TEST_F(HttpServerProtocol, KeepsNoConnectionAlive) {
  const SocketClient client(port_);
  client.send(get("/", "Connection: keep-alive\r\n"));
  const auto answer = test::parse_answer(client.receive_all());
  EXPECT_THAT(answer.headers, Contains(Pair("connection", "close")));
  EXPECT_EQ(answer.headers.count("keep-alive"), 0U);
}

TEST_F(HttpServerProtocol, SaysNothingAboutExceptions) {
  for (const auto* path : {"/throws", "/throws-an-int"}) {
    const SocketClient client(port_);
    client.send(get(path));
    const auto bytes = client.receive_all();
    EXPECT_EQ(test::parse_answer(bytes).status, 500);
    EXPECT_THAT(bytes, AllOf(Not(HasSubstr("secret")), Not(HasSubstr("EXCEPTION"))));
  }
  EXPECT_EQ(round_trip(port_, get("/")).status, 200);
}

TEST_F(HttpServerProtocol, DoesNotNameItsSoftware) {
  EXPECT_EQ(round_trip(port_, get("/")).headers.count("server"), 0U);
}

TEST_F(HttpServerProtocol, AnswersWithoutWaitingForAcknowledgements) {
  // Without TCP_NODELAY the second part of each answer waits 40 ms.
  const auto start = std::chrono::steady_clock::now();
  for (int request = 0; request < 50; ++request) {
    ASSERT_EQ(round_trip(port_, get("/")).status, 200);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(1'500));
}

TEST_F(HttpServerProtocol, ListensOnIpv6) {
  start("[::1]");
  EXPECT_EQ(round_trip(port_, get("/"), true).status, 200);
  EXPECT_FALSE(SocketClient(port_).connected());
}

TEST_F(HttpServerProtocol, ListensOnAllAddressesWhenNoneIsNamed) {
  start("");
  EXPECT_EQ(round_trip(port_, get("/")).status, 200);
  EXPECT_EQ(round_trip(port_, get("/"), true).status, 200);
}

TEST_F(HttpServerProtocol, ListensOnAName) {
  start("localhost");
  EXPECT_NE(port_, 0);
}

std::string refusal(const std::string& host, std::uint16_t port) {
  const auto listening = listen_on(host, port);
  return listening ? "" : listening.error().message;
}

TEST_F(HttpServerProtocol, IsRefusedAPortThatIsInUse) {
  EXPECT_EQ(refusal("127.0.0.1", port_),
            "listening on 127.0.0.1:" + std::to_string(port_) + ": Address already in use");
  start("::1");
  EXPECT_EQ(refusal("[::1]", port_),
            "listening on [::1]:" + std::to_string(port_) + ": Address already in use");
  start("");
  EXPECT_EQ(refusal("", port_),
            "listening on :" + std::to_string(port_) + ": Address already in use");
}

TEST_F(HttpServerProtocol, IsRefusedWhatIsNoAddressOfThisMachine) {
  EXPECT_EQ(refusal("192.0.2.1", 1), "listening on 192.0.2.1:1: Cannot assign requested address");
  EXPECT_THAT(refusal("300.1.2.3.4:5", 1), HasSubstr("listening on [300.1.2.3.4:5]:1: "));
}

TEST_F(HttpServerProtocol, CanListenAgainOnThePortThatItLeft) {
  ASSERT_EQ(round_trip(port_, get("/")).status, 200);
  const auto port = port_;
  server_->stop();
  EXPECT_FALSE(SocketClient(port).connected());
  start("127.0.0.1", port);
  EXPECT_EQ(round_trip(port, get("/")).status, 200);
}

}  // namespace
}  // namespace compliance::http_server_protocol_test
