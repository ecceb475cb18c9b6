// A certificate as seen from outside: dates, key and signature, no names and no key material. For
// certificates in files and for those that a TLS server shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"

namespace compliance {

// The family of the public key: minimum sizes differ between families (NIST SP 800-57).
enum class KeyKind : std::uint8_t {
  rsa,             // RSA-PSS keys too
  elliptic_curve,  // ECDSA
  edwards,         // Ed25519, Ed448
  other,           // DSA and whatever else was read
  unread,          // an algorithm or a curve that could not be read
};

// The digest under the issuer's signature. Collisions of MD5 and SHA-1 let an attacker forge one.
enum class SignatureDigest : std::uint8_t {
  md5,  // MD2 and MD4 too
  sha1,
  strong,  // SHA-2, SHA-3, and signatures that hash within themselves
  unread,  // an algorithm that could not be read
};

// One certificate of a file or of a chain.
struct Certificate {
  // As written in the certificate; absent where the time could not be read.
  std::optional<std::chrono::sys_seconds> not_before{};
  std::optional<std::chrono::sys_seconds> not_after{};
  KeyKind key_kind = KeyKind::unread;
  // Size of the modulus (RSA) or of the curve's field, in bits; 0 where the key was not read.
  std::uint32_t key_bits = 0;
  SignatureDigest signature = SignatureDigest::unread;
  bool self_signed = false;  // a root, or a certificate that nobody else vouches for
  bool authority = false;    // basic constraints: it may sign others
  // False when key usage or extended key usage exclude a TLS server; absent extensions allow it
  // (RFC 5280, 4.2.1.3 and 4.2.1.12).
  bool usage_allows_server = true;
  bool extensions_unread = false;  // an extension that could not be read
  std::uint32_t position = 0;      // in the file, from 1; the first one is the server's own
  // The server's own, or one that issued another on the path.
  bool on_path = false;

  // By what is kept here: two certificates with equal dates and keys compare equal.
  bool operator==(const Certificate&) const = default;
};

// The certificate file that a container serves TLS with.
struct CertificateFile {
  Component component = Component::gateway;
  std::string object{};  // of the container
  Origin origin{};       // the file, or the variable that names it where no file is seen
  // Not seen from here (not_observable), not there, not readable, no certificate in it.
  std::optional<Fault> fault{};
  std::vector<Certificate> certificates{};  // in file order
  bool in_order = false;                    // each one is issued by the next

  // A file that moved differs although its certificates are the same.
  bool operator==(const CertificateFile&) const = default;
};

}  // namespace compliance
