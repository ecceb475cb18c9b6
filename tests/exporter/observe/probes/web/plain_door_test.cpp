// Port 80 of the console's host: closed, silent, open, and open without HTTP.
#include "exporter/observe/probes/web/plain_door.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/web/console_peer.h"

namespace compliance::probes {
namespace {

using test::ample_deadline;
using test::answering;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::ReceivedRequest;

Fact<PlainHttpDoor> door_at(const std::string& address) {
  return probe_plain_door({.route = {.url = "https://console.test", .connect_to = "127.0.0.1:1"},
                           .connect_to_http = address,
                           .timeout = std::chrono::milliseconds{300}},
                          Resolver{}, ample_deadline());
}

TEST(PlainDoor, IsNotAskedWhereTheEndpointIsReachedElsewhere) {
  const auto door = door_at("");
  ASSERT_TRUE(door.fault);
  EXPECT_EQ(door.fault->reason, UnknownReason::not_configured);
}

TEST(PlainDoor, IsPort80OfTheUrlsHostOtherwise) {
  const auto door = probe_plain_door({.route = {.url = "https://127.0.0.1:8443/base"}}, Resolver{},
                                     ample_deadline(), Fault{.reason = UnknownReason::timeout});
  EXPECT_EQ(door.origin.place.text(), "GET http://127.0.0.1/");
}

TEST(PlainDoor, DoesNotFollowItsRedirect) {
  const HttpPeer peer(answering([](const ReceivedRequest& /*request*/) {
    return http_answer(308, "", "Location: https://console.test/\r\n");
  }));
  const auto door = door_at(peer.address());
  ASSERT_TRUE(door.value);
  EXPECT_EQ(door.value->state, PortState::open);
  EXPECT_EQ(door.value->answer.value().status, 308);
  EXPECT_EQ(peer.lines(), (std::vector<std::string>{"GET /"}));
  EXPECT_EQ(peer.requests()[0].header("host"), "console.test");
}

TEST(PlainDoor, ThatIsClosedIsRefused) {
  const test::ClosedPort closed;
  const auto door = door_at("127.0.0.1:" + std::to_string(closed.port()));
  EXPECT_EQ(door.value, (PlainHttpDoor{.state = PortState::refused}));
}

TEST(PlainDoor, ThatAcceptsNobodyIsSilent) {
  const test::SilentPort silent;
  const auto door = door_at("127.0.0.1:" + std::to_string(silent.port()));
  EXPECT_EQ(door.value, (PlainHttpDoor{.state = PortState::silent}));
}

TEST(PlainDoor, ThatHangsUpWithoutAnAnswerIsRefused) {
  const HttpPeer closing([](HttpConversation& /*conversation*/) {});
  EXPECT_EQ(door_at(closing.address()).value, (PlainHttpDoor{.state = PortState::refused}));
}

TEST(PlainDoor, ThatSpeaksNoHttpIsOpenWithoutAnAnswer) {
  const HttpPeer silent([](HttpConversation& conversation) { conversation.hold(); });
  EXPECT_EQ(door_at(silent.address()).value, (PlainHttpDoor{.state = PortState::open}));
}

TEST(PlainDoor, SaysNothingAboutAStateThatAProxyHides) {
  const HttpPeer proxy(answering(
      [](const ReceivedRequest& /*request*/) { return http_answer(502, "cannot connect"); }));
  const auto door = probe_plain_door(
      {.route = {.url = "https://console.test", .http_proxy = "http://" + proxy.address()}},
      Resolver{}, ample_deadline());
  EXPECT_TRUE(door.fault);
  EXPECT_FALSE(door.value);
  EXPECT_EQ(proxy.lines(), (std::vector<std::string>{"CONNECT console.test:80"}));
}

TEST(PlainDoor, IsNotSilentOnlyBecauseTimeIsUp) {
  const test::SilentPort silent;
  const auto door =
      probe_plain_door({.route = {.url = "https://console.test"},
                        .connect_to_http = "127.0.0.1:" + std::to_string(silent.port())},
                       Resolver{}, Deadline::after(std::chrono::milliseconds{100}));
  ASSERT_TRUE(door.fault);
  EXPECT_EQ(door.fault->reason, UnknownReason::timeout);
}

}  // namespace
}  // namespace compliance::probes
