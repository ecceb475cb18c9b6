// Certificates have strong keys and signatures, and their key usage allows a TLS server.
#include <optional>
#include <string>
#include <string_view>

#include "checks/external_tls/shared/certificate_rule.h"

namespace compliance::external_tls {
namespace {

// NIST SP 800-131A: 112 bits of strength are 2048 bits of RSA or 224 of a curve, and 256 is the
// smallest curve that public certificates use.
constexpr std::uint32_t min_rsa_bits = 2048;
constexpr std::uint32_t min_curve_bits = 256;

// For the observed value of a verdict.
std::string_view key_name(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa:
      return "RSA";
    case KeyKind::elliptic_curve:
      return "elliptic curve";
    case KeyKind::edwards:
      return "Edwards curve";
    case KeyKind::other:
      return "another kind of key";
    case KeyKind::unread:
      return "unknown";
  }
  return "";
}

// Keys that could not be read are not weak: see unread_part().
bool has_weak_key(const Certificate& certificate) {
  switch (certificate.key_kind) {
    case KeyKind::rsa:
      return certificate.key_bits < min_rsa_bits;
    case KeyKind::elliptic_curve:
      return certificate.key_bits < min_curve_bits;
    case KeyKind::other:
      return true;
    case KeyKind::edwards:
    case KeyKind::unread:
      return false;
  }
  return false;
}

// Collisions of both are practical.
bool has_broken_digest(const Certificate& certificate) {
  return certificate.signature == SignatureDigest::md5 ||
         certificate.signature == SignatureDigest::sha1;
}

// What of the certificate could not be read; nothing when all of it was.
std::optional<std::string_view> unread_part(const Certificate& certificate) {
  if (certificate.key_kind == KeyKind::unread) {
    return "a key";
  }
  if (certificate.signature == SignatureDigest::unread) {
    return "a signature";
  }
  if (certificate.extensions_unread) {
    return "an extension";
  }
  return std::nullopt;
}

// "RSA, 1024 bits"
std::string shown_key(const Certificate& certificate) {
  return std::string{key_name(certificate.key_kind)} + ", " + std::to_string(certificate.key_bits) +
         " bits";
}

// For the observed value of a verdict.
std::string_view digest_name(SignatureDigest digest) {
  switch (digest) {
    case SignatureDigest::md5:
      return "MD5";
    case SignatureDigest::sha1:
      return "SHA-1";
    case SignatureDigest::strong:
      return "a strong digest";
    case SignatureDigest::unread:
      return "unknown";
  }
  return "";
}

// A known weakness fails before what could not be read makes it unknown. Only the server's own
// certificate has to allow a TLS server.
Verdict certificate_strength_verdict(const CertificateSubject& subject,
                                     const Installation& /*seen*/, const Policy& /*policy*/) {
  const auto& [certificate, name, own] = subject;
  if (has_weak_key(certificate)) {
    return with_expected_observed(fail(name + " has a weak key", Origin{}),
                                  "RSA of 2048 bits, or an elliptic curve of 256, or more",
                                  shown_key(certificate));
  }
  // No client verifies the signature of a root, which is its own.
  if (has_broken_digest(certificate) && !certificate.self_signed) {
    return with_expected_observed(fail(name + " is signed with a broken digest", Origin{}), "SHA-2",
                                  std::string{digest_name(certificate.signature)});
  }
  if (const auto unread = unread_part(certificate)) {
    return unknown(UnknownReason::unparsable,
                   name + " has " + std::string{*unread} + " that cannot be read", Origin{});
  }
  if (own && !certificate.usage_allows_server) {
    return fail(name + " has a key usage that does not allow a TLS server", Origin{});
  }
  return pass();
}

Verdicts evaluate_certificate_strength(const Installation& installation, const Policy& policy) {
  return evaluate_certificates(installation, policy, &certificate_strength_verdict);
}

}  // namespace

extern constinit const Check certificate_strength{
    .id = "external-tls-certificate-strength",
    .title = "Certificates of endpoints and of the Gateway have strong keys and signatures",
    .area = Area::external_tls,
    .severity = Severity::medium,
    .evidence = Source::secrets | Source::endpoint,
    .why = "A weak key or a forged signature lets an attacker impersonate the server.",
    .remediation =
        "Have the certificate reissued with an RSA key of at least 2048 bits or an elliptic curve "
        "of at least 256, SHA-256, and the key usage of a TLS server.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",
    .rule = RuleOnEach<Installation>{&evaluate_certificate_strength},
};
}  // namespace compliance::external_tls
