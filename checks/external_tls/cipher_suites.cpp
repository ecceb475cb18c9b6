// Endpoints refuse broken cipher suites and choose one with forward secrecy.
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

// The server chose one although only broken suites were offered.
Verdict weak_suite_verdict(const Fact<std::string>& weak) {
  if (!weak.value) {
    return unanswered(weak);
  }
  return weak.value->empty()
             ? pass()
             : with_expected_observed(fail("accepts a broken cipher suite", weak.origin),
                                      "no NULL, anonymous, EXPORT, RC4, DES or 3DES suite",
                                      *weak.value);
}

// Of an ordinary offer, as a current client makes it; TLS 1.3 always has forward secrecy.
Verdict chosen_suite_verdict(const Fact<TlsHandshake>& handshake) {
  if (!handshake.value) {
    return unanswered(handshake);
  }
  if (!handshake.value->protocol || handshake.value->suite.empty()) {
    return unknown(UnknownReason::not_observable,
                   "ended the handshake before choosing a cipher suite", handshake.origin);
  }
  return handshake.value->forward_secrecy
             ? pass()
             : with_expected_observed(
                   fail("chooses a cipher suite without forward secrecy", handshake.origin),
                   "an ephemeral key exchange", handshake.value->suite);
}

// What the server chooses and what it would accept are two questions.
Verdicts suite_verdicts(const Endpoint& endpoint) {
  return findings_or_pass(
      {weak_suite_verdict(endpoint.tls.weak_suite), chosen_suite_verdict(endpoint.tls.handshake)});
}

Verdicts evaluate_cipher_suites(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &suite_verdicts);
}

}  // namespace

extern constinit const Check cipher_suites{
    .id = "external-tls-cipher-suites",
    .title = "Endpoints refuse broken cipher suites and use forward secrecy",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "Traffic under a broken suite can be decrypted or altered; without forward secrecy, anyone "
        "who later obtains the key can decrypt recorded traffic.",
    .remediation = "Allow only ECDHE suites with AES-GCM or ChaCha20, or TLS 1.3.",
    .reference = "https://www.rfc-editor.org/rfc/rfc9325#section-4",
    .rule = &evaluate_cipher_suites,
};
}  // namespace compliance::external_tls
