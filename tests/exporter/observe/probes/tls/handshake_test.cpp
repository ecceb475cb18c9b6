// The ordinary handshake with servers of all kinds of names, keys, protocols and suites.
#include <future>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/tls/handshake_fixture.h"

namespace compliance::probes::handshake_test {
namespace {

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
}  // namespace compliance::probes::handshake_test
