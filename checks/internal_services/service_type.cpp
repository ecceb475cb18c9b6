// Services of internal components are reachable only inside the cluster.
#include <algorithm>

#include "checks/caracal/public_components.h"
#include "checks/check.h"
#include "checks/internal_services/shared/service_exposure.h"

namespace compliance::internal_services {
namespace {

// True of a Service without ports, which leads nowhere.
bool has_only_web_ports(const ServiceObject& service) {
  return std::all_of(service.ports.begin(), service.ports.end(),
                     [](const ServicePort& port) { return port.port == 80 || port.port == 443; });
}

// A component behind the Service that may not be exposed; nothing when all may.
std::optional<Component> internal_target(const Installation& installation,
                                         const ServiceObject& service) {
  for (const Component component : service.leads_to) {
    const bool edge = component == Component::edge && has_only_web_ports(service);
    if (!edge && !is_public(installation, component)) {
      return component;
    }
  }
  return std::nullopt;
}

// A Service of several components is closed unless all of them may be exposed.
Verdicts evaluate_service_type(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const ServiceObject& service : installation.kubernetes.services) {
    const auto internal = internal_target(installation, service);
    append(verdicts, attributed_to(findings_or_pass(internal ? exposures_of(service) : Verdicts{}),
                                   internal.value_or(service.component), service.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_type{
    .id = "internal-services-service-type",
    .title = "Services of internal components are reachable only inside the cluster",
    .area = Area::internal_services,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "NodePort, LoadBalancer and external addresses expose the Service, bypassing every "
        "Ingress.",
    .remediation =
        "Set type: ClusterIP and remove externalIPs and loadBalancerIP, or declare the component "
        "in public_components.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/service/",
    .rule = &evaluate_service_type,
};
}  // namespace compliance::internal_services
