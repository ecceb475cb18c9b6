// Thresholds that a site may change in its configuration. CATALOGUE.md describes the checks that
// read them.
#pragma once

#include <chrono>

namespace compliance {

// One policy holds for all installations of an exporter. Rules get it by reference and never keep
// it.
struct Policy {
  // Longest age of a secret file that still passes secrets-rotation-age. The product names no
  // number of days (FACTS.md 13.1).
  std::chrono::days secret_max_age{90};
  // Whether egress to any address on the ports 53 and 443 fails network-policy-egress-minimal. Off
  // by default: packaged examples need both ports (FACTS.md 5.5, T70).
  bool strict_egress = false;

  // Shortest validity that must be left for external-tls-certificate-expiry, capped at a fifth of
  // the certificate's life, so that short-lived certificates can pass at all.
  std::chrono::seconds certificate_min_validity{std::chrono::days{21}};

  // Shortest HSTS max-age that still passes web-edge-strict-transport-security.
  std::chrono::seconds hsts_min_max_age{std::chrono::days{180}};

  // Equal policies give equal verdicts on equal facts.
  bool operator==(const Policy&) const = default;
};

}  // namespace compliance
