// Certificate files for the tests of the checks of certificates.
#pragma once

#include <utility>
#include <vector>

#include "tests/support/facts.h"

namespace compliance::test {

// A certificate that passes every check, at this position of its file.
inline Certificate good_certificate(std::uint32_t position) {
  const Installation moment = compose_installation({});
  return {.not_before = moment.observed_at - std::chrono::days{100},
          .not_after = moment.observed_at + std::chrono::days{265},
          .key_kind = KeyKind::elliptic_curve,
          .key_bits = 256,
          .signature = SignatureDigest::strong,
          .authority = position > 1,
          .position = position,
          .on_path = true};
}

inline Installation with_certificates(std::vector<Certificate> certificates) {
  Installation installation = compose_installation({hardened_service(Component::gateway)});
  installation.configured = installation.configured | Source::secrets;
  installation.secrets.certificates = {{.object = "service gateway",
                                        .origin = at_secret_file("tls.crt"),
                                        .certificates = std::move(certificates),
                                        .in_order = true}};
  return installation;
}

}  // namespace compliance::test
