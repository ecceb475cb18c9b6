// X.509 certificates by OpenSSL: what files and TLS servers show -> facts.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include <openssl/x509.h>

#include "checks/facts/certificate.h"
#include "exporter/observe/source_text.h"

namespace compliance {

struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

using X509Certificate = std::unique_ptr<X509, FreeX509>;

std::vector<X509*> pointers(const std::vector<X509Certificate>& certificates);

// The certificates of PEM text in its order, at least one; blocks of other kinds are left alone,
// private keys among them. Faults name `place` and no content: unparsable (no certificate, a block
// that is broken or no certificate), limit_exceeded (more than `most`).
ReadResult<std::vector<X509Certificate>> read_certificates(std::string_view pem,
                                                           std::string_view place,
                                                           std::size_t most);

// What rules see of them, numbered from 1, the path from the first one marked.
std::vector<Certificate> facts_of(const std::vector<X509*>& sources);

// True when each one is issued by the next.
bool are_in_order(const std::vector<X509*>& sources);

}  // namespace compliance
