// The HTTP client with servers that behave: what it sends, where it goes, what it gives back.
#include "exporter/observe/probes/http/http_client.h"

#include <future>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/base/version.h"
#include "tests/exporter/observe/probes/http/client.h"
#include "tests/exporter/observe/probes/http/gzip.h"
#include "tests/support/dns_server.h"

namespace compliance::probes::http_client_test {
namespace {

using namespace std::chrono_literals;
using test::ample;
using test::answering;
using test::ask;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::message_of;
using test::reason_of;
using test::ReceivedRequest;
using test::route_to;

HttpPeer::Script always(const std::string& answer) {
  return answering([answer](const ReceivedRequest& /*request*/) { return answer; });
}

TEST(HttpClient, SendsItsNameAndNothingThatNobodyAskedFor) {
  const HttpPeer peer(always(http_answer(200, "")));
  ASSERT_TRUE(ask(route_to(peer), {.target = "/api/auth/ok"}));
  ASSERT_EQ(peer.lines(), (std::vector<std::string>{"GET /api/auth/ok"}));
  const ReceivedRequest request = peer.requests().front();
  EXPECT_EQ(request.headers,
            (std::vector<HttpHeader>{
                {"host", "console.test:" + std::to_string(peer.port())},
                {"user-agent", "caracal-compliance-exporter/" + std::string{version()}},
                {"accept", "*/*"},
                {"accept-encoding", "identity"}}));
}

TEST(HttpClient, SendsThePathByteForByte) {
  const HttpPeer peer(always(http_answer(404, "")));
  HttpClient client(route_to(peer), Resolver{});
  const std::vector<std::string> targets{"/api/console/v1/../metrics",
                                         "/api/console/v1/%2e%2e/metrics",
                                         "/api/console/v1/%2fmetrics",
                                         "/api/console/v1/%5cmetrics",
                                         "//double",
                                         "/./x/.",
                                         "/a?b=%2F&c=..",
                                         "/%"};
  for (const std::string& target : targets) {
    ASSERT_TRUE(client.send({.target = target}, Deadline::after(ample)));
  }
  std::vector<std::string> seen;
  for (const ReceivedRequest& request : peer.requests()) {
    seen.push_back(request.target);
  }
  EXPECT_EQ(seen, targets);
}

TEST(HttpClient, PutsThePathOfTheUrlInFront) {
  const HttpPeer peer(always(http_answer(200, "")));
  HttpRoute route = route_to(peer);
  route.url += "/console/";
  ASSERT_TRUE(ask(route, {.target = "/api/auth/ok"}));
  EXPECT_EQ(peer.lines(), (std::vector<std::string>{"GET /console/api/auth/ok"}));
}

TEST(HttpClient, SendsABodyWithTheTypeThatItWasGivenAndNoOther) {
  const HttpPeer peer(always(http_answer(200, "")));
  HttpClient client(route_to(peer), Resolver{});
  ASSERT_TRUE(client.send({.method = "POST",
                           .target = "/a",
                           .headers = {{"Content-Type", "application/json"}},
                           .body = "{}"},
                          Deadline::after(ample)));
  ASSERT_TRUE(client.send({.method = "POST", .target = "/b"}, Deadline::after(ample)));
  ASSERT_EQ(peer.lines(), (std::vector<std::string>{"POST /a", "POST /b"}));
  EXPECT_EQ(peer.requests()[0].body, "{}");
  EXPECT_EQ(peer.requests()[0].header("content-type"), "application/json");
  EXPECT_EQ(peer.requests()[1].body, "");
  EXPECT_EQ(peer.requests()[1].header("content-type"), "");
  EXPECT_EQ(peer.requests()[1].header("content-length"), "0");
  EXPECT_EQ(peer.requests()[1].header("expect"), "");
}

TEST(HttpClient, SendsHeadersOnceEachAndAnEmptyOneToo) {
  const HttpPeer peer(always(http_answer(200, "")));
  ASSERT_TRUE(ask(route_to(peer),
                  {.target = "/", .headers = {{"Origin", "null"}, {"X-Empty", ""}, {"X", "1"}}}));
  const ReceivedRequest request = peer.requests().front();
  EXPECT_EQ(request.header("origin"), "null");
  EXPECT_EQ(request.header("x"), "1");
  EXPECT_EQ(std::count(request.headers.begin(), request.headers.end(), HttpHeader{"x-empty", ""}),
            1);
}

TEST(HttpClient, RefusesToSendWhatWouldBreakOutOfItsLine) {
  const HttpPeer peer(always(http_answer(200, "")));
  for (const HttpRequest& request :
       {HttpRequest{.target = "/a b"}, HttpRequest{.target = "/\r\nX: y"},
        HttpRequest{.target = "/", .headers = {{"X", "hidden-words\r\nY: z"}}},
        HttpRequest{.target = "/", .headers = {{"X: y\r\nZ", "hidden-words"}}},
        HttpRequest{.target = "/", .headers = {{"", "hidden-words"}}}}) {
    const auto answer = ask(route_to(peer), request);
    EXPECT_EQ(reason_of(answer), UnknownReason::unparsable);
    EXPECT_EQ(message_of(answer).find("hidden-words"), std::string::npos);
  }
  EXPECT_EQ(peer.connections(), 0U);
}

TEST(HttpClient, GivesStatusHeadersAndBody) {
  const HttpPeer peer(always(http_answer(401, R"({"error":"unauthenticated"})",
                                         "X-Request-Id: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n")));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().status, 401);
  EXPECT_EQ(answer.value().body, R"({"error":"unauthenticated"})");
  EXPECT_EQ(header_values(answer.value(), "set-cookie"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_FALSE(answer.value().tls);
}

TEST(HttpClient, KeepsItsConnectionButNoCookies) {
  const HttpPeer peer(always(http_answer(200, "", "Set-Cookie: a=b; Path=/\r\n")));
  HttpClient client(route_to(peer), Resolver{});
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(client.send({.target = "/"}, Deadline::after(ample)));
  }
  EXPECT_EQ(peer.connections(), 1U);
  for (const ReceivedRequest& request : peer.requests()) {
    EXPECT_EQ(request.header("cookie"), "");
  }
}

TEST(HttpClient, DoesNotFollowRedirects) {
  const HttpPeer peer(always(http_answer(302, "", "Location: /again\r\n")));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().status, 302);
  EXPECT_EQ(header_values(answer.value(), "location"), (std::vector<std::string_view>{"/again"}));
  EXPECT_EQ(peer.lines(), (std::vector<std::string>{"GET /"}));
}

TEST(HttpClient, ReadsChunksAndDropsTheirTrailer) {
  const HttpPeer peer(
      always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n"
             "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Frame-Options: DENY\r\n\r\n"));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "abcde");
  EXPECT_TRUE(header_values(answer.value(), "x-frame-options").empty());
}

