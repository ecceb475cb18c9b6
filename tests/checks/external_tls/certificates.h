// Certificate files for the tests of the rules about them.
#pragma once

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test {

// One that passes every rule, at this position of its file.
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
  installation.configured = installation.configured | Evidence::secret_files;
  installation.secrets.certificates = {
      {.object = "service gateway",
       .origin = {.source = Source::secrets, .place = Location{"secrets/tls.crt"}},
       .certificates = std::move(certificates),
       .in_order = true}};
  return installation;
}

inline void expect_unknown_for_unread_file(std::string_view check_id) {
  Installation installation = with_certificates({});
  installation.secrets.certificates.front().fault =
      Fault{.reason = UnknownReason::missing_object, .message = "it is not there"};
  const CheckResult result = result_of(check_id, installation);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().message, "it is not there");
  EXPECT_EQ(result.findings.front().object, "service gateway");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::missing_object});
}

inline void expect_nothing_without_file(std::string_view check_id) {
  Installation installation = with_certificates({});
  installation.secrets.certificates.clear();
  EXPECT_EQ(status_of(check_id, installation), Outcome::not_applicable);
  installation.configured = Evidence::compose;
  EXPECT_EQ(result_of(check_id, installation).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

}  // namespace compliance::test
