// Certificates are replaced before they expire: those that endpoints present, with their issuers,
// and those of the Gateway's files.
#include <algorithm>
#include <chrono>
#include <string>

#include "checks/external_tls/shared/certificate_rule.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

// Whole days where there are any, else hours.
std::string in_words(std::chrono::seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time).count();
  return days > 1 ? std::to_string(days) + " days"
                  : std::to_string(std::chrono::floor<std::chrono::hours>(time).count()) + " hours";
}

// A certificate that lives for days cannot be weeks away from its end.
std::chrono::seconds min_validity(std::chrono::seconds life, const Policy& policy) {
  constexpr int share_of_life = 5;
  return std::min(policy.certificate_min_validity, life / share_of_life);
}

// Whether the certificate is valid now and for long enough.
Verdict certificate_verdict(const CertificateSubject& subject, const Installation& seen,
                            const Policy& policy) {
  const Certificate& certificate = subject.certificate;
  const std::string& name = subject.name;
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
  const auto min = min_validity(*certificate.not_after - *certificate.not_before, policy);
  return left >= min
             ? pass()
             : with_expected_observed(fail(name + " expires soon", Origin{}),
                                      "valid for at least " + in_words(min), in_words(left));
}

// Certificates that the endpoint showed; each of them has a verdict of its own.
bool has_expired_part(const TlsHandshake& handshake, std::chrono::sys_seconds moment) {
  return std::any_of(handshake.path.begin(), handshake.path.end(),
                     [moment](const Certificate& certificate) {
                       return certificate.not_after && *certificate.not_after < moment;
                     });
}

// What has expired may be an issuer that the server did not send.
Verdicts expired_issuers(const Installation& installation) {
  Verdicts verdicts;
  for (const Endpoint* endpoint : asked_https_endpoints(installation)) {
    const Fact<TlsHandshake>& handshake = endpoint->tls.handshake;
    if (handshake.value && handshake.value->trust == TrustFault::expired &&
        !has_expired_part(*handshake.value, installation.observed_at)) {
      verdicts.push_back(attributed_to(
          fail("an issuer of the certificate has expired", handshake.origin), *endpoint));
    }
  }
  return verdicts;
}

Verdicts evaluate_certificate_expiry(const Installation& installation, const Policy& policy) {
  Verdicts verdicts = evaluate_certificates(installation, policy, &certificate_verdict);
  append(verdicts, expired_issuers(installation));
  return verdicts;
}

}  // namespace

extern constinit const Check certificate_expiry{
    .id = "external-tls-certificate-expiry",
    .title = "Certificates of endpoints and of the Gateway do not expire soon",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::secrets | Source::endpoint,
    .why = "With an expired certificate every client fails, or users learn to ignore the warning.",
    .remediation =
        "Renew the certificate and its issuers, and have the server that presents them (the edge, "
        "or the Gateway by its files) load the new ones.",
    .reference = "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    .rule = RuleOnEach<Installation>{&evaluate_certificate_expiry},
};
}  // namespace compliance::external_tls
