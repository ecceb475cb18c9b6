// What must not be reachable is not.
#include "checks/internal_services/shared/exposed_port.h"

namespace compliance::internal_services {
namespace {

Verdicts evaluate_unreachable(const Installation& installation, const Policy& /*policy*/) {
  if (installation.probed.exposed_ports.empty()) {
    return {unknown(UnknownReason::not_configured,
                    "no addresses and ports that must not answer are configured", Origin{})};
  }
  Verdicts verdicts;
  for (const ExposedPort& port : installation.probed.exposed_ports) {
    verdicts.push_back(judge_exposed_port(port, installation));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check unreachable{
    .id = "internal-services-unreachable",
    .title = "Ports of internal services answer nobody outside",
    .area = Area::internal_services,
    .severity = Severity::critical,
    .evidence = Evidence::endpoint,
    .why = "Whoever reaches an internal service attacks it directly, past the edge.",
    .remediation =
        "Publish the port on loopback alone, make the Service ClusterIP or close it by a firewall; "
        "declare what is meant to be public in public_components.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_unreachable,
};
}  // namespace compliance::internal_services
