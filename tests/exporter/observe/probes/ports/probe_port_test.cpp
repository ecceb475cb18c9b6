// Tests of recognising who answers on a port, against scripted peers and real servers.
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/observe/probes/ports/port_probes.h"
#include "tests/exporter/observe/probes/ports/port_peers.h"
#include "tests/support/dns_server.h"
#include "tests/support/real_stores.h"

namespace compliance::probes::probe_port_test {
namespace {

using namespace std::chrono_literals;
using test::PeerSocket;
using test::ScriptedPeer;
using testing::Le;
using testing::StartsWith;
using Kind = PortQuestion::Kind;

std::string words(const PortAnswer& answer) {
  if (answer.state != PortState::open) {
    return answer.state == PortState::refused ? "refused" : "silent";
  }
  switch (answer.peer) {
    case PeerKind::caracal:
      return "caracal" + (answer.component ? " " + std::string{name_of(*answer.component)} : "");
    case PeerKind::redis:
      return "redis";
    case PeerKind::postgres:
      return "postgres";
    case PeerKind::unrecognized:
      break;
  }
  return "unrecognized";
}

std::string knock(const Peer& peer, const Deadline& deadline = soon(),
                  const Resolver& resolver = Resolver{}) {
  const auto answer = probe_port(peer, resolver, deadline);
  return answer ? words(answer.value()) : text_of(answer.error());
}

std::string knock(std::uint16_t port, const Deadline& deadline = soon()) {
  return knock(local_peer(port), deadline);
}

std::string http(int status, const std::string& body, const std::string& type) {
  return "HTTP/1.1 " + std::to_string(status) + " Any\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string json(int status, const std::string& body) {
  return http(status, body, "application/json");
}

// An HTTP server that knows some targets, one request for each connection.
class Site {
 public:
  using Answers = std::vector<std::pair<std::string, std::string>>;

  explicit Site(Answers answers) : answers_(std::move(answers)) {}

  std::uint16_t port() const { return peer_.port(); }
  std::size_t connections() const { return connections_; }

 private:
  void play(PeerSocket& socket) {
    ++connections_;
    const auto request = socket.receive_until("\r\n\r\n");
    for (const auto& [target, answer] : answers_) {
      if (request.starts_with("GET " + target + " HTTP/1.1\r\n")) {
        socket.send(answer);
        socket.wait_for_close();
        return;
      }
    }
    socket.send(json(404, R"({"error":"not_found"})"));
  }

