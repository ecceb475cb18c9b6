// What rules about certificates share: whom they judge, and how a certificate is called.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// What a rule says of one certificate at one moment.
using CertificateRule = Verdict (*)(const Certificate& certificate, const Installation& seen,
                                    const Policy& policy);

// The rule over every certificate on the path of every file; a file that could not be read is
// unknown. Verdicts have the file's place and its container.
Verdicts judge_certificates(const Installation& installation, const Policy& policy,
                            CertificateRule rule);

// "the certificate", or "certificate 2 of the file" for those that vouch for it.
std::string name_of(const Certificate& certificate);

}  // namespace compliance
