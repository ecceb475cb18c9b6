// Certificates made on the spot with OpenSSL, good ones and strange ones.
#pragma once

#include <chrono>
#include <string>

namespace compliance::test {

// What a certificate shall be; the default is one that a public authority would give a server.
struct CertificatePlan {
  std::string name = "gateway.sample.test";
  std::chrono::sys_seconds not_before{std::chrono::seconds{1'800'000'000}};
  std::chrono::sys_seconds not_after{std::chrono::seconds{1'800'000'000} + std::chrono::days{90}};
  std::string key = "P-256";      // an elliptic curve, or RSA-1024, RSA-2048, ED25519, DSA
  std::string digest = "SHA256";  // empty for keys that hash within themselves
  bool authority = false;
  std::string key_usage{};           // as OpenSSL's configuration files write it; empty: absent
  std::string extended_key_usage{};  // the same
  std::string alternative_names{};   // the same: "DNS:a.example,IP:127.0.0.1"
};

// The same, but valid by the clock of this machine from yesterday on.
CertificatePlan valid_now(const std::string& alternative_names);

struct MadeCertificate {
  std::string pem{};
  std::string key_pem{};
};

// Signed by `issuer`, or by itself when null.
MadeCertificate make_certificate(const CertificatePlan& plan, const MadeCertificate* issuer);

// The PEM of a certificate with something else in its DER bytes: every `old` becomes `fresh`, which
// must be as long. Its signature is then wrong, which no reader of files looks at.
std::string with_bytes(const std::string& pem, const std::string& old, const std::string& fresh);

}  // namespace compliance::test
