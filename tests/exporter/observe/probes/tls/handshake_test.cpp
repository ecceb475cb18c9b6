// The ordinary handshake with sound, faulty and strange servers.
#include <chrono>
#include <future>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/probes/tls/tls_probe.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_peer.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_server.h"

namespace compliance::probes {
namespace {

using namespace std::chrono_literals;
using test::CertificatePlan;
using test::MadeCertificate;
using test::PeerSocket;
using test::ScriptedPeer;

constexpr auto ample = 20s;
constexpr auto scant = 300ms;

CertificatePlan authority(const std::string& name) {
  CertificatePlan plan = test::valid_now("");
  plan.name = name;
  plan.authority = true;
  return plan;
}

// A root, an intermediate, and a directory with the root's file.
class ProbeHandshake : public testing::Test {
 protected:
  MadeCertificate leaf(const CertificatePlan& plan) const {
    return test::make_certificate(plan, &intermediate);
  }

  // A server that shows the certificate and the intermediate.
  test::TlsServerOptions showing(const MadeCertificate& certificate) const {
    return {.chain_pem = certificate.pem + intermediate.pem, .key_pem = certificate.key_pem};
  }

  Observed<TlsHandshake> probe(std::uint16_t port, const std::string& name = "a.example",
                               std::chrono::milliseconds time = ample) const {
    const TlsTarget target{
        .peer = {.host = "127.0.0.1", .port = port}, .server_name = name, .ca_file = ca_file};
    return probe_handshake(target, Resolver{}, Deadline::after(time));
  }

  TlsHandshake seen(const test::TlsServerOptions& options,
                    const std::string& name = "a.example") const {
    const test::TlsServerContext server = test::make_tls_server(options);
    const ScriptedPeer peer{[&server](PeerSocket& socket) { test::serve_tls(socket, server); }};
    const auto handshake = probe(peer.port(), name);
    EXPECT_TRUE(handshake) << handshake.error().message;
    return handshake ? handshake.value() : TlsHandshake{};
  }

  Fault fault_of(const ScriptedPeer::Script& script, std::chrono::milliseconds time = ample) const {
    const ScriptedPeer peer{script};
    const auto handshake = probe(peer.port(), "a.example", time);
    EXPECT_FALSE(handshake);
    return handshake ? Fault{} : handshake.error();
  }

