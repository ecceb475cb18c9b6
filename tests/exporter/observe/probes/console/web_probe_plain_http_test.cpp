// Port 80 of the console's host: closed, silent, open, and open without HTTP.
#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/probes/console/web_probe.h"
#include "tests/exporter/observe/probes/console/console_peer.h"

namespace compliance::probes::web_probe_plain_http_test {
namespace {

using test::ample_deadline;
using test::answering;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::ReceivedRequest;

Fact<PlainHttpProbe> peer_at(const std::string& address) {
  return probe_plain_http({.route = {.url = "https://console.test", .connect_to = "127.0.0.1:1"},
                           .connect_to_http = address,
                           .timeout = std::chrono::milliseconds{300}},
                          Resolver{}, ample_deadline());
}

TEST(PlainHttpExchange, IsNotAskedWhereTheEndpointIsReachedElsewhere) {
  const auto door = peer_at("");
  ASSERT_TRUE(door.fault);
  EXPECT_EQ(door.fault->reason, UnknownReason::not_configured);
}

TEST(PlainHttpExchange, IsPort80OfTheUrlsHostOtherwise) {
  const auto door = probe_plain_http({.route = {.url = "https://127.0.0.1:8443/base"}}, Resolver{},
                                     ample_deadline(), Fault{.reason = UnknownReason::timeout});
  EXPECT_EQ(door.origin.place.text(), "GET http://127.0.0.1/");
}

TEST(PlainHttpExchange, DoesNotFollowItsRedirect) {
  const HttpPeer peer(answering([](const ReceivedRequest& /*request*/) {
    return http_answer(308, "", "Location: https://console.test/\r\n");
  }));
  const auto door = peer_at(peer.address());
  ASSERT_TRUE(door.value);
  EXPECT_EQ(door.value->state, PortState::open);
  EXPECT_EQ(door.value->answer.value().status, 308);
  EXPECT_EQ(peer.lines(), (std::vector<std::string>{"GET /"}));
  EXPECT_EQ(peer.requests()[0].header("host"), "console.test");
}

TEST(PlainHttpExchange, ThatIsClosedIsRefused) {
  const test::ClosedPort closed;
  const auto door = peer_at("127.0.0.1:" + std::to_string(closed.port()));
  EXPECT_EQ(door.value, (PlainHttpProbe{.state = PortState::refused}));
}

TEST(PlainHttpExchange, ThatAcceptsNobodyIsSilent) {
  const test::SilentPort silent;
  const auto door = peer_at("127.0.0.1:" + std::to_string(silent.port()));
  EXPECT_EQ(door.value, (PlainHttpProbe{.state = PortState::silent}));
}

TEST(PlainHttpExchange, ThatHangsUpWithoutAnAnswerIsRefused) {
  const HttpPeer closing([](HttpConversation& /*conversation*/) {});
  EXPECT_EQ(peer_at(closing.address()).value, (PlainHttpProbe{.state = PortState::refused}));
}

TEST(PlainHttpExchange, ThatSpeaksNoHttpIsOpenWithoutAnAnswer) {
  const HttpPeer silent([](HttpConversation& conversation) { conversation.hold(); });
  EXPECT_EQ(peer_at(silent.address()).value, (PlainHttpProbe{.state = PortState::open}));
}

TEST(PlainHttpExchange, SaysNothingAboutAStateThatAProxyHides) {
  const HttpPeer proxy(answering(
      [](const ReceivedRequest& /*request*/) { return http_answer(502, "cannot connect"); }));
  const auto door = probe_plain_http(
      {.route = {.url = "https://console.test", .http_proxy = "http://" + proxy.address()}},
      Resolver{}, ample_deadline());
  EXPECT_TRUE(door.fault);
  EXPECT_FALSE(door.value);
  EXPECT_EQ(proxy.lines(), (std::vector<std::string>{"CONNECT console.test:80"}));
}

TEST(PlainHttpExchange, IsNotSilentOnlyBecauseTimeIsUp) {
  const test::SilentPort silent;
  const auto door =
      probe_plain_http({.route = {.url = "https://console.test"},
                        .connect_to_http = "127.0.0.1:" + std::to_string(silent.port())},
                       Resolver{}, Deadline::after(std::chrono::milliseconds{100}));
  ASSERT_TRUE(door.fault);
  EXPECT_EQ(door.fault->reason, UnknownReason::timeout);
}

}  // namespace
}  // namespace compliance::probes::web_probe_plain_http_test
