// Certificates of the Gateway are replaced before they expire.
#include <algorithm>

#include "checks/subject/certificate_rule.h"

namespace compliance::external_tls {
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

Verdict judge(const Certificate& certificate, const Installation& seen, const Policy& policy) {
  const std::string name = name_of(certificate);
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
  return left >= least ? pass()
                       : comparing(fail(name + " expires soon", Origin{}),
                                   "valid for at least " + in_words(least), in_words(left));
}

Verdicts evaluate(const Installation& installation, const Policy& policy) {
  return judge_certificates(installation, policy, &judge);
}

}  // namespace

extern constinit const Check certificate_expiry{
    .id = "external-tls-certificate-expiry",
    .title = "Certificate files of the Gateway do not expire soon",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::secret_files,
    .why = "With an expired certificate every client fails, or is taught to look away.",
    .remediation = "Renew the certificate, put the new file in place and restart the Gateway.",
    .reference = "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    .rule = RuleOnEach<Installation>{&evaluate},
};
}  // namespace compliance::external_tls
