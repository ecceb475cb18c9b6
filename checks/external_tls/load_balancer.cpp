// Public components that are reached without an Ingress have TLS of their own.
#include <optional>
#include <string>
#include <vector>

#include "checks/caracal/public_components.h"
#include "checks/caracal/settings.h"
#include "checks/rules/endpoint_trust.h"
#include "checks/rules/port_exposure.h"

namespace compliance::external_tls {
namespace {

// A public component that is reached from outside without an Ingress or route.
struct DirectExposure {
  Component component = Component::web;
  std::string object{};
  std::string words{};           // how it is open, for the message
  std::optional<Fault> fault{};  // whether it is open is undecided
  Origin origin{};
};

constexpr std::uint16_t https_port = 443;

// How the Service is open to clients outside the cluster; nothing when it is not.
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

// One entry for each component behind the Service that may be exposed; others are findings of
// internal-services-service-type.
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

// Port 443 of the host, alone or in a range.
bool accepts_https(const PublishedPort& port) {
  return port.host_first <= https_port && https_port <= port.host_last;
}

// Only ports beyond loopback, or with an undecided binding.
void add_container(const Installation& installation, const Container& container,
                   std::vector<DirectExposure>& exposures) {
  const bool any = is_public(installation, container.component);
  for (const PublishedPort& port : container.published_ports) {
    const PortReach reach = reach_of(port);
    const bool counts = any || (container.component == Component::edge &&
                                (accepts_https(port) || reach == PortReach::undecided));
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

// Services of public components or an edge with type NodePort or LoadBalancer or with external
// addresses, and Compose ports on other addresses than loopback: of public components all, of an
// edge those that accept 443.
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

// True when the container has TLS_CERT_FILE and TLS_KEY_FILE.
Fact<bool> has_tls_files(const Container& gateway) {
  const Fact<bool> certificate = is_set(gateway, "TLS_CERT_FILE");
  return certificate.fault || certificate.is(false) ? certificate : is_set(gateway, "TLS_KEY_FILE");
}

// True when every container of the gateway has them; false for other components, which cannot
// terminate TLS.
Fact<bool> has_tls_files(const Installation& installation, Component component) {
  Fact<bool> result{.value = false};
  if (component != Component::gateway) {
    return result;
  }
  for (const Container* container : main_containers_of(installation, component)) {
    result = has_tls_files(*container);
    if (result.fault || result.is(false)) {
      break;
    }
  }
  return result;
}

// Files of the Gateway pass by themselves; everything else rests on the handshake.
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

// Endpoints alone do not show how a component is exposed.
Verdicts evaluate_load_balancer(const Installation& installation, const Policy& /*policy*/) {
  if (!has_any(installation.configured, Source::compose | Source::kubernetes)) {
    return {unknown(UnknownReason::not_configured,
                    "no Compose or Kubernetes files are configured that show what is exposed",
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
    .title = "Public components that are exposed without an Ingress have TLS",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why = "A load balancer or published port forwards plaintext unless something terminates TLS.",
    .remediation =
        "Give the gateway TLS_CERT_FILE and TLS_KEY_FILE, or configure the component's endpoint so "
        "that its TLS can be verified.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/service/",
    .rule = &evaluate_load_balancer,
};
}  // namespace compliance::external_tls
