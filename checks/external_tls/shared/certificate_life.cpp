// How long certificates are still valid.
#include "checks/external_tls/shared/certificate_life.h"

#include <algorithm>

namespace compliance {
namespace {

// Whole days where there are any, else hours.
std::string in_words(std::chrono::seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time).count();
  return days > 1 ? std::to_string(days) + " days"
                  : std::to_string(std::chrono::floor<std::chrono::hours>(time).count()) + " hours";
}

// A certificate that lives for days cannot be weeks away from its end.
std::chrono::seconds least_validity(std::chrono::seconds life, const Policy& policy) {
  constexpr int share_of_life = 5;
  return std::min(policy.certificate_min_validity, life / share_of_life);
}

}  // namespace

Verdict judge_life(const JudgedCertificate& judged, const Installation& seen,
                   const Policy& policy) {
  const Certificate& certificate = judged.certificate;
  const std::string& name = judged.name;
  if (!certificate.not_before || !certificate.not_after) {
    return unknown(UnknownReason::unparsable, name + " has a date that cannot be read", Origin{});
  }
  if (seen.observed_at < *certificate.not_before) {
    return fail(name + " is not valid yet", Origin{});
  }
  const std::chrono::seconds left = *certificate.not_after - seen.observed_at;
  if (left < std::chrono::seconds{0}) {
    return fail(name + " has expired", Origin{});
  }
  const auto least = least_validity(*certificate.not_after - *certificate.not_before, policy);
  return left >= least
             ? pass()
             : with_expected_observed(fail(name + " expires soon", Origin{}),
                                      "valid for at least " + in_words(least), in_words(left));
}

bool has_expired_part(const TlsHandshake& handshake, std::chrono::sys_seconds moment) {
  return std::any_of(handshake.path.begin(), handshake.path.end(),
                     [moment](const Certificate& certificate) {
                       return certificate.not_after && *certificate.not_after < moment;
                     });
}

}  // namespace compliance