  const MadeCertificate root = test::make_certificate(authority("root"), nullptr);
  const MadeCertificate intermediate = test::make_certificate(authority("intermediate"), &root);
  const test::TemporaryDirectory directory{};
  const std::string ca_file = directory.write("ca.pem", root.pem);
};

TEST_F(ProbeHandshake, ProvesTheNameOfASoundServer) {
  const TlsHandshake handshake = seen(showing(leaf(test::valid_now("DNS:a.example"))));
  EXPECT_EQ(handshake.trust, TrustFault::none);
  EXPECT_EQ(handshake.trust_words, "");
  ASSERT_EQ(handshake.path.size(), 3U);
  EXPECT_EQ(handshake.path.front().position, 1U);
  EXPECT_EQ(handshake.path.front().key_kind, KeyKind::elliptic_curve);
  EXPECT_EQ(handshake.path.front().key_bits, 256U);
  EXPECT_TRUE(handshake.path.back().self_signed);
  for (const Certificate& certificate : handshake.path) {
    EXPECT_TRUE(certificate.on_path);
  }
  EXPECT_EQ(handshake.protocol, TlsProtocol::tls1_3);
  EXPECT_EQ(handshake.suite, "TLS_AES_256_GCM_SHA384");
  EXPECT_TRUE(handshake.forward_secrecy);
  EXPECT_FALSE(handshake.client_certificate_demanded);
}

struct NameCase {
  const char* names;
  const char* server_name;
  TrustFault trust;
};

TEST_F(ProbeHandshake, ComparesNamesAsBrowsersDo) {
  for (const NameCase& entry :
       {NameCase{"DNS:b.example,DNS:A.Example", "a.example", TrustFault::none},
        NameCase{"DNS:a.example", "a.example.", TrustFault::none},
        NameCase{"DNS:*.example.org", "a.example.org", TrustFault::none},
        NameCase{"DNS:*.example.org", "example.org", TrustFault::wrong_name},
        NameCase{"DNS:*.example.org", "a.b.example.org", TrustFault::wrong_name},
        NameCase{"DNS:a*.example.org", "ab.example.org", TrustFault::wrong_name},
        NameCase{"DNS:b.example", "a.example", TrustFault::wrong_name},
        NameCase{"DNS:a.example.org", "a.example", TrustFault::wrong_name},
        NameCase{"IP:192.0.2.1", "192.0.2.1", TrustFault::none},
        NameCase{"IP:2001:db8::1", "2001:db8::1", TrustFault::none},
        NameCase{"IP:192.0.2.1", "192.0.2.2", TrustFault::wrong_name},
        NameCase{"DNS:192.0.2.1", "192.0.2.1", TrustFault::wrong_name}}) {
    EXPECT_EQ(seen(showing(leaf(test::valid_now(entry.names))), entry.server_name).trust,
              entry.trust)
        << entry.names << " " << entry.server_name;
  }
}

TEST_F(ProbeHandshake, TakesNoCommonNameForAName) {
  CertificatePlan plan = test::valid_now("");
  plan.name = "a.example";
  EXPECT_EQ(seen(showing(leaf(plan))).trust, TrustFault::wrong_name);
}

TEST_F(ProbeHandshake, SendsTheNameButNoAddress) {
  const auto name_sent = [this](const std::string& server_name) {
    std::promise<std::string> hello;
    const ScriptedPeer peer{
        [&hello](PeerSocket& socket) { hello.set_value(socket.receive(4096)); }};
    EXPECT_FALSE(probe(peer.port(), server_name));
    return hello.get_future().get().find(server_name) != std::string::npos;
  };
  EXPECT_TRUE(name_sent("a.example"));
  EXPECT_FALSE(name_sent("192.0.2.1"));
}

TEST_F(ProbeHandshake, ConnectsToNobodyWhoseNameCanBeNone) {
  for (const std::string name : {"", ".", ".example"}) {
    const auto handshake = probe(1, name);
    ASSERT_FALSE(handshake) << name;
    EXPECT_EQ(handshake.error().reason, UnknownReason::dns_failure) << name;
  }
}

TEST_F(ProbeHandshake, TellsOfDates) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  CertificatePlan expired = test::valid_now("DNS:a.example");
  expired.not_before = now - std::chrono::days{10};
  expired.not_after = now - std::chrono::days{1};
  const TlsHandshake handshake = seen(showing(leaf(expired)));
  EXPECT_EQ(handshake.trust, TrustFault::expired);
  EXPECT_EQ(handshake.path.size(), 3U);
  EXPECT_EQ(handshake.path.front().not_after, expired.not_after);
  CertificatePlan early = test::valid_now("DNS:a.example");
  early.not_before = now + std::chrono::days{1};
  EXPECT_EQ(seen(showing(leaf(early))).trust, TrustFault::not_yet_valid);
}

TEST_F(ProbeHandshake, TellsOfAnExpiredIntermediate) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  CertificatePlan plan = authority("old");
  plan.not_after = now - std::chrono::hours{1};
  const MadeCertificate old = test::make_certificate(plan, &root);
  const MadeCertificate own = test::make_certificate(test::valid_now("DNS:a.example"), &old);
  EXPECT_EQ(seen({.chain_pem = own.pem + old.pem, .key_pem = own.key_pem}).trust,
            TrustFault::expired);
}

TEST_F(ProbeHandshake, TellsOfExpiryFirst) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  CertificatePlan plan = test::valid_now("DNS:b.example");
  plan.not_after = now - std::chrono::hours{1};
  const MadeCertificate own = test::make_certificate(plan, nullptr);
  EXPECT_EQ(seen({.chain_pem = own.pem, .key_pem = own.key_pem}).trust, TrustFault::expired);
}