TEST(HttpClient, ReadsABodyUpToTheEndOfTheConnection) {
  const HttpPeer peer(test::closing_after("HTTP/1.0 200 OK\r\n\r\nall of it"));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "all of it");
}

TEST(HttpClient, ReadsGzipThatNobodyAskedFor) {
  const std::string body = test::gzip("# HELP x y\n");
  const HttpPeer peer(always(http_answer(200, body, "Content-Encoding: gzip\r\n")));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "# HELP x y\n");
}

TEST(HttpClient, ReachesIpv6) {
  const HttpPeer peer(always(http_answer(200, "six")), std::nullopt, "::1");
  const auto answer = ask({.url = "http://" + peer.address()}, {.target = "/"});
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "six");
  EXPECT_EQ(peer.requests().front().header("host"), peer.address());
}

TEST(HttpClient, AsksTheConfiguredNameServersAndNobodyElse) {
  const HttpPeer peer(always(http_answer(200, "found")));
  const test::DnsServer dns({{"console.example", {.addresses = {"127.0.0.1"}}}});
  HttpClient client({.url = "http://Console.Example:" + std::to_string(peer.port())},
                    Resolver{{.servers = {dns.address()}}});
  for (int round = 0; round < 2; ++round) {
    const auto answer = client.send({.target = "/"}, Deadline::after(ample));
    ASSERT_TRUE(answer) << message_of(answer);
  }
  EXPECT_EQ(peer.requests().front().header("host"),
            "console.example:" + std::to_string(peer.port()));
  EXPECT_EQ(dns.questions().size(), 2U) << "A and AAAA, once for both requests";
}

