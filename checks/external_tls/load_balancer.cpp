// Public components that are open without an Ingress have TLS of their own.
#include "checks/external_tls/shared/direct_exposure.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

Verdict load_balancer_verdict(const Installation& installation, const DirectExposure& exposure) {
  if (exposure.fault) {
    return unknown(*exposure.fault, exposure.origin);
  }
  const Fact<bool> files = has_tls_files(installation, exposure.component);
  if (files.fault) {
    return unknown(*files.fault, files.origin);
  }
  if (files.is(true)) {
    return pass();
  }
  const auto trust = component_trust_verdict(installation, exposure.component);
  return trust ? resting_on(*trust, exposure.words + ": ", exposure.origin)
               : unknown(UnknownReason::not_configured,
                         exposure.words + ": no endpoint is configured that could prove TLS",
                         exposure.origin);
}

Verdicts evaluate_load_balancer(const Installation& installation, const Policy& /*policy*/) {
  if (!has_any(installation.configured, Evidence::compose | Evidence::kubernetes)) {
    return {unknown(UnknownReason::not_configured, "no files are configured that say what is open",
                    Origin{})};
  }
  Verdicts verdicts;
  for (const DirectExposure& exposure : direct_exposures(installation)) {
    verdicts.push_back(attributed_to(load_balancer_verdict(installation, exposure),
                                     exposure.component, exposure.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check load_balancer{
    .id = "external-tls-load-balancer",
    .title = "Public components that are open without an Ingress have TLS",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::endpoint,
    .why = "A load balancer or published port passes plain text on unless somebody ends TLS.",
    .remediation =
        "Give the gateway TLS_CERT_FILE and TLS_KEY_FILE, or configure the component's endpoint so "
        "that its TLS is seen.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/service/",
    .rule = &evaluate_load_balancer,
};
}  // namespace compliance::external_tls
