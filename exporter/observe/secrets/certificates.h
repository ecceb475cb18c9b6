// Parses certificate files into dates, keys and signatures. A private key that is in one never
// leaves this folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "checks/facts/certificate.h"
#include "exporter/observe/source_text.h"

namespace compliance::secrets {

// The longest certificate file that is read, in bytes, and the most certificates in one.
inline constexpr std::size_t max_certificate_bytes = 1U << 20U;
inline constexpr std::size_t max_certificates = 100;

// The certificates of one file.
struct CertificateChain {
  std::vector<Certificate> certificates{};  // in file order, the path from the first one marked
  bool in_order = false;                    // each one is issued by the next
};

// The certificates of PEM text, as the Gateway reads them: blocks of other kinds are left alone,
// private keys among them. Faults name `place` and no content: unparsable (no certificate, a block
// that is broken or no certificate), limit_exceeded.
ReadResult<CertificateChain> parse_certificates(std::string_view pem, std::string_view place);

// Reads and parses a certificate file; a missing, unreadable or unparsable one has a fault. The
// caller sets component and object.
CertificateFile observe_certificate_file(const std::filesystem::path& path);

}  // namespace compliance::secrets