TEST(HttpClient, TriesTheNextAddressOfAName) {
  const HttpPeer peer(always(http_answer(200, "second")), std::nullopt, "127.0.0.3");
  const test::DnsServer dns({{"two.example", {.addresses = {"127.0.0.2", "127.0.0.3"}}}});
  HttpClient client({.url = "http://two.example:" + std::to_string(peer.port())},
                    Resolver{{.servers = {dns.address()}}});
  const auto answer = client.send({.target = "/"}, Deadline::after(ample));
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "second");
}

TEST(HttpClient, SaysThatANameDoesNotExist) {
  const test::DnsServer dns({});
  HttpClient client({.url = "http://absent.example"}, Resolver{{.servers = {dns.address()}}});
  const auto answer = client.send({.target = "/"}, Deadline::after(ample));
  EXPECT_EQ(reason_of(answer), UnknownReason::dns_failure);
  EXPECT_EQ(message_of(answer).rfind("GET http://absent.example/: ", 0), 0U) << message_of(answer);
}

TEST(HttpClient, SaysWhereNobodyListens) {
  const test::ClosedPort closed;
  const std::string peer = "127.0.0.1:" + std::to_string(closed.port());
  const auto answer =
      ask({.url = "http://console.test", .connect_to = peer}, {.target = "/metrics"});
  EXPECT_EQ(reason_of(answer), UnknownReason::unreachable);
  EXPECT_EQ(message_of(answer), "GET http://console.test/metrics at " + peer + ": connecting to " +
                                    peer + ": Connection refused");
}

TEST(HttpClient, GivesUpOnAPeerThatDoesNotAccept) {
  const test::SilentPort silent;
  const auto answer = ask({.url = "http://127.0.0.1:" + std::to_string(silent.port())},
                          {.target = "/"}, test::scant);
  EXPECT_EQ(reason_of(answer), UnknownReason::timeout);
}

TEST(HttpClient, SendsNothingOnceItsTimeIsOver) {
  const HttpPeer peer(always(http_answer(200, "")));
  EXPECT_EQ(reason_of(test::get(peer, 0ms)), UnknownReason::timeout);
  EXPECT_EQ(peer.connections(), 0U);
}

TEST(HttpClient, StopsWhenItIsAskedTo) {
  std::promise<void> asked;
  const HttpPeer peer([&asked](HttpConversation& conversation) {
    conversation.receive();
    asked.set_value();
    conversation.hold();
  });
  std::stop_source source;
  const auto answer = std::async(std::launch::async, [&peer, &source] {
    HttpClient client(route_to(peer), Resolver{});
    return client.send({.target = "/"}, Deadline::after(std::chrono::hours{1}, source.get_token()));
  });
  asked.get_future().wait();
  source.request_stop();
  ASSERT_EQ(answer.wait_for(ample), std::future_status::ready);
}

TEST(HttpClient, AsksAgainOnANewConnectionWhenTheOldOneHasEnded) {
  const HttpPeer peer([](HttpConversation& conversation) {
    if (conversation.receive()) {
      conversation.send(http_answer(200, "once"));
    }
  });
  HttpClient client(route_to(peer), Resolver{});
  for (int round = 0; round < 3; ++round) {
    const auto answer = client.send({.target = "/"}, Deadline::after(ample));
    ASSERT_TRUE(answer) << message_of(answer);
  }
  EXPECT_EQ(peer.connections(), 3U);
}

TEST(HttpClient, IsUsedByManyThreadsAtOnceEachWithItsOwn) {
  const HttpPeer peer(always(http_answer(200, "same")));
  std::vector<std::future<bool>> threads(8);
  for (std::future<bool>& thread : threads) {
    thread = std::async(std::launch::async, [&peer] {
      const auto answer = test::get(peer);
      return answer && answer.value().body == "same";
    });
  }
  for (auto& thread : threads) {
    EXPECT_TRUE(thread.get());
  }
}

}  // namespace
}  // namespace compliance::probes::http_client_test
