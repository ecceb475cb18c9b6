// Certificates are replaced before they expire.
#include "checks/external_tls/shared/certificate_life.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

// What has expired may be an issuer that the server did not send.
Verdicts judge_unseen(const Installation& installation) {
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
  Verdicts verdicts = judge_certificates(installation, policy, &judge_life);
  for (Verdict& verdict : judge_unseen(installation)) {
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check certificate_expiry{
    .id = "external-tls-certificate-expiry",
    .title = "Certificates of endpoints and of the Gateway do not expire soon",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::secret_files | Evidence::endpoint,
    .why = "With an expired certificate every client fails, or is taught to look away.",
    .remediation =
        "Renew the certificate and those that vouch for it, and have the server that shows them "
        "(the edge, or the Gateway by its files) load the new ones.",
    .reference = "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    .rule = RuleOnEach<Installation>{&evaluate_certificate_expiry},
};
}  // namespace compliance::external_tls
