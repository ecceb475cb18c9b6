// Public components that are reached from outside without an Ingress or route.
#include "checks/external_tls/shared/direct_exposure.h"

#include "checks/caracal/public_components.h"
#include "checks/caracal/settings.h"
#include "checks/rules/port_exposure.h"

namespace compliance {
namespace {

constexpr std::uint16_t https_port = 443;

// How the Service is open to others than the cluster; nothing when it is not.
std::optional<Located<std::string>> opening_of(const ServiceObject& service) {
  for (const char* const type : {"NodePort", "LoadBalancer"}) {
    if (service.type.is(type)) {
      return Located<std::string>{.value = std::string{"is open by type "} + type,
                                  .origin = service.type.origin};
    }
  }
  if (!service.external_ips.empty()) {
    return Located<std::string>{.value = "is open by externalIPs",
                                .origin = service.external_ips.front().origin};
  }
  return std::nullopt;
}

void add_service(const Installation& installation, const ServiceObject& service,
                 std::vector<DirectExposure>& exposures) {
  const auto opening = opening_of(service);
  if (!opening) {
    return;
  }
  for (const Component component : service.leads_to) {
    if (may_be_exposed(installation, component)) {
      exposures.push_back({.component = component,
                           .object = service.object,
                           .words = opening->value,
                           .origin = opening->origin});
    }
  }
}

bool takes_https(const PublishedPort& port) {
  return port.host_first <= https_port && https_port <= port.host_last;
}

void add_container(const Installation& installation, const Container& container,
                   std::vector<DirectExposure>& exposures) {
  const bool any = is_public(installation, container.component);
  for (const PublishedPort& port : container.published_ports) {
    const PortReach reach = reach_of(port);
    const bool counts = any || (container.component == Component::edge &&
                                (takes_https(port) || reach == PortReach::undecided));
    if (counts && reach != PortReach::loopback) {
      exposures.push_back({.component = container.component,
                           .object = container.object,
                           .words = words_for(port),
                           .fault = port.fault,
                           .origin = port.origin});
    }
  }
}

// Set and not empty; an empty variable is an unset one.
Fact<bool> is_set(const Container& container, std::string_view variable) {
  const Fact<std::string> text = variable_text(container, variable);
  return {.value = !text.value.value_or("").empty(), .origin = text.origin, .fault = text.fault};
}

}  // namespace

std::vector<DirectExposure> direct_exposures(const Installation& installation) {
  std::vector<DirectExposure> exposures;
  for (const ServiceObject& service : installation.kubernetes.services) {
    add_service(installation, service, exposures);
  }
  for (const Container& container : installation.containers()) {
    add_container(installation, container, exposures);
  }
  return exposures;
}

Fact<bool> has_tls_files(const Installation& installation, Component component) {
  Fact<bool> result{.value = false};
  if (component != Component::gateway) {
    return result;
  }
  for (const Container* container : containers_of(installation, component)) {
    if (container->role != ContainerRole::main) {
      continue;
    }
    for (const char* const variable : {"TLS_CERT_FILE", "TLS_KEY_FILE"}) {
      Fact<bool> set = is_set(*container, variable);
      if (set.fault || set.is(false)) {
        return set;
      }
      result = std::move(set);
    }
  }
  return result;
}

}  // namespace compliance
