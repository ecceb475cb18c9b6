// Endpoints refuse broken cipher suites, and choose one with forward secrecy.
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

Verdict judge_weak(const Fact<std::string>& weak) {
  if (!weak.value) {
    return unanswered(weak);
  }
  return weak.value->empty()
             ? pass()
             : with_expected_observed(fail("takes a broken cipher suite", weak.origin),
                                      "no NULL, anonymous, EXPORT, RC4, DES or 3DES suite",
                                      *weak.value);
}

Verdict judge_chosen(const Fact<TlsHandshake>& handshake) {
  if (!handshake.value) {
    return unanswered(handshake);
  }
  if (!handshake.value->protocol || handshake.value->suite.empty()) {
    return unknown(UnknownReason::not_observable,
                   "ended the handshake before it chose a cipher suite", handshake.origin);
  }
  return handshake.value->forward_secrecy
             ? pass()
             : with_expected_observed(
                   fail("chooses a cipher suite without forward secrecy", handshake.origin),
                   "an ephemeral key exchange", handshake.value->suite);
}

Verdicts cipher_suites_verdict(const Endpoint& endpoint) {
  return findings_or_pass(
      {judge_weak(endpoint.tls.weak_suite), judge_chosen(endpoint.tls.handshake)});
}

Verdicts evaluate_cipher_suites(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &cipher_suites_verdict);
}

}  // namespace

extern constinit const Check cipher_suites{
    .id = "external-tls-cipher-suites",
    .title = "Endpoints refuse broken cipher suites and have forward secrecy",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why =
        "A broken suite can be read or changed on the way; without forward secrecy whoever gets "
        "the key later reads what was recorded before.",
    .remediation = "Allow ECDHE suites with AES-GCM or ChaCha20 alone, or TLS 1.3.",
    .reference = "https://www.rfc-editor.org/rfc/rfc9325#section-4",
    .rule = &evaluate_cipher_suites,
};
}  // namespace compliance::external_tls
