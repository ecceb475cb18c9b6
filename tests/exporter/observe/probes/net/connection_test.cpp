// Connections to peers that answer, refuse, keep silent and break off.
#include "exporter/observe/probes/net/connection.h"

#include <chrono>
#include <future>
#include <stop_token>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/scripted_peer.h"

namespace compliance::probes::connection_test {
namespace {

using namespace std::chrono_literals;
using test::ClosedPort;
using test::PeerSocket;
using test::ScriptedPeer;
using test::SilentPort;

constexpr auto ample = 20s;
constexpr auto scant = 50ms;

Peer local(std::uint16_t port) { return {.host = "127.0.0.1", .port = port}; }

Result<Connection, ConnectFault> connect(const Peer& peer, std::chrono::milliseconds time = ample) {
  return connect_to(peer, Resolver{}, Deadline::after(time));
}

Connection connected(const Peer& peer) {
  auto connection = connect(peer);
  EXPECT_TRUE(connection) << connection.error().fault.message;
  return std::move(connection).value();
}

TEST(PeerText, PutsIpv6IntoBrackets) {
  EXPECT_EQ((Peer{.host = "a.example", .port = 443}).text(), "a.example:443");
  EXPECT_EQ((Peer{.host = "192.0.2.1", .port = 80}).text(), "192.0.2.1:80");
  EXPECT_EQ((Peer{.host = "2001:db8::1", .port = 6379}).text(), "[2001:db8::1]:6379");
}

TEST(ConnectionTo, AClosedPortIsRefused) {
  const ClosedPort closed;
  const auto connection = connect(local(closed.port()));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::refused);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::unreachable);
  EXPECT_EQ(connection.error().fault.message, "connecting to " + local(closed.port()).text() +
                                                  ": the connection failed: Connection refused");
}

TEST(ConnectionTo, AClosedIpv6PortIsRefused) {
  const ClosedPort closed{"::1"};
  const auto connection = connect({.host = "::1", .port = closed.port()});
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::refused);
}

TEST(ConnectionTo, APortThatAnswersNothingIsSilent) {
  const SilentPort silent;
  const auto connection = connect(local(silent.port()), scant);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::timeout);
}

TEST(ConnectionTo, AnUnknownNameHasNoAddress) {
  const auto connection = connect({.host = "no-such-name.invalid", .port = 1}, 5s);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
  EXPECT_NE(connection.error().fault.reason, UnknownReason::unreachable);
}

TEST(ConnectionTo, APeerThatIsStoppedEndsLongBeforeItsDeadline) {
  const SilentPort silent;
  std::stop_source stop;
  auto connecting = std::async(std::launch::async, [&silent, &stop] {
    const Deadline deadline = Deadline::after(10min, stop.get_token());
    return connect_to(local(silent.port()), Resolver{}, deadline).error().fault.reason;
  });
  stop.request_stop();
  ASSERT_EQ(connecting.wait_for(10s), std::future_status::ready);
  EXPECT_EQ(connecting.get(), UnknownReason::timeout);
}

TEST(ConnectionTo, ExchangesBytesOverBothFamilies) {
  for (const std::string address : {"127.0.0.1", "::1"}) {
    const ScriptedPeer peer{
        [](PeerSocket& socket) { socket.send("got " + socket.receive_exactly(5)); }, address};
    Connection connection = connected({.host = address, .port = peer.port()});
    const Deadline deadline = Deadline::after(ample);
    EXPECT_EQ(connection.send("hello", deadline).value(), 5U);
    std::string answer;
    for (auto bytes = connection.receive(3, deadline); bytes && !bytes.value().empty();
         bytes = connection.receive(3, deadline)) {
      EXPECT_LE(bytes.value().size(), 3U);
      answer += bytes.value();
    }
    EXPECT_EQ(answer, "got hello");
  }
}

TEST(ConnectionReceive, GivesNothingOnceThePeerHasClosed) {
  const ScriptedPeer peer{[](PeerSocket& /*socket*/) {}};
  Connection connection = connected(local(peer.port()));
  const auto bytes = connection.receive(10, Deadline::after(ample));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes.value(), "");
}

TEST(ConnectionReceive, SaysThatThePeerResetTheConnection) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.reset(); }};
  Connection connection = connected(local(peer.port()));
  const auto bytes = connection.receive(10, Deadline::after(ample));
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().reason, UnknownReason::unreachable);
}

TEST(ConnectionReceive, WaitsNoLongerThanItsDeadline) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.wait_for_close(); }};
  Connection connection = connected(local(peer.port()));
  const auto bytes = connection.receive(10, Deadline::after(scant));
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().reason, UnknownReason::timeout);
}

TEST(ConnectionReceive, EndsAtItsDeadlineWhateverComes) {
  const ScriptedPeer peer{[](PeerSocket& socket) {
    while (socket.send(std::string(1000, 'x'))) {
    }
  }};
  Connection connection = connected(local(peer.port()));
  const Deadline deadline = Deadline::after(scant);
  auto bytes = connection.receive(10, deadline);
  while (bytes) {
    bytes = connection.receive(10, deadline);
  }
  EXPECT_EQ(bytes.error().reason, UnknownReason::timeout);
}

TEST(ConnectionSend, EndsAtItsDeadlineWhenThePeerReadsNothing) {
  std::promise<void> over;
  const ScriptedPeer peer{[&over](PeerSocket& /*socket*/) { over.get_future().wait(); }};
  Connection connection = connected(local(peer.port()));
  const auto sent = connection.send(std::string(64U << 20U, 'x'), Deadline::after(200ms));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().reason, UnknownReason::timeout);
  over.set_value();
}

