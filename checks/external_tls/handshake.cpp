// Every https endpoint presents a valid certificate for its name. HSTS proves nothing of that kind:
// the console sends it over plain http too (FACTS.md T10).
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

// The verdict that other checks rest on; see checks/rules/endpoint_trust.h.
Verdicts handshake_verdict(const Endpoint& endpoint) { return {trust_verdict(endpoint)}; }

Verdicts evaluate_handshake(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &handshake_verdict);
}

}  // namespace

extern constinit const Check handshake{
    .id = "external-tls-handshake",
    .title = "Every https endpoint presents a valid certificate for its name",
    .area = Area::external_tls,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why =
        "If clients cannot verify the server, anyone on the network path can impersonate it and "
        "steal sessions and tokens.",
    .remediation =
        "Serve a certificate of an issuer that clients trust, with the host among its subject "
        "alternative names and all intermediate certificates; set ca_file for a private root.",
    .reference = "https://www.rfc-editor.org/rfc/rfc9525",
    .rule = &evaluate_handshake,
};
}  // namespace compliance::external_tls
