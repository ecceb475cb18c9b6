// Endpoints accept TLS 1.2 or 1.3 and refuse older protocols.
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

constexpr auto expected_versions = "only TLSv1.2 or TLSv1.3";

// Whether the server accepts a current protocol; one is enough, even if the other gave no answer.
// A server that refuses every offer and the ordinary handshake too may be down.
Verdict current_protocol_verdict(const TlsAnswers& answers) {
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
  return with_expected_observed(fail("accepts neither TLS 1.2 nor TLS 1.3", newer.origin),
                                expected_versions, "neither");
}

// An old protocol fails by itself, whether or not a current one is accepted too.
Verdicts protocol_verdicts(const Endpoint& endpoint) {
  Verdicts verdicts{current_protocol_verdict(endpoint.tls)};
  for (const TlsProtocol protocol : {TlsProtocol::ssl3, TlsProtocol::tls1_0, TlsProtocol::tls1_1}) {
    const Fact<bool>& offer = endpoint.tls.offers(protocol);
    const std::string name{name_of(protocol)};
    if (!offer.value) {
      verdicts.push_back(unanswered(offer));
    } else if (*offer.value) {
      verdicts.push_back(
          with_expected_observed(fail("accepts " + name, offer.origin), expected_versions, name));
    }
  }
  return findings_or_pass(std::move(verdicts));
}

Verdicts evaluate_protocol_versions(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &protocol_verdicts);
}

}  // namespace

extern constinit const Check protocol_versions{
    .id = "external-tls-protocol-versions",
    .title = "Endpoints accept TLS 1.2 or 1.3 and refuse older protocols",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "Old protocols are broken, and an attacker on the network path can downgrade both sides to "
        "one.",
    .remediation = "Set the server's minimum protocol to TLS 1.2.",
    .reference = "https://www.rfc-editor.org/rfc/rfc8996",
    .rule = &evaluate_protocol_versions,
};
}  // namespace compliance::external_tls
