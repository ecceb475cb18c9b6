// Tests of SSLRequest, against scripted peers and Debian's PostgreSQL.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/probes/ports/port_probes.h"
#include "tests/exporter/observe/probes/ports/port_peers.h"
#include "tests/support/real_stores.h"

namespace compliance::probes::probe_postgres_test {
namespace {

using namespace std::chrono_literals;

const std::string ssl_request{"\x00\x00\x00\x08\x04\xd2\x16\x2f", 8};

std::string ask(std::uint16_t port, const Deadline& deadline = soon()) {
  const auto reply = probe_postgres(local_peer(port), Resolver{}, deadline);
  if (!reply) {
    return text_of(reply.error());
  }
  return reply.value() == PostgresReply::tls ? "tls" : "plain";
}

std::string fault(std::string_view reason, std::uint16_t port, const std::string& words) {
  return std::string{reason} + ": asking Postgres at 127.0.0.1:" + std::to_string(port) + ": " +
         words;
}

TEST(PostgresProbe, SendsTheEightBytesOfSslRequestAndNothingMore) {
  for (const auto& [answer, meaning] : {std::pair{"S", "tls"}, std::pair{"N", "plain"}}) {
    ParrotPeer peer(answer);
    EXPECT_EQ(ask(peer.port()), meaning);
    EXPECT_EQ(peer.heard(1), std::vector{ssl_request});
    EXPECT_EQ(peer.connections(), 1U);
  }
}

TEST(PostgresProbe, TakesNothingElseForAPostgres) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"SSH-2.0-OpenSSH_9.2\r\n", "it answered SSLRequest as no Postgres does"},
      {"NN", "it answered SSLRequest as no Postgres does"},
      {"s", "it answered SSLRequest as no Postgres does"},
      {std::string(1, '\0'), "it answered SSLRequest as no Postgres does"},
      {"HTTP/1.1 400 Bad Request\r\n\r\n", "it answered SSLRequest as no Postgres does"},
      {"EFATAL: could not fork", "it answered SSLRequest with an error"},
      {"E", "it answered SSLRequest with an error"},
  };
  for (const auto& [answer, words] : cases) {
    const ParrotPeer peer(answer);
    EXPECT_EQ(ask(peer.port()), fault("protocol_error", peer.port(), words));
  }
}

TEST(PostgresProbe, SaysHowThePeerFellSilent) {
  const ParrotPeer closing("", ParrotPeer::After::close);
  EXPECT_EQ(ask(closing.port()), fault("protocol_error", closing.port(),
                                       "it closed the connection without an answer to SSLRequest"));
  const ParrotPeer silent("");
  EXPECT_EQ(ask(silent.port(), Deadline::after(300ms)),
            fault("timeout", silent.port(), "the peer said nothing in time"));
  test::ScriptedPeer resetting([](test::PeerSocket& socket) {
    socket.receive_exactly(ssl_request.size());
    socket.reset();
  });
  EXPECT_TRUE(ask(resetting.port()).starts_with("unreachable: asking Postgres at "));
}

TEST(PostgresProbe, DoesNotTakeAClosedPortForAnAnswer) {
  const test::ClosedPort closed;
  EXPECT_TRUE(ask(closed.port()).starts_with("unreachable: connecting to 127.0.0.1:"));
  const test::SilentPort silent;
  EXPECT_TRUE(
      ask(silent.port(), Deadline::after(300ms)).starts_with("timeout: connecting to 127.0.0.1:"));
}

TEST(PostgresProbe, HearsFromTheRealServerWhetherItSpeaksTls) {
  if (!test::RealPostgres::is_installed()) {
    GTEST_SKIP() << "no PostgreSQL server is installed";
  }
  test::RealPostgres postgres;
  ASSERT_TRUE(postgres.start(/*tls=*/false)) << postgres.output();
  EXPECT_EQ(ask(postgres.port()), "plain");
  postgres.stop();
  ASSERT_TRUE(postgres.start(/*tls=*/true)) << postgres.output();
  EXPECT_EQ(ask(postgres.port()), "tls");
}

}  // namespace
}  // namespace compliance::probes::probe_postgres_test
