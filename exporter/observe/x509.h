// X.509 certificates by OpenSSL, of files and of TLS servers, as facts.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include <openssl/x509.h>

#include "checks/facts/certificate.h"
#include "exporter/observe/source_text.h"

namespace compliance {

// Deletes what OpenSSL allocated.
struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// A certificate that is owned here. Functions that only look at certificates take X509*, as OpenSSL
// gives them for a connection.
using X509Certificate = std::unique_ptr<X509, FreeX509>;

// The same certificates, still owned by `certificates`.
std::vector<X509*> pointers(const std::vector<X509Certificate>& certificates);

// The certificates of PEM text in its order, at least one; blocks of other kinds are left alone,
// private keys among them. Faults name `place` and no content: unparsable (no certificate, a block
// that is broken or no certificate), limit_exceeded (more than `most`).
ReadResult<std::vector<X509Certificate>> read_certificates(std::string_view pem,
                                                           std::string_view place,
                                                           std::size_t most);

// The properties that rules judge, numbered from 1. The path from the first certificate to its
// issuers is marked, as far as these certificates hold it. What OpenSSL cannot read is absent or
// `unread`. Nothing is verified here: no trust, no dates, no signatures.
std::vector<Certificate> facts_of(const std::vector<X509*>& sources);

// True when each one is issued by the next, by names and key identifiers as OpenSSL compares them;
// true for a single one. Servers have to send them so (RFC 5246, 7.4.2); TLS 1.3 only recommends
// it.
bool are_in_order(const std::vector<X509*>& sources);

}  // namespace compliance
