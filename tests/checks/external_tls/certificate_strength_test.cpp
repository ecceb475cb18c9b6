// external-tls-certificate-strength
#include <array>

#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"
#include "tests/checks/web_edge/consoles.h"

namespace compliance::test::certificate_strength_test {
namespace {

constexpr auto id = "external-tls-certificate-strength";

Certificate with_key(KeyKind kind, std::uint32_t bits) {
  Certificate certificate = good_certificate(1);
  certificate.key_kind = kind;
  certificate.key_bits = bits;
  return certificate;
}

Certificate signed_with(SignatureDigest digest) {
  Certificate certificate = good_certificate(1);
  certificate.signature = digest;
  return certificate;
}

struct KeyCase {
  const char* name;
  KeyKind kind;
  std::uint32_t bits;
  Outcome outcome;
};

TEST(ExternalTlsCertificateStrength, RequiresAnRsaKeyOf2048BitsOrACurveOf256) {
  constexpr auto cases = std::to_array<KeyCase>({
      {"RSA of 2048", KeyKind::rsa, 2048, Outcome::pass},
      {"RSA of 2047", KeyKind::rsa, 2047, Outcome::fail},
      {"RSA of 4096", KeyKind::rsa, 4096, Outcome::pass},
      {"RSA of 256", KeyKind::rsa, 256, Outcome::fail},
      {"curve of 256", KeyKind::elliptic_curve, 256, Outcome::pass},
      {"curve of 255", KeyKind::elliptic_curve, 255, Outcome::fail},
      {"Ed25519", KeyKind::edwards, 253, Outcome::pass},
      {"DSA of 3072", KeyKind::other, 3072, Outcome::fail},
      {"unread", KeyKind::unread, 0, Outcome::unknown},
  });
  for (const KeyCase& row : cases) {
    EXPECT_EQ(status_of(id, with_certificates({with_key(row.kind, row.bits)})), row.outcome)
        << row.name;
  }
}

TEST(ExternalTlsCertificateStrength, ShowsTheWeakKey) {
  const std::vector<std::pair<Certificate, std::string>> cases{
      {with_key(KeyKind::rsa, 1024), "RSA, 1024 bits"},
      {with_key(KeyKind::elliptic_curve, 224), "elliptic curve, 224 bits"},
      {with_key(KeyKind::other, 2048), "another kind of key, 2048 bits"},
  };
  for (const auto& [certificate, words] : cases) {
    const CheckResult result = result_of(id, with_certificates({certificate}));
    ASSERT_EQ(result.findings.size(), 1U);
    const Finding& finding = result.findings.front();
    EXPECT_EQ(finding.message, "the certificate has a weak key");
    EXPECT_EQ(finding.expected, "RSA of 2048 bits, or an elliptic curve of 256, or more");
    EXPECT_EQ(finding.observed, words);
    EXPECT_EQ(finding.component, Component::gateway);
    EXPECT_EQ(finding.origin.place.text(), "secrets/tls.crt");
    EXPECT_EQ(finding.severity, Severity::medium);
  }
}

TEST(ExternalTlsCertificateStrength, FailsForSignaturesWithBrokenDigests) {
  for (const auto& [digest, words] :
       {std::pair{SignatureDigest::md5, "MD5"}, std::pair{SignatureDigest::sha1, "SHA-1"}}) {
    const Finding finding =
        expect_fail(id, with_certificates({signed_with(digest)}),
                    "the certificate is signed with a broken digest", at_secret_file("tls.crt"));
    EXPECT_EQ(finding.expected, "SHA-2");
    EXPECT_EQ(finding.observed, words);
  }
  EXPECT_EQ(status_of(id, with_certificates({signed_with(SignatureDigest::strong)})),
            Outcome::pass);
  expect_unknown(id, with_certificates({signed_with(SignatureDigest::unread)}),
                 {.reason = UnknownReason::unparsable,
                  .message = "the certificate has a signature that cannot be read"},
                 at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateStrength, IgnoresTheDigestOfARoot) {
  Certificate root = signed_with(SignatureDigest::sha1);
  root.self_signed = true;
  EXPECT_EQ(status_of(id, with_certificates({root})), Outcome::pass);
  root.key_kind = KeyKind::rsa;
  root.key_bits = 1024;
  expect_fail(id, with_certificates({root}), "the certificate has a weak key",
              at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateStrength, EvaluatesIssuers) {
  Certificate authority = good_certificate(2);
  authority.signature = SignatureDigest::sha1;
  Installation installation = with_certificates({good_certificate(1), authority});
  EXPECT_EQ(result_of(id, installation).findings.front().message,
            "certificate 2 of the file is signed with a broken digest");
  installation.secrets.certificates.front().certificates.back().on_path = false;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsCertificateStrength, RequiresAServerKeyUsageOfTheServersCertificate) {
  Certificate client = good_certificate(1);
  client.usage_allows_server = false;
  expect_fail(id, with_certificates({client}),
              "the certificate has a key usage that does not allow a TLS server",
              at_secret_file("tls.crt"));
  Certificate authority = good_certificate(2);
  authority.usage_allows_server = false;
  EXPECT_EQ(status_of(id, with_certificates({good_certificate(1), authority})), Outcome::pass);
}

TEST(ExternalTlsCertificateStrength, IsUnknownForPartsThatCannotBeRead) {
  Certificate extensions = good_certificate(1);
  extensions.extensions_unread = true;
  extensions.usage_allows_server = false;
  const std::vector<std::pair<Certificate, std::string>> cases{
      {with_key(KeyKind::unread, 0), "the certificate has a key that cannot be read"},
      {signed_with(SignatureDigest::unread), "the certificate has a signature that cannot be read"},
      {extensions, "the certificate has an extension that cannot be read"},
  };
  for (const auto& [certificate, message] : cases) {
    expect_unknown(id, with_certificates({certificate}),
                   {.reason = UnknownReason::unparsable, .message = message},
                   at_secret_file("tls.crt"));
  }
}

TEST(ExternalTlsCertificateStrength, FailsForAWeakKeyEvenIfOtherPartsCannotBeRead) {
  Certificate certificate = with_key(KeyKind::rsa, 1024);
  certificate.signature = SignatureDigest::unread;
  expect_fail(id, with_certificates({certificate}), "the certificate has a weak key",
              at_secret_file("tls.crt"));
}

CheckResult evaluated(TrustFault fault, std::vector<Certificate> path) {
  TlsHandshake handshake = good_handshake();
  handshake.trust = fault;
  handshake.path = std::move(path);
  for (Certificate& certificate : handshake.path) {
    certificate.position = 7;
    certificate.on_path = false;
  }
  return result_of(id, with_endpoints({server_with(handshake)}));
}

TEST(ExternalTlsCertificateStrength, EvaluatesThePathOfEachServer) {
  EXPECT_EQ(evaluated(TrustFault::none, {good_certificate(1), good_certificate(2)}).status,
            Outcome::pass);
  const CheckResult weak = evaluated(TrustFault::none, {with_key(KeyKind::rsa, 1024)});
  ASSERT_EQ(messages_of(weak), std::vector<std::string>{"the certificate has a weak key"});
  EXPECT_EQ(weak.findings.front().observed, "RSA, 1024 bits");
  EXPECT_EQ(weak.findings.front().object, "endpoint web");
  EXPECT_EQ(weak.findings.front().origin, at_peer());
  EXPECT_EQ(messages_of(evaluated(TrustFault::unknown_issuer,
                                  {good_certificate(1), signed_with(SignatureDigest::sha1)})),
            std::vector<std::string>{"certificate 2 of the path is signed with a broken digest"});
}

TEST(ExternalTlsCertificateStrength, RequiresAServerKeyUsageOfTheFirstCertificateOfAPath) {
  Certificate client = good_certificate(1);
  client.usage_allows_server = false;
  expect_fail(evaluated(TrustFault::none, {client, good_certificate(2)}),
              "the certificate has a key usage that does not allow a TLS server", at_peer());
  EXPECT_EQ(evaluated(TrustFault::none, {good_certificate(1), client}).status, Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::certificate_strength_test
