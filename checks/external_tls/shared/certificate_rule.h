// Runs a rule over the certificates of the configured files and of the https endpoints.
#pragma once

#include <string>

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance {

// A certificate of a file, or of the path of a TLS server.
struct CertificateSubject {
  const Certificate& certificate;
  std::string name{};  // "the certificate", or "certificate 2 of the file", "of the path"
  bool own = false;    // the server's own, not an issuer's
};

// The verdict on one certificate at the moment of the observation.
using CertificateRule = Verdict (*)(const CertificateSubject& subject, const Installation& seen,
                                    const Policy& policy);

// Evaluates every certificate on the path of every file and of every probed https endpoint. A file
// that could not be read and an endpoint that presented no certificate are unknown. Verdicts have
// the file's origin and its container, or the endpoint. Unknown, not_configured without a
// configured secret file and without an https endpoint.
Verdicts evaluate_certificates(const Installation& installation, const Policy& policy,
                               CertificateRule rule);

}  // namespace compliance
