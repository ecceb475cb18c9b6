// Thresholds that a site may change.
#pragma once

#include <chrono>

namespace compliance {

struct Policy {
  // Longest age of a secret file that still passes. Source: checks.md, secrets-rotation-age.
  std::chrono::days secret_max_age{90};
  // Whether egress to any address on the ports 53 and 443 fails. Source: checks.md,
  // network-policy-egress-minimal.
  bool strict_egress = false;

  // Least time that a certificate must still be valid, capped at a fifth of its life. Source:
  // checks.md, external-tls-certificate-expiry.
  std::chrono::seconds certificate_min_validity{std::chrono::days{21}};

  // Shortest HSTS max-age that still passes. Source: checks.md,
  // web-edge-strict-transport-security.
  std::chrono::seconds hsts_min_max_age{std::chrono::days{180}};

  bool operator==(const Policy&) const = default;
};

}  // namespace compliance
