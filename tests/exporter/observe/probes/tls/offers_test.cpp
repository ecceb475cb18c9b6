// Offers to real servers and to strange ones.
#include <atomic>
#include <chrono>
#include <map>
#include <stop_token>
#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/probes/tls/client_hello.h"
#include "exporter/observe/probes/tls/tls_probe.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_peer.h"
#include "tests/support/tls_server.h"

namespace compliance::probes::offers_test {
namespace {

using namespace std::chrono_literals;
using test::PeerSocket;
using test::ScriptedPeer;

constexpr auto ample = 20s;
constexpr auto scant = 300ms;

TlsAnswers answers_of(std::uint16_t port, std::chrono::milliseconds time = ample) {
  const TlsTarget target{.peer = {.host = "127.0.0.1", .port = port}, .server_name = "a.example"};
  return probe_offers(target, Resolver{}, Deadline::after(time));
}

TlsAnswers answers_of(const ScriptedPeer::Script& script, std::chrono::milliseconds time = ample) {
  const ScriptedPeer peer{script};
  return answers_of(peer.port(), time);
}

// Made once: RSA keys take their time.
const test::MadeCertificate& certificate() {
  static const test::MadeCertificate made = [] {
    test::CertificatePlan plan = test::valid_now("DNS:a.example");
    plan.key = "RSA-2048";
    return test::make_certificate(plan, nullptr);
  }();
  return made;
}

TlsAnswers answers_of_server(test::TlsServerOptions options) {
  options.chain_pem = certificate().pem;
  options.key_pem = certificate().key_pem;
  const test::TlsServerContext server = test::make_tls_server(options);
  return answers_of([&server](PeerSocket& socket) { test::serve_tls(socket, server); });
}

// "01010" for a server that takes TLS 1.0 and 1.2; a letter where nothing is known.
std::string taken(const TlsAnswers& answers) {
  std::string text;
  for (const TlsProtocol protocol : tls_protocols) {
    const Fact<bool>& fact = answers.offers(protocol);
    if (fact.fault) {
      text += name_of(fact.fault->reason).front();
    } else {
      text += fact.is(true) ? '1' : '0';
    }
  }
  return text;
}

std::string fault_of_suite(const TlsAnswers& answers) {
  return answers.weak_suite.fault ? std::string{name_of(answers.weak_suite.fault->reason)} : "";
}

TEST(ProbeOffers, FindsEachProtocolAlone) {
  const std::map<TlsProtocol, std::string> expected{{TlsProtocol::tls1_0, "01000"},
                                                    {TlsProtocol::tls1_1, "00100"},
                                                    {TlsProtocol::tls1_2, "00010"},
                                                    {TlsProtocol::tls1_3, "00001"}};
  for (const auto& [protocol, text] : expected) {
    const int version = wire_version(protocol);
    const TlsAnswers answers =
        answers_of_server({.min_version = version, .max_version = version, .suites = "DEFAULT"});
    EXPECT_EQ(taken(answers), text);
    EXPECT_EQ(answers.weak_suite.value, "") << text;
    EXPECT_TRUE(answers.handshake.absent());
  }
}

TEST(ProbeOffers, FindsAllProtocolsOfOneServer) {
  EXPECT_EQ(taken(answers_of_server({.suites = "DEFAULT"})), "01111");
}

TEST(ProbeOffers, NamesAWeakSuite) {
  EXPECT_EQ(
      answers_of_server({.suites = "NULL-SHA256:ECDHE-RSA-AES128-GCM-SHA256"}).weak_suite.value,
      "TLS_RSA_WITH_NULL_SHA256");
}

TEST(ProbeOffers, NamesAWeakSuiteOfAnOldProtocolAlone) {
  EXPECT_EQ(answers_of_server({.max_version = TLS1_VERSION, .suites = "NULL-SHA:DEFAULT"})
                .weak_suite.value,
            "TLS_RSA_WITH_NULL_SHA");
}

void read_hello(PeerSocket& socket) { socket.receive_exactly(50); }

TEST(ProbeOffers, AreRefusedByAlertCloseAndReset) {
  const std::map<std::string, ScriptedPeer::Script> scripts{
      {"alert",
       [](PeerSocket& socket) {
         read_hello(socket);
         socket.send({"\x15\x03\x01\x00\x02\x02\x28", 7});
         socket.wait_for_close();
       }},
      {"close", [](PeerSocket& socket) { read_hello(socket); }},
      {"reset",
       [](PeerSocket& socket) {
         read_hello(socket);
         socket.reset();
       }},
      {"reset within a record",
       [](PeerSocket& socket) {
         socket.send({"\x16\x03\x03\x00\x40\x02", 6});
         read_hello(socket);
         socket.reset();
       }},
      {"close within a record",
       [](PeerSocket& socket) {
         socket.send({"\x16\x03\x03\x00\x40\x02", 6});
         read_hello(socket);
       }},
  };
  for (const auto& [name, script] : scripts) {
    const TlsAnswers answers = answers_of(script, 2s);
    EXPECT_EQ(taken(answers), "00000") << name;
    EXPECT_EQ(answers.weak_suite.value, "") << name;
  }
}

TEST(ProbeOffers, AreNotRefusedBySilence) {
  const TlsAnswers answers = answers_of([](PeerSocket& socket) { socket.wait_for_close(); }, scant);
  EXPECT_EQ(taken(answers), "ttttt");
  EXPECT_EQ(fault_of_suite(answers), "timeout");
}

TEST(ProbeOffers, AreNotRefusedByHalfAnAnswer) {
  const TlsAnswers answers = answers_of(
      [](PeerSocket& socket) {
        socket.send({"\x16\x03\x03\x00\x40\x02\x00", 7});
        socket.wait_for_close();
      },
      scant);
  EXPECT_EQ(taken(answers), "ttttt");
}

TEST(ProbeOffers, AreNotRefusedByOtherProtocols) {
  const TlsAnswers answers = answers_of([](PeerSocket& socket) {
    socket.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    socket.wait_for_close();
  });
  EXPECT_EQ(taken(answers), "ppppp");
  EXPECT_EQ(fault_of_suite(answers), "protocol_error");
}

TEST(ProbeOffers, EndWhateverTheServerGoesOnSending) {
  for (const std::string& record :
       {std::string{"\x15\x03\x01\x00\x02\x01\x70", 7}, std::string{"\x16\x03\x03\x00\x01\x02", 6},
        std::string{"\x16\x03\x03\x00\x00", 5}}) {
    const TlsAnswers answers = answers_of([&record](PeerSocket& socket) {
      while (socket.send(record)) {
      }
    });
    EXPECT_FALSE(answers.offers(TlsProtocol::tls1_2).is(true));
    EXPECT_EQ(answers.weak_suite.value.value_or(""), "");
  }
}

// A ServerHello with this version and suite, to whoever connects.
ScriptedPeer::Script always(std::string version, std::string suite) {
  return [version = std::move(version), suite = std::move(suite)](PeerSocket& socket) {
    read_hello(socket);
    const std::string body =
        version + std::string(32, 'r') + std::string(1, '\0') + suite + std::string(1, '\0');
    socket.send(std::string{"\x16\x03\x00\x00", 4} + static_cast<char>(body.size() + 4) +
                std::string{"\x02\x00\x00", 3} + static_cast<char>(body.size()) + body);
    socket.wait_for_close();
  };
}

TEST(ProbeOffers, AreRefusedByALowerVersion) {
  const TlsAnswers answers = answers_of(always({"\x03\x00", 2}, {"\x00\x0a", 2}));
  EXPECT_EQ(taken(answers), "10000");
  EXPECT_EQ(answers.weak_suite.value, "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
}

TEST(ProbeOffers, AreNotTakenWithASuiteThatWasNotOffered) {
  const TlsAnswers answers = answers_of(always({"\x03\x03", 2}, {"\x13\x01", 2}));
  EXPECT_EQ(taken(answers), "pppp0");
  EXPECT_EQ(fault_of_suite(answers), "protocol_error");
}

TEST(ProbeOffers, AreNotTakenWithANewerVersionThanTheirs) {
  const TlsAnswers answers = answers_of(always({"\x03\x02", 2}, {"\x00\x2f", 2}));
  EXPECT_EQ(taken(answers), "pp100");
}

TEST(ProbeOffers, EndForASilentServerWithoutHoldingUpTheOthers) {
  std::atomic<int> connections = 0;
  const TlsAnswers answers = answers_of(
      [&connections](PeerSocket& socket) {
        if (++connections == 1) {
          socket.wait_for_close();
        }
        read_hello(socket);
      },
      1s);
  std::size_t unknown = 0;
  for (const char mark : taken(answers)) {
    unknown += mark == 't' ? 1 : 0;
  }
  unknown += answers.weak_suite.fault ? 1 : 0;
  EXPECT_EQ(unknown, 1U);
}

TEST(ProbeOffers, SayThatNobodyListens) {
  const test::ClosedPort closed;
  const TlsAnswers answers = answers_of(closed.port());
  EXPECT_EQ(taken(answers), "uuuuu");
  EXPECT_EQ(fault_of_suite(answers), "unreachable");
}

TEST(ProbeOffers, EndWhenAskedToStop) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.wait_for_close(); }};
  std::stop_source stop;
  stop.request_stop();
  const TlsTarget target{.peer = {.host = "127.0.0.1", .port = peer.port()},
                         .server_name = "a.example"};
  EXPECT_EQ(taken(probe_offers(target, Resolver{}, Deadline::after(10min, stop.get_token()))),
            "ttttt");
}

}  // namespace
}  // namespace compliance::probes::offers_test
