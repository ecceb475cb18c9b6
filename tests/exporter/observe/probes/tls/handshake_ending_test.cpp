// The ordinary handshake with servers that end it, never end it, or speak no TLS.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/tls/handshake_fixture.h"

namespace compliance::probes::handshake_ending_test {
namespace {

using namespace std::chrono_literals;

TEST_F(ProbeHandshake, TellsAnAlertFromSilenceAndNonsense) {
  const Fault alert = fault_of([](PeerSocket& socket) {
    socket.receive(4096);
    socket.send({"\x15\x03\x03\x00\x02\x02\x70", 7});
    socket.wait_for_close();
  });
  EXPECT_EQ(alert.reason, UnknownReason::tls_failure);
  EXPECT_EQ(alert.message, "the TLS handshake failed: tlsv1 unrecognized name");
  EXPECT_EQ(fault_of([](PeerSocket& socket) { socket.wait_for_close(); }, scant).reason,
            UnknownReason::timeout);
  for (const std::string nonsense : {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
                                     "\x17\x03\x03", "220 mail.example ESMTP\r\n"}) {
    EXPECT_EQ(fault_of(
                  [&nonsense](PeerSocket& socket) {
                    socket.send(nonsense);
                    socket.wait_for_close();
                  },
                  2s)
                  .reason,
              UnknownReason::protocol_error)
        << nonsense;
  }
}

// Schannel ends so what it refuses: the offers have to follow all the same.
TEST_F(ProbeHandshake, TellsTheEndOfTheConnectionFromAClosedPort) {
  EXPECT_EQ(fault_of([](PeerSocket& socket) { socket.receive_exactly(50); }).reason,
            UnknownReason::tls_failure);
  EXPECT_EQ(fault_of([](PeerSocket& socket) { socket.reset(); }).reason,
            UnknownReason::tls_failure);
  const test::ClosedPort closed;
  EXPECT_EQ(probe(closed.port()).error().reason, UnknownReason::unreachable);
}

TEST_F(ProbeHandshake, SaysWhenTheServerIsOlderThanItsLibrary) {
  const Fault fault = fault_of([](PeerSocket& socket) {
    const std::string body =
        std::string{"\x03\x00", 2} + std::string(33, '\0') + std::string{"\x00\x0a\x00", 3};
    socket.receive(4096);
    socket.send(std::string{"\x16\x03\x00\x00\x2a\x02\x00\x00\x26", 9} + body);
    socket.wait_for_close();
  });
  EXPECT_EQ(fault.reason, UnknownReason::tls_failure);
}

TEST_F(ProbeHandshake, EndsWhateverTheServerGoesOnSending) {
  for (const std::string& record :
       {std::string{"\x15\x03\x01\x00\x02\x01\x70", 7}, std::string{"\x16\x03\x03\x00\x00", 5},
        std::string{"\x16\x03\x03\x00\x05\x02\x00\x00\x01\x00", 10}}) {
    const Fault fault = fault_of([&record](PeerSocket& socket) {
      while (socket.send(record)) {
      }
    });
    EXPECT_NE(fault.reason, UnknownReason::timeout);
  }
}

// A server that goes silent, closes or resets after so many bytes of its answer.
ScriptedPeer::Script cut_after(const test::TlsServerContext& server, std::size_t length,
                               bool resets) {
  return [&server, length, resets](PeerSocket& socket) {
    const std::string answer = test::tls_answer(server, socket.receive(4096));
    socket.send(answer.substr(0, length));
    if (resets) {
      socket.reset();
    } else {
      socket.wait_for_close();
    }
  };
}

TEST_F(ProbeHandshake, TrustsNobodyWhoEndsBeforeTheProof) {
  test::TlsServerOptions options = showing(leaf(test::valid_now("DNS:a.example")));
  options.max_version = TLS1_2_VERSION;
  const test::TlsServerContext server = test::make_tls_server(options);
  for (const std::size_t length : {10U, 100U, 700U, 100'000U}) {
    const ScriptedPeer resetting{cut_after(server, length, true)};
    const auto reset = probe(resetting.port());
    ASSERT_FALSE(reset) << length;
    EXPECT_EQ(reset.error().reason, UnknownReason::tls_failure) << length;
    const ScriptedPeer silent{cut_after(server, length, false)};
    const auto silence = probe(silent.port(), "a.example", scant);
    ASSERT_FALSE(silence) << length;
    EXPECT_EQ(silence.error().reason, UnknownReason::timeout) << length;
  }
}

TEST_F(ProbeHandshake, TellsOfAFaultyChainEvenIfTheServerEndsEarly) {
  const MadeCertificate own = test::make_certificate(test::valid_now("DNS:a.example"), nullptr);
  test::TlsServerOptions options{.chain_pem = own.pem, .key_pem = own.key_pem};
  options.max_version = TLS1_2_VERSION;
  const test::TlsServerContext server = test::make_tls_server(options);
  const ScriptedPeer peer{cut_after(server, 100'000, false)};
  const auto handshake = probe(peer.port(), "a.example", scant);
  ASSERT_TRUE(handshake);
  EXPECT_EQ(handshake.value().trust, TrustFault::self_signed);
}

TEST_F(ProbeHandshake, TrustsNobodyWhoShowsTheCertificateOfAnother) {
  const test::TlsServerContext server =
      test::make_tls_server(showing(leaf(test::valid_now("DNS:a.example"))));
  const ScriptedPeer peer{[&server](PeerSocket& socket) {
    std::string answer = test::tls_answer(server, socket.receive(4096));
    answer[answer.size() - 40] = static_cast<char>(answer[answer.size() - 40] ^ 1);
    socket.send(answer);
    socket.wait_for_close();
  }};
  const auto handshake = probe(peer.port());
  EXPECT_TRUE(!handshake || handshake.value().trust == TrustFault::other);
}

TEST_F(ProbeHandshake, NoticesASignatureByAnotherKey) {
  test::TlsServerOptions options = showing(leaf(test::valid_now("DNS:a.example")));
  options.max_version = TLS1_2_VERSION;
  const test::TlsServerContext server = test::make_tls_server(options);
  const ScriptedPeer peer{[&server](PeerSocket& socket) {
    std::string answer = test::tls_answer(server, socket.receive(4096));
    // The last nine bytes are the ServerHelloDone and its record.
    answer[answer.size() - 12] = static_cast<char>(answer[answer.size() - 12] ^ 1);
    socket.send(answer);
    socket.wait_for_close();
  }};
  const auto handshake = probe(peer.port());
  ASSERT_TRUE(handshake);
  EXPECT_EQ(handshake.value().trust, TrustFault::other);
  EXPECT_EQ(handshake.value().trust_words, "the TLS handshake failed: bad signature");
}

TEST_F(ProbeHandshake, TakesAnAnswerThatComesByteByByte) {
  const test::TlsServerContext server =
      test::make_tls_server(showing(leaf(test::valid_now("DNS:a.example"))));
  const ScriptedPeer peer{[&server](PeerSocket& socket) {
    for (const char byte : test::tls_answer(server, socket.receive(4096))) {
      socket.send({&byte, 1});
    }
    socket.wait_for_close();
  }};
  const auto handshake = probe(peer.port());
  ASSERT_TRUE(handshake) << handshake.error().message;
  EXPECT_EQ(handshake.value().trust, TrustFault::none);
}

}  // namespace
}  // namespace compliance::probes::handshake_ending_test
