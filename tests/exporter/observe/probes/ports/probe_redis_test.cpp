// Tests of PING without a password, against scripted peers and Debian's Redis.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/observe/probes/ports/port_probes.h"
#include "tests/exporter/observe/probes/ports/port_peers.h"
#include "tests/support/dns_server.h"
#include "tests/support/real_stores.h"

namespace compliance::probes::probe_redis_test {
namespace {

using namespace std::chrono_literals;
using test::ScriptedPeer;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string name_of_reply(RedisReply reply) {
  switch (reply) {
    case RedisReply::pong:
      return "pong";
    case RedisReply::no_auth:
      return "no_auth";
    case RedisReply::denied:
      return "denied";
    case RedisReply::tls_alert:
      return "tls_alert";
    case RedisReply::refused:
      return "refused";
    case RedisReply::silent:
      return "silent";
  }
  return {};
}

std::string ask(const Peer& peer, bool tls = false, const Deadline& deadline = soon(),
                const Resolver& resolver = Resolver{}) {
  const auto reply = probe_redis(peer, tls, resolver, deadline);
  return reply ? name_of_reply(reply.value()) : text_of(reply.error());
}

std::string ask(std::uint16_t port, bool tls = false, const Deadline& deadline = soon()) {
  return ask(local_peer(port), tls, deadline);
}

TEST(RedisProbe, SendsOnePingAndNothingMore) {
  ParrotPeer peer("+PONG\r\n");
  EXPECT_EQ(ask(peer.port()), "pong");
  EXPECT_EQ(peer.heard(1), std::vector<std::string>{"PING\r\n"});
  EXPECT_EQ(peer.connections(), 1U);
}

TEST(RedisProbe, KnowsTheAnswersOfAClosedDoor) {
  const ParrotPeer no_auth("-NOAUTH Authentication required.\r\n");
  EXPECT_EQ(ask(no_auth.port()), "no_auth");
  const test::ClosedPort closed;
  EXPECT_EQ(ask(closed.port()), "refused");
  const test::SilentPort unanswered;
  EXPECT_EQ(ask(unanswered.port(), false, Deadline::after(300ms)), "silent");
  const ParrotPeer mute("");
  EXPECT_EQ(ask(mute.port(), false, Deadline::after(300ms)), "silent");
}

TEST(RedisProbe, HearsTheDenialOfARedisThatClosesUnasked) {
  ScriptedPeer peer([](test::PeerSocket& socket) {
    socket.send("-DENIED Redis is running in protected mode because ...\r\n");
  });
  EXPECT_EQ(ask(peer.port()), "denied");
}

TEST(RedisProbe, PutsAnAnswerInPiecesTogether) {
  ScriptedPeer peer([](test::PeerSocket& socket) {
    socket.receive_until("\r\n");
    for (const char byte : std::string{"+PONG\r\n"}) {
      socket.send({&byte, 1});
    }
    socket.wait_for_close();
  });
  EXPECT_EQ(ask(peer.port()), "pong");
}

TEST(RedisProbe, DoesNotKnowWhenRedisDoesNotSay) {
  const ParrotPeer loading("-LOADING Redis is loading the dataset in memory\r\n");
  EXPECT_EQ(ask(loading.port()),
            "unexpected_response: asking Redis at 127.0.0.1:" + std::to_string(loading.port()) +
                ": it answered PING with the error LOADING, which does not tell whether it wants a "
                "password");
}

TEST(RedisProbe, TakesNothingElseForARedis) {
  for (const std::string answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", "+OK POP3 ready\r\n",
                                   "PONG\r\n", "SSH-2.0-x\r\n", "-secret-word hunter2\r\n"}) {
    const ParrotPeer peer(answer);
    EXPECT_EQ(ask(peer.port()),
              "protocol_error: asking Redis at 127.0.0.1:" + std::to_string(peer.port()) +
                  ": it answered PING as no Redis does");
  }
}

TEST(RedisProbe, EndsAnEndlessLine) {
  ScriptedPeer peer([](test::PeerSocket& socket) {
    while (socket.send(std::string(4096, '+'))) {
    }
  });
  EXPECT_THAT(ask(peer.port()), StartsWith("protocol_error: "));
}

TEST(RedisProbe, DoesNotTakeHalfAnAnswerForSilence) {
  const ParrotPeer dripping("+PON");
  EXPECT_THAT(ask(dripping.port(), false, Deadline::after(300ms)), StartsWith("timeout: "));
  const ParrotPeer closing("", ParrotPeer::After::close);
  EXPECT_THAT(ask(closing.port()), HasSubstr("closed the connection without a whole answer"));
  ScriptedPeer resetting([](test::PeerSocket& socket) {
    socket.receive_until("\r\n");
    socket.reset();
  });
  EXPECT_THAT(ask(resetting.port()), StartsWith("unreachable: "));
}

TEST(RedisProbe, DoesNotTakeAStopOrAPastDeadlineForSilence) {
  const ParrotPeer mute("");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(ask(mute.port(), false, Deadline::after(20s, stop.get_token())),
              StartsWith("timeout: "));
  EXPECT_THAT(ask(mute.port(), false, Deadline::after(0ms)), StartsWith("timeout: "));
}

TEST(RedisProbe, DoesNotTakeATroubleWithTheNameForSilence) {
  const test::DnsServer server({{"silent.test", {.manner = test::DnsManner::silence}}});
  const Resolver resolver({.servers = {server.address()}});
  EXPECT_THAT(ask({.host = "absent.test", .port = 1}, false, soon(), resolver),
              StartsWith("dns_failure: asking Redis at absent.test:1: "));
  EXPECT_THAT(ask({.host = "silent.test", .port = 1}, false, Deadline::after(300ms), resolver),
              StartsWith("timeout: "));
}

TEST(RedisProbe, FindsATlsPeerByNameAndAPlainOneIsNone) {
  const ParrotPeer plain("-ERR unknown command\r\n");
  EXPECT_THAT(ask(plain.port(), true), StartsWith("protocol_error: asking Redis at 127.0.0.1:"));
  const ParrotPeer closing("", ParrotPeer::After::close);
  EXPECT_THAT(ask(closing.port(), true), StartsWith("protocol_error: "));
  const ParrotPeer mute("");
  EXPECT_EQ(ask(mute.port(), true, Deadline::after(300ms)), "silent");
}

TEST(RedisProbe, TakesAnAlertInTheHandshakeForARefusal) {
  const ParrotPeer peer(std::string{"\x15\x03\x03\x00\x02\x02\x28", 7});
  EXPECT_EQ(ask(peer.port(), true), "tls_alert");
}

TEST(RealRedisProbe, FindsTheDoorOpenWithoutAPasswordAndClosedWithOne) {
  const test::RealRedis open;
  ASSERT_TRUE(open.is_ready()) << open.output();
  EXPECT_EQ(ask(open.port()), "pong");
  const test::RealRedis closed({"--requirepass", "only-a-test"});
  ASSERT_TRUE(closed.is_ready()) << closed.output();
  EXPECT_EQ(ask(closed.port()), "no_auth");
}

TEST(RealRedisProbe, AsksInsideTlsWithoutTrustingAnybody) {
  const test::RealRedis open({"--tls-auth-clients", "no"}, true);
  ASSERT_TRUE(open.is_ready()) << open.output();
  EXPECT_EQ(ask(open.port(), true), "pong");
  EXPECT_THAT(ask(open.port(), false), AnyOf(StartsWith("unreachable: "), HasSubstr("closed")));
  const test::RealRedis closed({"--tls-auth-clients", "no", "--requirepass", "only-a-test"}, true);
  ASSERT_TRUE(closed.is_ready()) << closed.output();
  EXPECT_EQ(ask(closed.port(), true), "no_auth");
}

TEST(RealRedisProbe, IsTurnedAwayByAlertWhereAClientCertificateIsDemanded) {
  for (const std::string protocol : {"TLSv1.2", "TLSv1.3"}) {
    const test::RealRedis redis({"--tls-auth-clients", "yes", "--tls-protocols", protocol}, true);
    ASSERT_TRUE(redis.is_ready()) << redis.output();
    EXPECT_EQ(ask(redis.port(), true), "tls_alert") << protocol;
  }
}

}  // namespace
}  // namespace compliance::probes::probe_redis_test
