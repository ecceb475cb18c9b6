// Certificates have keys and signatures that hold, and may serve TLS.
#include "checks/external_tls/shared/certificate_key.h"
#include "checks/external_tls/shared/certificate_rule.h"

namespace compliance::external_tls {
namespace {

Verdict certificate_strength_verdict(const JudgedCertificate& judged, const Installation& /*seen*/,
                                     const Policy& /*policy*/) {
  const auto& [certificate, name, own] = judged;
  if (has_weak_key(certificate)) {
    return with_expected_observed(fail(name + " has a weak key", Origin{}),
                                  "RSA of 2048 bits, or an elliptic curve of 256, or more",
                                  key_in_words(certificate));
  }
  // Nobody relies on the signature that a root puts under itself.
  if (has_broken_digest(certificate) && !certificate.self_signed) {
    return with_expected_observed(fail(name + " is signed with a broken digest", Origin{}), "SHA-2",
                                  std::string{name_of(certificate.signature)});
  }
  if (const auto unread = unread_part(certificate)) {
    return unknown(UnknownReason::unparsable,
                   name + " has " + std::string{*unread} + " that cannot be read", Origin{});
  }
  if (own && !certificate.usage_allows_server) {
    return fail(name + " has a key usage that allows no TLS server", Origin{});
  }
  return pass();
}

Verdicts evaluate_certificate_strength(const Installation& installation, const Policy& policy) {
  return judge_certificates(installation, policy, &certificate_strength_verdict);
}

}  // namespace

extern constinit const Check certificate_strength{
    .id = "external-tls-certificate-strength",
    .title = "Certificates of endpoints and of the Gateway have strong keys and signatures",
    .area = Area::external_tls,
    .severity = Severity::medium,
    .evidence = Evidence::secret_files | Evidence::endpoint,
    .why = "A weak key or a forged signature lets somebody else answer in the server's name.",
    .remediation =
        "Have the certificate issued anew: an RSA key of at least 2048 bits or an elliptic "
        "curve of at least 256, SHA-256, and the usage of a TLS server.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",
    .rule = RuleOnEach<Installation>{&evaluate_certificate_strength},
};
}  // namespace compliance::external_tls
