// Runs a rule over the certificates of the configured files and of the https endpoints.
#include "checks/external_tls/shared/certificate_rule.h"

#include "checks/rules/endpoint_rule.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance {
namespace {

// `position` counts from 1; the first is the server's own.
std::string certificate_name(std::size_t position, const std::string& among) {
  return position == 1 ? "the certificate" : "certificate " + std::to_string(position) + among;
}

// Certificates of the file that are not on the server's path are never sent as such and left out.
Verdicts evaluate_file(const CertificateFile& file, const Installation& installation,
                       const Policy& policy, CertificateRule rule) {
  if (file.fault) {
    return {unknown(*file.fault, file.origin)};
  }
  Verdicts verdicts;
  for (const Certificate& certificate : file.certificates) {
    if (certificate.on_path) {
      const std::size_t position = certificate.position;
      verdicts.push_back(rule({.certificate = certificate,
                               .name = certificate_name(position, " of the file"),
                               .own = position == 1},
                              installation, policy));
      verdicts.back().origin = file.origin;
    }
  }
  return verdicts;
}

// Also of an endpoint whose certificate does not verify: what it presented is evaluated all the
// same.
Verdicts evaluate_endpoint(const Endpoint& endpoint, const Installation& installation,
                           const Policy& policy, CertificateRule rule) {
  const Fact<TlsHandshake>& handshake = endpoint.tls.handshake;
  if (!handshake.value) {
    return {unanswered(handshake)};
  }
  Verdicts verdicts;
  for (const Certificate& certificate : handshake.value->path) {
    const std::size_t position = verdicts.size() + 1;
    verdicts.push_back(rule({.certificate = certificate,
                             .name = certificate_name(position, " of the path"),
                             .own = position == 1},
                            installation, policy));
    verdicts.back().origin = handshake.origin;
  }
  if (verdicts.empty()) {
    verdicts.push_back(
        unknown(UnknownReason::unexpected_response, "presented no certificate", handshake.origin));
  }
  return verdicts;
}

}  // namespace

Verdicts evaluate_certificates(const Installation& installation, const Policy& policy,
                               CertificateRule rule) {
  Verdicts verdicts;
  for (const CertificateFile& file : installation.secrets.certificates) {
    append(verdicts, attributed_to(evaluate_file(file, installation, policy, rule), file.component,
                                   file.object));
  }
  for (const Endpoint* endpoint : asked_https_endpoints(installation)) {
    append(verdicts,
           attributed_to(evaluate_endpoint(*endpoint, installation, policy, rule), *endpoint));
  }
  if (verdicts.empty() && !has_any(installation.configured, Source::secrets)) {
    verdicts.push_back(
        unknown(UnknownReason::not_configured, "no https endpoint is asked", Origin{}));
  }
  return verdicts;
}

}  // namespace compliance
