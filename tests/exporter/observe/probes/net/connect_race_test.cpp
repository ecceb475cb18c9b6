// Peers of several addresses.
#include "exporter/observe/probes/net/connect_race.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/scripted_peer.h"

namespace compliance::probes::connect_race_test {
namespace {

using namespace std::chrono_literals;
using test::ClosedPort;
using test::PeerSocket;
using test::ScriptedPeer;
using test::SilentPort;

std::vector<Address> addresses(const std::vector<std::string>& texts) {
  std::vector<Address> result;
  result.reserve(texts.size());
  for (const std::string& text : texts) {
    result.push_back(parse_address(text).value());
  }
  return result;
}

TEST(FamiliesInTurn, AlternateAndKeepTheirOrder) {
  EXPECT_EQ(families_in_turn(
                addresses({"192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"})),
            addresses({"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"}));
  EXPECT_EQ(families_in_turn(addresses({"192.0.2.1"})), addresses({"192.0.2.1"}));
  EXPECT_EQ(families_in_turn({}), addresses({}));
}

void keep_open(PeerSocket& socket) { socket.wait_for_close(); }

TEST(ConnectToFirst, GoesOnAfterARefusal) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.send("third"); }, "127.0.0.3"};
  const Deadline deadline = Deadline::after(20s);
  auto connection = connect_to_first(addresses({"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"}),
                                     peer.port(), deadline);
  ASSERT_TRUE(connection);
  EXPECT_EQ(std::move(connection).value().receive(5, deadline).value(), "third");
}

TEST(ConnectToFirst, FallsBackToTheOtherFamily) {
  const ScriptedPeer four{keep_open};
  EXPECT_TRUE(connect_to_first(addresses({"127.0.0.1", "::1"}), four.port(), Deadline::after(20s)));
  const ScriptedPeer six{keep_open, "::1"};
  EXPECT_TRUE(connect_to_first(addresses({"127.0.0.1", "::1"}), six.port(), Deadline::after(20s)));
}

TEST(ConnectToFirst, DoesNotWaitForASilentAddress) {
  const SilentPort silent;
  const ScriptedPeer peer{keep_open, "127.0.0.2", silent.port()};
  EXPECT_TRUE(
      connect_to_first(addresses({"127.0.0.1", "127.0.0.2"}), silent.port(), Deadline::after(20s)));
}

TEST(ConnectToFirst, TakesNoPortForAClosedOneThatResetsItsConnections) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.reset(); }};
  for (int count = 0; count < 200; ++count) {
    EXPECT_TRUE(connect_to_first(addresses({"127.0.0.1"}), peer.port(), Deadline::after(20s)));
  }
}

TEST(ConnectToFirst, IsRefusedWhenAllAddressesRefuse) {
  const ClosedPort closed;
  const auto connection = connect_to_first(addresses({"127.0.0.1", "127.0.0.2", "::1"}),
                                           closed.port(), Deadline::after(20s));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::refused);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::unreachable);
}

TEST(ConnectToFirst, IsSilentWhenOneAddressIsAndTheOthersRefuse) {
  const SilentPort silent;
  const auto connection = connect_to_first(addresses({"127.0.0.1", "127.0.0.2"}), silent.port(),
                                           Deadline::after(600ms));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::timeout);
}

TEST(ConnectToFirst, IsNotRefusedWhereThereIsNoWayAtAll) {
  const auto connection = connect_to_first(addresses({"255.255.255.255"}), 1, Deadline::after(20s));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::unreachable);
}

TEST(ConnectToFirst, FailsWithoutAddresses) {
  const auto connection = connect_to_first({}, 1, Deadline::after(20s));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
}

TEST(ConnectToFirst, BeginsNothingWhenItsTimeIsOver) {
  const ScriptedPeer peer{keep_open};
  EXPECT_FALSE(connect_to_first(addresses({"127.0.0.1"}), peer.port(), Deadline::after(0ms)));
}

}  // namespace
}  // namespace compliance::probes::connect_race_test
