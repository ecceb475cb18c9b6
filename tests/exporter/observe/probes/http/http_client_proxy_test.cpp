// The HTTP client through proxies: those that are configured, and never those of the environment.
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/http/client.h"

namespace compliance::probes::http_client_proxy_test {
namespace {

using test::answering;
using test::ask;
using test::http_answer;
using test::HttpPeer;
using test::message_of;
using test::reason_of;
using test::ReceivedRequest;

// Answers CONNECT and whatever is asked within the tunnel.
HttpPeer::Script tunnelling(const std::string& connect_answer) {
  return answering([connect_answer](const ReceivedRequest& request) {
    return request.method == "CONNECT" ? connect_answer : http_answer(200, "inside");
  });
}

HttpRoute through(const HttpPeer& proxy) {
  return {.url = "http://console.test:8080", .http_proxy = "http://" + proxy.address()};
}

TEST(HttpClientProxy, IsAskedForATunnelForHttpToo) {
  const HttpPeer proxy(tunnelling("HTTP/1.1 200 Connected\r\nX-Frame-Options: DENY\r\n\r\n"));
  const auto answer = ask(through(proxy), {.target = "/", .headers = {{"Origin", "null"}}});
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "inside");
  EXPECT_TRUE(header_values(answer.value(), "x-frame-options").empty())
      << "the proxy's own headers are not the endpoint's";
  EXPECT_EQ(proxy.lines(), (std::vector<std::string>{"CONNECT console.test:8080", "GET /"}));
  EXPECT_EQ(proxy.requests().front().header("origin"), "");
}

TEST(HttpClientProxy, ItsRefusalIsNoAnswerOfTheEndpoint) {
  const HttpPeer proxy(tunnelling(http_answer(403, "blocked by policy")));
  const auto answer = ask(through(proxy), {.target = "/"});
  EXPECT_EQ(reason_of(answer), UnknownReason::protocol_error);
  EXPECT_NE(message_of(answer).find("answered CONNECT with 403"), std::string::npos)
      << message_of(answer);
}

TEST(HttpClientProxy, IsToldWhereToConnectTo) {
  const HttpPeer proxy(tunnelling("HTTP/1.1 200 Connected\r\n\r\n"));
  HttpRoute route = through(proxy);
  route.connect_to = "192.0.2.1:8443";
  ASSERT_TRUE(ask(route, {.target = "/"}));
  EXPECT_EQ(proxy.lines().front(), "CONNECT 192.0.2.1:8443");
  EXPECT_EQ(proxy.requests().back().header("host"), "console.test:8080");
}

TEST(HttpClientProxy, OfTheEnvironmentIsIgnored) {
  const test::ClosedPort closed;
  const std::string proxy = "http://127.0.0.1:" + std::to_string(closed.port());
  for (const char* name : {"http_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
    ::setenv(name, proxy.c_str(), 1);
  }
  const HttpPeer peer(
      answering([](const ReceivedRequest& /*request*/) { return http_answer(200, "direct"); }));
  const auto answer = test::get(peer);
  for (const char* name : {"http_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
    ::unsetenv(name);
  }
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "direct");
}

TEST(HttpClientProxy, ExceptionsOfTheEnvironmentAreIgnored) {
  const HttpPeer proxy(tunnelling("HTTP/1.1 200 Connected\r\n\r\n"));
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::setenv("no_proxy", "*", 1);
  const auto answer = ask(through(proxy), {.target = "/"});
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::unsetenv("no_proxy");
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "inside");
}

}  // namespace
}  // namespace compliance::probes::http_client_proxy_test
