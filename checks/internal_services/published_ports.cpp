// Ports of internal components are published only on loopback. Docker opens published ports before
// the host's firewall sees them, so a firewall is no excuse.
#include "checks/caracal/public_components.h"
#include "checks/check.h"
#include "checks/internal_services/shared/service_exposure.h"
#include "checks/rules/port_exposure.h"

namespace compliance::internal_services {
namespace {

// An edge may publish 80 and 443; that is what it is for.
Verdicts published_port_verdicts(const Container& container) {
  if (has_host_network(container)) {
    return {unknown(UnknownReason::not_observable,
                    "uses the host's network: the ports that it opens there are not declared",
                    container.origin)};
  }
  const bool edge = container.component == Component::edge;
  Verdicts verdicts = open_gateway_verdicts(container);
  for (const PublishedPort& port : container.published_ports) {
    verdicts.push_back(edge && is_web_port(port) ? pass() : loopback_verdict(port));
  }
  return findings_or_pass(std::move(verdicts));
}

// Foreign members of Caracal's networks count: through them the internal services are reached.
Verdicts evaluate_published_ports(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  const std::set<std::string> networks = caracal_networks(installation);
  for (const Container& container : installation.containers()) {
    if (container.platform == Platform::compose && is_member(container, networks)) {
      append(verdicts, attributed_to(is_public(installation, container.component)
                                         ? Verdicts{pass()}
                                         : published_port_verdicts(container),
                                     container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check published_ports{
    .id = "internal-services-published-ports",
    .title = "Ports of internal services are published only on loopback",
    .area = Area::internal_services,
    .severity = Severity::critical,
    .evidence = Source::compose,
    .why = "A port on another address is open to the network, often bypassing the host's firewall.",
    .remediation = "Prefix the port with 127.0.0.1, or remove it from ports.",
    .reference = "https://docs.docker.com/engine/network/port-publishing/",
    .rule = &evaluate_published_ports,
};
}  // namespace compliance::internal_services
