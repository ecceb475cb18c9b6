// Which keys and digests of certificates are strong enough.
#include "checks/external_tls/shared/certificate_key.h"

namespace compliance {
namespace {

constexpr std::uint32_t least_rsa_bits = 2048;
constexpr std::uint32_t least_curve_bits = 256;

std::string_view name_of(KeyKind kind) {
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

}  // namespace

bool has_weak_key(const Certificate& certificate) {
  switch (certificate.key_kind) {
    case KeyKind::rsa:
      return certificate.key_bits < least_rsa_bits;
    case KeyKind::elliptic_curve:
      return certificate.key_bits < least_curve_bits;
    case KeyKind::other:
      return true;
    case KeyKind::edwards:
    case KeyKind::unread:
      return false;
  }
  return false;
}

bool has_broken_digest(const Certificate& certificate) {
  return certificate.signature == SignatureDigest::md5 ||
         certificate.signature == SignatureDigest::sha1;
}

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

std::string key_in_words(const Certificate& certificate) {
  return std::string{name_of(certificate.key_kind)} + ", " + std::to_string(certificate.key_bits) +
         " bits";
}

std::string_view name_of(SignatureDigest digest) {
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

}  // namespace compliance
