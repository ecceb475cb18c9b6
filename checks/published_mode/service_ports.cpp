// Ports that are declared, published and targeted are the ones that services serve.
#include "checks/check.h"
#include "checks/published_mode/shared/port_agreement.h"

namespace compliance::published_mode {
namespace {

void append(Verdicts& verdicts, const std::vector<PortClaim>& claims) {
  for (const PortClaim& claim : claims) {
    if (claim.fault) {
      verdicts.push_back(unknown(*claim.fault, claim.origin));
    } else if (claim.agrees) {
      verdicts.push_back(pass());
    } else {
      verdicts.push_back(with_expected_observed(fail(claim.message, claim.origin), claim.expected,
                                                claim.observed));
    }
  }
}

Verdicts evaluate_service_ports(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container& container : installation.containers()) {
    Verdicts own;
    append(own, port_claims(container));
    for (Verdict& verdict : own) {
      verdicts.push_back(attributed_to(std::move(verdict), container));
    }
  }
  const Pods pods{installation};
  for (const ServiceObject& service : installation.kubernetes.services) {
    Verdicts own;
    append(own, port_claims(service, pods));
    for (Verdict& verdict : own) {
      verdicts.push_back(attributed_to(std::move(verdict), service.component, service.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_ports{
    .id = "published-mode-service-ports",
    .title = "Declared, published and targeted ports are the ones that services serve",
    .area = Area::published_mode,
    .severity = Severity::low,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "A service with the wrong port does not start, or traffic meets a closed door and "
        "somebody opens another one in haste.",
    .remediation =
        "Leave PORT at sts 8080, gateway 8081, audit 9090 (packaged: api 3000, "
        "coordinator 4000, web 3002), and publish and target the same port.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_service_ports,
};
}  // namespace compliance::published_mode