  Answers answers_;
  std::atomic<std::size_t> connections_ = 0;
  ScriptedPeer peer_{[this](PeerSocket& socket) { play(socket); }};
};

struct SiteCase {
  std::string name;
  Site::Answers answers;
  std::string expected;
  std::size_t connections;
};

const std::string go_metrics = http(401, "unauthorized\n", "text/plain; charset=utf-8");
const std::string ok_true = json(200, R"({"ok":true})");

TEST(PortProbe, RecognisesEachServiceOfCaracal) {
  const std::vector<SiteCase> cases{
      {"sts or gateway", {{"/ready", json(200, R"({"ok":true,"ready":true})")}}, "caracal", 1},
      {"a gateway without its sts",
       {{"/ready", json(503, R"({"ok":false,"ready":false,"reason":"sts_unreachable"})")}},
       "caracal",
       1},
      {"audit",
       {{"/ready", json(200, R"({"ready":true})")}, {"/metrics", go_metrics}},
       "caracal audit",
       2},
      {"api",
       {{"/ready", ok_true}, {"/metrics", json(401, R"({"error":"unauthorized"})")}},
       "caracal api",
       2},
      {"coordinator",
       {{"/ready", ok_true}, {"/metrics", json(401, R"({"error":"missing_token"})")}},
       "caracal coordinator",
       2},
      {"an api that was asked too often",
       {{"/ready", json(429, R"({"error":"rate_limited"})")},
        {"/metrics", json(401, R"({"error":"unauthorized"})")}},
       "caracal api",
       2},
      {"web",
       {{"/ready", json(200, R"({"status":"ready"})")},
        {"/health", json(200, R"({"status":"ok","service":"caracal-auth"})")}},
       "caracal web",
       2},
  };
  for (const auto& each : cases) {
    const Site site(each.answers);
    EXPECT_EQ(knock(site.port()), each.expected) << each.name;
    EXPECT_EQ(site.connections(), each.connections) << each.name;
  }
}

TEST(PortProbe, TakesOtherSitesForUnrecognisedAndAsksThemNothingElse) {
  const std::vector<SiteCase> cases{
      {"an ordinary site", {}, "unrecognized", 1},
      {"a redirecting edge",
       {{"/ready", "HTTP/1.1 308 x\r\nLocation: https://x.test/\r\nContent-Length: 0\r\n\r\n"}},
       "unrecognized",
       1},
      {"somebody who is ok too",
       {{"/ready", ok_true}, {"/metrics", http(200, "up 1\n", "text/plain")}},
       "unrecognized",
       2},
      {"somebody who is ready too",
       {{"/ready", json(200, R"({"ready":true})")}},
       "unrecognized",
       2},
      {"somebody with a status",
       {{"/ready", json(200, R"({"status":"ready"})")},
        {"/health", json(200, R"({"status":"ok"})")}},
       "unrecognized",
       2},
  };
  for (const auto& each : cases) {
    const Site site(each.answers);
    EXPECT_EQ(knock(site.port()), each.expected) << each.name;
    EXPECT_EQ(site.connections(), each.connections) << each.name;
  }
}

TEST(PortProbe, TellsClosedFromSilentFromOpen) {
  const test::ClosedPort closed;
  EXPECT_EQ(knock(closed.port()), "refused");
  const test::SilentPort silent;
  EXPECT_EQ(knock(silent.port(), Deadline::after(300ms)), "silent");
  const ParrotPeer mute("");
  EXPECT_EQ(knock(mute.port(), Deadline::after(600ms)), "unrecognized");
  EXPECT_THAT(mute.connections(), Le(4U));
}

TEST(PortProbe, DoesNotTakeAStopOrATroubleWithTheNameForAClosedPort) {
  const test::SilentPort silent;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(knock(silent.port(), Deadline::after(20s, stop.get_token())),
              StartsWith("timeout: knocking at 127.0.0.1:"));
  EXPECT_THAT(knock(silent.port(), Deadline::after(0ms)), StartsWith("timeout: "));
  const test::DnsServer server({{"silent.test", {.manner = test::DnsManner::silence}}});
  const Resolver resolver({.servers = {server.address()}});
  EXPECT_THAT(knock({.host = "absent.test", .port = 1}, soon(), resolver),
              StartsWith("dns_failure: knocking at absent.test:1: "));
  EXPECT_THAT(knock({.host = "silent.test", .port = 1}, Deadline::after(300ms), resolver),
              StartsWith("timeout: "));
}

TEST(PortProbe, EndsTheWaitOnAMutePortWhenItIsStopped) {
  std::stop_source stop;
  ScriptedPeer mute([&stop](PeerSocket& socket) {
    socket.receive(1);
    stop.request_stop();
    socket.wait_for_close();
  });
  const auto begin = Deadline::Clock::now();
  EXPECT_EQ(knock(mute.port(), Deadline::after(60s, stop.get_token())), "unrecognized");
  EXPECT_LT(Deadline::Clock::now() - begin, 10s);
}

TEST(PortProbe, RecognisesRedisByWhatItSaysToPing) {
  for (const std::string answer :
       {"+PONG\r\n", "-NOAUTH Authentication required.\r\n", "-DENIED x\r\n", "-LOADING x\r\n",
        "-ERR max number of clients reached\r\n"}) {
    ScriptedPeer redis([answer](PeerSocket& socket) {
      if (socket.receive_until("\r\n") == "PING\r\n") {
        socket.send(answer);
      }
    });
    EXPECT_EQ(knock(redis.port()), "redis") << answer;
  }
}

TEST(PortProbe, RecognisesPostgresByOneByteAlone) {
  const auto answering = [](const std::string& answer) {
    return [answer](PeerSocket& socket) {
      if (socket.receive(64) == std::string{"\x00\x00\x00\x08\x04\xd2\x16\x2f", 8}) {
        socket.send(answer);
        socket.wait_for_close();
      }
    };
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"S", "postgres"},
      {"N", "postgres"},
      {"E", "unrecognized"},
      {"SSH-2.0-OpenSSH_9.2\r\n", "unrecognized"},
  };
  for (const auto& [answer, expected] : cases) {
    ScriptedPeer peer(answering(answer));
    EXPECT_EQ(knock(peer.port()), expected) << answer;
  }
}

TEST(PortProbe, TakesBannersForUnrecognisedOnFourConnectionsAtMost) {
  for (const std::string banner : {"SSH-2.0-OpenSSH_9.2\r\n", "220 mail.test ESMTP\r\n",
                                   "+OK POP3\r\n", "\x15\x03\x01", "J\x01\x01\x01\n8.0.36\r\n"}) {
    const ParrotPeer peer(banner, ParrotPeer::After::close);
    EXPECT_EQ(knock(peer.port()), "unrecognized") << banner;
    EXPECT_THAT(peer.connections(), Le(4U)) << banner;
  }
}

TEST(PortProbe, EndsAnEndlessAnswer) {
  ScriptedPeer endless([](PeerSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\n");
    while (socket.send("x: " + std::string(4096, 'x') + "\r\n")) {
    }
  });
  EXPECT_EQ(knock(endless.port()), "unrecognized");
}

TEST(PortQuestions, BeginWithWhatIsUsualThere) {
  EXPECT_EQ(questions_for(6379).front(), (PortQuestion{.kind = Kind::redis}));
  EXPECT_EQ(questions_for(6380).front(), (PortQuestion{.kind = Kind::redis, .tls = true}));
  EXPECT_EQ(questions_for(5432).front(), (PortQuestion{.kind = Kind::postgres}));
  EXPECT_EQ(questions_for(443).front(), (PortQuestion{.kind = Kind::http, .tls = true}));
  const std::vector<std::uint16_t> others{80, 3000, 3001, 3002, 4000, 8080, 8081, 9090, 12345};
  for (const auto port : others) {
    EXPECT_EQ(questions_for(port).front(), (PortQuestion{.kind = Kind::http})) << port;
  }
}

TEST(PortProbeOfRealServers, RecognisesRedisOnAnyPort) {
  const test::RealRedis open;
  ASSERT_TRUE(open.is_ready()) << open.output();
  EXPECT_EQ(knock(open.port()), "redis");
  const test::RealRedis closed({"--requirepass", "only-a-test"});
  ASSERT_TRUE(closed.is_ready()) << closed.output();
  EXPECT_EQ(knock(closed.port()), "redis");
}

TEST(PortProbeOfRealServers, RecognisesRedisInsideTls) {
  const test::RealRedis redis({"--tls-auth-clients", "no"}, true);
  ASSERT_TRUE(redis.is_ready()) << redis.output();
  EXPECT_EQ(knock(redis.port()), "redis");
}

TEST(PortProbeOfRealServers, RecognisesPostgresOnAnyPort) {
  if (!test::RealPostgres::is_installed()) {
    GTEST_SKIP() << "no PostgreSQL server is installed";
  }
  test::RealPostgres postgres;
  ASSERT_TRUE(postgres.start(/*tls=*/true)) << postgres.output();
  EXPECT_EQ(knock(postgres.port()), "postgres");
}

}  // namespace
}  // namespace compliance::probes::probe_port_test
