// The server on raw sockets: every hole of the library that it has to close, one by one.
#include <atomic>
#include <mutex>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/http/http_server.h"
#include "tests/support/socket_client.h"

namespace compliance {
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
    start({.host = "127.0.0.1"});
  }

  void start(const HttpServerOptions& options) {
    server_ = nullptr;
    auto started =
        HttpServer::start(options, [this](const HttpRequest& request) { return handle(request); });
    ASSERT_TRUE(started) << started.error().message;
    server_ = std::move(started).value();
    port_ = server_->port();
  }

  HttpResponse handle(const HttpRequest& request) {
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

  HttpRequest last_request() {
    const std::scoped_lock lock(mutex_);
    return request_;
  }
  int requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  std::mutex mutex_;
  HttpRequest request_;
  int requests_ = 0;
  HttpResponse response_;
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
  EXPECT_EQ(last_request().query, "b=c");
  EXPECT_EQ(last_request().remote_address, "127.0.0.1");
}

TEST_F(HttpServerProtocol, AnswersWithoutABody) {
  response_ = HttpResponse{.status = 404};
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

TEST_F(HttpServerProtocol, HandsOnMethodsThatTheLibraryDoesNotKnow) {
  EXPECT_EQ(round_trip(port_, "BREW /pot HTTP/1.1\r\n\r\n").status, 200);
  EXPECT_EQ(last_request().method, "BREW");
  EXPECT_EQ(last_request().path, "/pot");
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
  EXPECT_EQ(round_trip(port_, get("/", "A: " + std::string(16'384, 'a') + "\r\n")).status, 431);
  std::string many;
  for (int number = 0; number < 100; ++number) {
    many += "A: b\r\n";
  }
  EXPECT_EQ(round_trip(port_, get("/", many)).status, 431);
  EXPECT_EQ(requests(), 0);
}

TEST_F(HttpServerProtocol, SurvivesALongPathThatOverflowedRegexRoutes) {
  EXPECT_EQ(round_trip(port_, get("/" + std::string(12'000, 'a'))).status, 200);
  EXPECT_EQ(last_request().path.size(), 12'001U);
}

TEST_F(HttpServerProtocol, HandsOnTheRawAuthorization) {
  round_trip(port_, get("/", "Authorization: Bearer a%62c%0a\r\n"));
  EXPECT_EQ(last_request().authorization, "Bearer a%62c%0a");
}

TEST_F(HttpServerProtocol, TakesTheAddressFromTheSocketAndNotFromHeaders) {
  round_trip(port_, get("/", "REMOTE_ADDR: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2\r\n"));
  EXPECT_EQ(last_request().remote_address, "127.0.0.1");
}

TEST_F(HttpServerProtocol, IgnoresRanges) {
  std::string ranges = "0-1";
  for (int number = 0; number < 1'000; ++number) {
    ranges += ",0-";
  }
  const auto answer = round_trip(port_, get("/", "Range: bytes=" + ranges + "\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello world");
  EXPECT_EQ(round_trip(port_, get("/", "Range: nonsense\r\n")).status, 200);
  EXPECT_THAT(answer.headers, Contains(Pair("accept-ranges", "none")));
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
  start({.host = "[::1]"});
  EXPECT_EQ(round_trip(port_, get("/"), true).status, 200);
  EXPECT_EQ(last_request().remote_address, "::1");
  EXPECT_FALSE(SocketClient(port_).connected());
}

TEST_F(HttpServerProtocol, ListensOnAllAddressesWhenNoneIsNamed) {
  start({.host = ""});
  EXPECT_EQ(round_trip(port_, get("/")).status, 200);
  EXPECT_EQ(round_trip(port_, get("/"), true).status, 200);
}

TEST_F(HttpServerProtocol, ListensOnAName) {
  start({.host = "localhost"});
  EXPECT_NE(port_, 0);
}

std::string refusal(const HttpServerOptions& options) {
  const auto server = HttpServer::start(options, [](const HttpRequest&) { return HttpResponse{}; });
  return server ? "" : server.error().message;
}

TEST_F(HttpServerProtocol, IsRefusedAPortThatIsInUse) {
  EXPECT_EQ(refusal({.host = "127.0.0.1", .port = port_}),
            "listening on 127.0.0.1:" + std::to_string(port_) + ": Address already in use");
  start({.host = "::1"});
  EXPECT_EQ(refusal({.host = "[::1]", .port = port_}),
            "listening on [::1]:" + std::to_string(port_) + ": Address already in use");
  start({.host = ""});
  EXPECT_EQ(refusal({.host = "", .port = port_}),
            "listening on :" + std::to_string(port_) + ": Address already in use");
}

TEST_F(HttpServerProtocol, IsRefusedWhatIsNoAddressOfThisMachine) {
  EXPECT_EQ(refusal({.host = "192.0.2.1", .port = 1}),
            "listening on 192.0.2.1:1: Cannot assign requested address");
  EXPECT_THAT(refusal({.host = "300.1.2.3.4:5", .port = 1}),
              HasSubstr("listening on [300.1.2.3.4:5]:1: "));
}

TEST_F(HttpServerProtocol, CanListenAgainOnThePortThatItLeft) {
  ASSERT_EQ(round_trip(port_, get("/")).status, 200);
  const auto port = port_;
  server_->stop();
  EXPECT_FALSE(SocketClient(port).connected());
  start({.host = "127.0.0.1", .port = port});
  EXPECT_EQ(round_trip(port, get("/")).status, 200);
}

}  // namespace
}  // namespace compliance
