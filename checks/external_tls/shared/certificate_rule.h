// What rules about certificates share: whom they judge, and how a certificate is called.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// A certificate of a file, or of the path of a TLS server.
struct JudgedCertificate {
  const Certificate& certificate;
  std::string name{};  // "the certificate", or "certificate 2 of the file", "of the path"
  bool own = false;    // the server's own, not one that vouches for it
};

// What a rule says of one certificate at one moment.
using CertificateRule = Verdict (*)(const JudgedCertificate& judged, const Installation& seen,
                                    const Policy& policy);

// The rule over every certificate on the path of every file and of every https endpoint that is
// asked; a file that could not be read and an endpoint that showed no certificate are unknown.
// Verdicts have the file's place and its container, or the endpoint. Unknown, not_configured where
// there is neither a configured secret file nor an https endpoint.
Verdicts judge_certificates(const Installation& installation, const Policy& policy,
                            CertificateRule rule);

}  // namespace compliance
