// Endpoints speak TLS 1.2 or 1.3, and nothing older.
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

constexpr auto expected_versions = "TLSv1.2 or TLSv1.3 alone";

// Whether one of the current protocols is taken; a second one that gave no answer changes nothing.
// A server that refuses every offer and the ordinary handshake too may be out of order.
Verdict judge_current(const TlsAnswers& answers) {
  const Fact<bool>& older = answers.offers(TlsProtocol::tls1_2);
  const Fact<bool>& newer = answers.offers(TlsProtocol::tls1_3);
  if (older.is(true) || newer.is(true)) {
    return pass();
  }
  for (const Fact<bool>* offer : {&older, &newer}) {
    if (!offer->value) {
      return unanswered(*offer);
    }
  }
  if (answers.handshake.fault && !takes_any_offer(answers)) {
    return unanswered(answers.handshake);
  }
  return with_expected_observed(fail("takes neither TLS 1.2 nor TLS 1.3", newer.origin),
                                expected_versions, "neither");
}

Verdicts protocol_versions_verdict(const Endpoint& endpoint) {
  Verdicts verdicts{judge_current(endpoint.tls)};
  for (const TlsProtocol protocol : {TlsProtocol::ssl3, TlsProtocol::tls1_0, TlsProtocol::tls1_1}) {
    const Fact<bool>& offer = endpoint.tls.offers(protocol);
    const std::string name{name_of(protocol)};
    if (!offer.value) {
      verdicts.push_back(unanswered(offer));
    } else if (*offer.value) {
      verdicts.push_back(
          with_expected_observed(fail("takes " + name, offer.origin), expected_versions, name));
    }
  }
  return findings_or_pass(std::move(verdicts));
}

Verdicts evaluate_protocol_versions(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &protocol_versions_verdict);
}

}  // namespace

extern constinit const Check protocol_versions{
    .id = "external-tls-protocol-versions",
    .title = "Endpoints take TLS 1.2 or 1.3 and refuse older protocols",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why = "Old protocols have known breaks, and somebody on the way can talk both sides into one.",
    .remediation = "Set the server's least protocol to TLS 1.2.",
    .reference = "https://www.rfc-editor.org/rfc/rfc8996",
    .rule = &evaluate_protocol_versions,
};
}  // namespace compliance::external_tls