TEST_F(ProbeHandshake, TellsOfACertificateThatSignsItself) {
  const MadeCertificate own = test::make_certificate(test::valid_now("DNS:b.example"), nullptr);
  const TlsHandshake handshake = seen({.chain_pem = own.pem, .key_pem = own.key_pem});
  EXPECT_EQ(handshake.trust, TrustFault::self_signed);
  ASSERT_EQ(handshake.path.size(), 1U);
  EXPECT_TRUE(handshake.path.front().on_path);
}

TEST_F(ProbeHandshake, TrustsACertificateThatSignsItselfAndIsKnown) {
  const MadeCertificate own = test::make_certificate(test::valid_now("DNS:a.example"), nullptr);
  directory.write("ca.pem", root.pem + own.pem);
  EXPECT_EQ(seen({.chain_pem = own.pem, .key_pem = own.key_pem}).trust, TrustFault::none);
}

TEST_F(ProbeHandshake, TellsOfAnUnknownRoot) {
  const MadeCertificate other = test::make_certificate(authority("other"), nullptr);
  const MadeCertificate own = test::make_certificate(test::valid_now("DNS:a.example"), &other);
  const TlsHandshake handshake = seen({.chain_pem = own.pem + other.pem, .key_pem = own.key_pem});
  EXPECT_EQ(handshake.trust, TrustFault::unknown_issuer);
  EXPECT_EQ(handshake.path.size(), 2U);
}

TEST_F(ProbeHandshake, TellsOfAMissingIssuer) {
  const MadeCertificate own = leaf(test::valid_now("DNS:b.example"));
  const TlsHandshake handshake = seen({.chain_pem = own.pem, .key_pem = own.key_pem});
  EXPECT_EQ(handshake.trust, TrustFault::incomplete);
  EXPECT_EQ(handshake.path.size(), 1U);
}

TEST_F(ProbeHandshake, FindsThePathInAChainOutOfOrder) {
  const MadeCertificate own = leaf(test::valid_now("DNS:a.example"));
  const MadeCertificate other = test::make_certificate(authority("other"), nullptr);
  const TlsHandshake handshake = seen(
      {.chain_pem = own.pem + other.pem + root.pem + intermediate.pem, .key_pem = own.key_pem});
  EXPECT_EQ(handshake.trust, TrustFault::none);
  EXPECT_EQ(handshake.path.size(), 3U);
}

TEST_F(ProbeHandshake, GivesTheLibrarysWordsForTheRest) {
  CertificatePlan plan = test::valid_now("DNS:a.example");
  plan.extended_key_usage = "clientAuth";
  const TlsHandshake handshake = seen(showing(leaf(plan)));
  EXPECT_EQ(handshake.trust, TrustFault::other);
  EXPECT_FALSE(handshake.trust_words.empty());
  EXPECT_FALSE(handshake.path.front().usage_allows_server);
}

TEST_F(ProbeHandshake, SeesWeakCertificates) {
  CertificatePlan plan = test::valid_now("DNS:a.example");
  plan.key = "RSA-1024";
  plan.digest = "SHA1";
  const TlsHandshake handshake = seen(showing(leaf(plan)));
  EXPECT_EQ(handshake.trust, TrustFault::none);
  EXPECT_EQ(handshake.path.front().key_kind, KeyKind::rsa);
  EXPECT_EQ(handshake.path.front().key_bits, 1024U);
  EXPECT_EQ(handshake.path.front().signature, SignatureDigest::sha1);
}