TEST(ConnectionSend, SaysThatThePeerIsGone) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.reset(); }};
  Connection connection = connected(local(peer.port()));
  const auto sent = connection.send(std::string(64U << 20U, 'x'), Deadline::after(ample));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().reason, UnknownReason::unreachable);
}

TEST(ConnectionMove, HandsOverTheSocket) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.send("x"); }};
  Connection first = connected(local(peer.port()));
  Connection second = std::move(first);
  EXPECT_EQ(second.receive(1, Deadline::after(ample)).value(), "x");
}

// Through a proxy at `port`.
Peer tunnelled(std::uint16_t port, const std::string& host = "a.example") {
  return {.host = host, .port = 8443, .http_proxy = "http://127.0.0.1:" + std::to_string(port)};
}

TEST(ConnectionThroughProxy, AsksForThePeerAndThenSpeaksToIt) {
  std::promise<std::string> request;
  const ScriptedPeer proxy{[&request](PeerSocket& socket) {
    request.set_value(socket.receive_until("\r\n\r\n"));
    socket.send("HTTP/1.1 200 Connection established\r\n\r\nhello");
  }};
  Connection connection = connected(tunnelled(proxy.port()));
  EXPECT_EQ(connection.receive(100, Deadline::after(ample)).value(), "hello");
  const std::string asked = request.get_future().get();
  EXPECT_TRUE(
      asked.starts_with("CONNECT a.example:8443 HTTP/1.1\r\nHost: a.example:8443\r\nUser-Agent: "
                        "caracal-compliance-exporter/"))
      << asked;
}

TEST(ConnectionThroughProxy, AsksForIpv6InBrackets) {
  std::promise<std::string> request;
  const ScriptedPeer proxy{[&request](PeerSocket& socket) {
    request.set_value(socket.receive_until("\r\n"));
    socket.send("HTTP/1.0 200\r\n\r\n");
    socket.wait_for_close();
  }};
  EXPECT_TRUE(connect(tunnelled(proxy.port(), "2001:db8::1")));
  EXPECT_EQ(request.get_future().get(), "CONNECT [2001:db8::1]:8443 HTTP/1.1\r\n");
}

TEST(ConnectionThroughProxy, TakesAnAnswerThatComesByteByByte) {
  const ScriptedPeer proxy{[](PeerSocket& socket) {
    socket.receive_until("\r\n\r\n");
    for (const char byte : std::string{"HTTP/1.1 200 OK\r\nVia: x\r\n\r\n"}) {
      socket.send({&byte, 1});
    }
    socket.wait_for_close();
  }};
  EXPECT_TRUE(connect(tunnelled(proxy.port())));
}

struct ProxyCase {
  const char* name;
  std::string answer;
  UnknownReason reason;
  std::string message;
};

TEST(ConnectionThroughProxy, TellsItsRefusalsFromThoseOfThePeer) {
  const std::vector<ProxyCase> cases{
      {"bad gateway", "HTTP/1.1 502 Bad Gateway\r\n\r\n", UnknownReason::unreachable,
       "answered with status 502"},
      {"unavailable", "HTTP/1.1 503 No\r\n\r\n", UnknownReason::unreachable,
       "answered with status 503"},
      {"gateway timeout", "HTTP/1.1 504 No\r\n\r\n", UnknownReason::timeout,
       "answered with status 504"},
      {"forbidden", "HTTP/1.1 403 No\r\n\r\n", UnknownReason::protocol_error,
       "answered with status 403"},
      {"wants credentials", "HTTP/1.1 407 No\r\n\r\n", UnknownReason::protocol_error,
       "answered with status 407"},
      {"interim", "HTTP/1.1 100 Continue\r\n\r\n", UnknownReason::protocol_error,
       "answered with status 100"},
      {"garbage", "SSH-2.0-OpenSSH\r\n", UnknownReason::protocol_error, "answered with no HTTP"},
      {"endless", "HTTP/1.1 200 OK\r\n" + std::string(100'000, 'a'), UnknownReason::protocol_error,
       "answered with no HTTP"},
      {"end", "HTTP/1.1 200 OK\r\n", UnknownReason::protocol_error,
       "closed the connection without an answer"},
  };
  for (const ProxyCase& entry : cases) {
    const ScriptedPeer proxy{[&entry](PeerSocket& socket) {
      socket.receive_until("\r\n\r\n");
      socket.send(entry.answer);
    }};
    const auto connection = connect(tunnelled(proxy.port()));
    ASSERT_FALSE(connection) << entry.name;
    EXPECT_EQ(connection.error().fault.reason, entry.reason) << entry.name;
    EXPECT_EQ(connection.error().state, PortState::silent) << entry.name;
    EXPECT_EQ(connection.error().fault.message,
              "connecting to a.example:8443: the proxy " + entry.message)
        << entry.name;
  }
}

TEST(ConnectionThroughProxy, DoesNotWaitForAProxyThatIsSilent) {
  const ScriptedPeer proxy{[](PeerSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\n");
    socket.wait_for_close();
  }};
  const auto connection = connect(tunnelled(proxy.port()), scant);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::timeout);
}

TEST(ConnectionThroughProxy, DoesNotTakeAClosedProxyForAClosedPort) {
  const ClosedPort closed;
  const auto connection = connect(tunnelled(closed.port()));
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().state, PortState::silent);
  EXPECT_EQ(connection.error().fault.reason, UnknownReason::unreachable);
}

TEST(ConnectionThroughProxy, ReachesNoProxyThatSpeaksTls) {
  for (const std::string url : {"https://127.0.0.1:1", "socks5://127.0.0.1:1", "127.0.0.1:1"}) {
    const auto connection = connect({.host = "a.example", .port = 1, .http_proxy = url});
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().fault.reason, UnknownReason::protocol_error);
  }
}

}  // namespace
}  // namespace compliance::probes::connection_test
