// The ordinary handshake with servers whose certificates prove nothing.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/tls/handshake_fixture.h"

namespace compliance::probes::handshake_trust_test {
namespace {

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

}  // namespace
}  // namespace compliance::probes::handshake_trust_test
