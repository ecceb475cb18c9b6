// How long certificates are still valid, and how long they should be.
#pragma once

#include <chrono>
#include <string>

#include "checks/external_tls/shared/certificate_rule.h"
#include "checks/facts/installation.h"
#include "checks/policy.h"

namespace compliance {

// Whether the certificate is valid now and for long enough. Source: checks.md,
// external-tls-certificate-expiry.
Verdict judge_life(const JudgedCertificate& judged, const Installation& seen, const Policy& policy);

// True when a certificate of the path had expired at that moment.
bool has_expired_part(const TlsHandshake& handshake, std::chrono::sys_seconds moment);

}  // namespace compliance
