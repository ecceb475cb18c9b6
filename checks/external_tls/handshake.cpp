// Every https endpoint proves its name.
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

Verdicts handshake_verdict(const Endpoint& endpoint) { return {trust_verdict(endpoint)}; }

Verdicts evaluate_handshake(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_https_endpoints(installation, &handshake_verdict);
}

}  // namespace

extern constinit const Check handshake{
    .id = "external-tls-handshake",
    .title = "Every https endpoint proves its name by a valid certificate",
    .area = Area::external_tls,
    .severity = Severity::critical,
    .evidence = Evidence::endpoint,
    .why =
        "Where clients cannot verify the server, anybody on the way can answer in its place and "
        "take sessions and tokens.",
    .remediation =
        "Serve a certificate of an issuer that clients know, with the host among its subject "
        "alternative names and all intermediate certificates; name a private root in ca_file.",
    .reference = "https://www.rfc-editor.org/rfc/rfc9525",
    .rule = &evaluate_handshake,
};
}  // namespace compliance::external_tls
