// What a TLS server showed: its certificates, the protocols and suites that it accepts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/certificate.h"
#include "checks/facts/fact.h"

namespace compliance {

// In the order of age, the oldest first.
enum class TlsProtocol : std::uint8_t { ssl3, tls1_0, tls1_1, tls1_2, tls1_3 };

inline constexpr std::array tls_protocols{TlsProtocol::ssl3, TlsProtocol::tls1_0,
                                          TlsProtocol::tls1_1, TlsProtocol::tls1_2,
                                          TlsProtocol::tls1_3};

// As the label `protocol` names them: "SSLv3", "TLSv1.0" and so on.
std::string_view name_of(TlsProtocol protocol);

// Why the server's certificate does not prove its name; the first that applies. Names are verified
// as RFC 9525 says: by subject alternative names only.
enum class TrustFault : std::uint8_t {
  none,
  expired,
  not_yet_valid,
  self_signed,     // the server's own certificate is its only one and no known root
  unknown_issuer,  // the chain ends at a root that is not known here
  incomplete,      // an issuer is missing: neither sent nor known
  wrong_name,      // no subject alternative name matches; the common name does not count
  other,
};

// The ordinary handshake of a client that verifies, SNI included.
struct TlsHandshake {
  TrustFault trust = TrustFault::other;
  std::string trust_words{};  // the library's words for `other`, empty for the rest
  // The verified path, the server's own first; what the server sent where there is none.
  std::vector<Certificate> path{};
  // Absent where the handshake ended before the server chose, for example in TLS 1.2 when it
  // demanded a certificate of the client and refused to go on without.
  std::optional<TlsProtocol> protocol{};
  std::string suite{};  // IANA's name
  bool forward_secrecy = false;
  bool client_certificate_demanded = false;

  // With the certificates of the path: a renewed certificate makes a difference.
  bool operator==(const TlsHandshake&) const = default;
};

// All handshakes of one endpoint: one that verifies, and offers that no sane server accepts.
struct TlsAnswers {
  // A fault where no certificate was seen.
  Fact<TlsHandshake> handshake{};
  // By tls_protocols: whether the server takes an offer of that protocol alone; a fault where it
  // said nothing in time or answered with no TLS.
  std::array<Fact<bool>, tls_protocols.size()> offered{};
  // What the server chose of an offer of weak suites alone (NULL, anonymous, EXPORT, RC4, DES,
  // 3DES), by IANA's name; empty when it refused them all.
  Fact<std::string> weak_suite{};

  // The answer to an offer of that protocol alone.
  const Fact<bool>& offers(TlsProtocol protocol) const {
    return offered.at(static_cast<std::size_t>(protocol));
  }
  bool operator==(const TlsAnswers&) const = default;
};

}  // namespace compliance