TEST_F(ProbeHandshake, SeesCertificatesOfWeakCurves) {
  for (const std::string curve : {"P-224", "P-192", "secp256k1", "brainpoolP256r1"}) {
    CertificatePlan plan = test::valid_now("DNS:a.example");
    plan.key = curve;
    test::TlsServerOptions options = showing(leaf(plan));
    options.max_version = TLS1_2_VERSION;
    const TlsHandshake handshake = seen(options);
    EXPECT_EQ(handshake.trust, TrustFault::none) << curve;
    EXPECT_EQ(handshake.path.front().key_kind, KeyKind::elliptic_curve) << curve;
  }
}

TEST_F(ProbeHandshake, SeesOldProtocols) {
  for (const auto& [version, protocol] :
       std::map<int, TlsProtocol>{{TLS1_VERSION, TlsProtocol::tls1_0},
                                  {TLS1_1_VERSION, TlsProtocol::tls1_1},
                                  {TLS1_2_VERSION, TlsProtocol::tls1_2}}) {
    test::TlsServerOptions options = showing(leaf(test::valid_now("DNS:a.example")));
    options.max_version = version;
    const TlsHandshake handshake = seen(options);
    EXPECT_EQ(handshake.protocol, protocol);
    EXPECT_EQ(handshake.trust, TrustFault::none);
  }
}

struct SuiteCase {
  const char* openssl;
  const char* iana;
  bool forward_secrecy;
};

TEST_F(ProbeHandshake, TellsWhetherTheSuiteHasForwardSecrecy) {
  CertificatePlan plan = test::valid_now("DNS:a.example");
  plan.key = "RSA-2048";
  test::TlsServerOptions options = showing(leaf(plan));
  options.max_version = TLS1_2_VERSION;
  for (const SuiteCase& entry :
       {SuiteCase{"AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256", false},
        SuiteCase{"DHE-RSA-AES128-SHA", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", true},
        SuiteCase{"ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                  true}}) {
    options.suites = entry.openssl;
    const TlsHandshake handshake = seen(options);
    EXPECT_EQ(handshake.suite, entry.iana);
    EXPECT_EQ(handshake.forward_secrecy, entry.forward_secrecy) << entry.iana;
  }
}

TEST_F(ProbeHandshake, JudgesAServerThatDemandsACertificate) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    test::TlsServerOptions options = showing(leaf(test::valid_now("DNS:a.example")));
    options.demands_certificate = true;
    options.max_version = version;
    const TlsHandshake handshake = seen(options);
    EXPECT_EQ(handshake.trust, TrustFault::none);
    EXPECT_TRUE(handshake.client_certificate_demanded);
    EXPECT_EQ(handshake.path.size(), 3U);
    EXPECT_EQ(handshake.suite.empty(), false);
  }
}

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

TEST_F(ProbeHandshake, SaysWhatIsWrongWithTheFileOfRoots) {
  const ScriptedPeer peer{[](PeerSocket& socket) { socket.wait_for_close(); }};
  directory.write("ca.pem", "no certificate");
  EXPECT_EQ(probe(peer.port()).error().reason, UnknownReason::unparsable);
  const TlsTarget target{.peer = {.host = "127.0.0.1", .port = peer.port()},
                         .server_name = "a.example",
                         .ca_file = ca_file + ".missing"};
  EXPECT_EQ(probe_handshake(target, Resolver{}, Deadline::after(ample)).error().reason,
            UnknownReason::missing_object);
}

TEST_F(ProbeHandshake, DoesNotTrustAnUnknownRootForTheSystemsSake) {
  const test::TlsServerContext server =
      test::make_tls_server(showing(leaf(test::valid_now("DNS:a.example"))));
  const ScriptedPeer peer{[&server](PeerSocket& socket) { test::serve_tls(socket, server); }};
  const TlsTarget target{.peer = {.host = "127.0.0.1", .port = peer.port()},
                         .server_name = "a.example"};
  const auto handshake = probe_handshake(target, Resolver{}, Deadline::after(ample));
  ASSERT_TRUE(handshake);
  EXPECT_EQ(handshake.value().trust, TrustFault::incomplete);
}

}  // namespace
}  // namespace compliance::probes
