// Every place that names the port of a service, and whether it names the port that is served.
#include "checks/published_mode/shared/port_agreement.h"

#include <algorithm>

namespace compliance {
namespace {

PortClaim agreeing(const Origin& origin) { return {.origin = origin}; }

PortClaim undecided(Fault fault, const Origin& origin) {
  return {.fault = std::move(fault), .origin = origin};
}

PortClaim differing(std::string message, std::uint16_t expected, std::string observed,
                    const Origin& origin) {
  return {.agrees = false,
          .message = std::move(message),
          .expected = std::to_string(expected),
          .observed = std::move(observed),
          .origin = origin};
}

PortClaim claim_of_setting(const Container& container, const Fact<std::uint16_t>& served) {
  const std::uint16_t packaged = packaged_port(container.component).value_or(0);
  if (served.fault) {
    return undecided(*served.fault, served.origin);
  }
  if (!served.value) {
    return differing("PORT is no port number", packaged, "no port number", served.origin);
  }
  if (enforces_port(container.component) && *served.value != packaged) {
    return differing("PORT is one that the service refuses", packaged,
                     std::to_string(*served.value), served.origin);
  }
  return agreeing(served.origin);
}

// More ports may be declared; the served one has to be among them.
std::optional<PortClaim> claim_of_declared(const Container& container, std::uint16_t served) {
  if (container.declared_ports.empty()) {
    return std::nullopt;
  }
  const bool among =
      std::any_of(container.declared_ports.begin(), container.declared_ports.end(),
                  [served](const DeclaredPort& port) { return port.number == served; });
  const DeclaredPort& first = container.declared_ports.front();
  return among ? agreeing(first.origin)
               : differing("the declared ports are not the one that is served", served,
                           std::to_string(first.number), first.origin);
}

PortClaim claim_of_published(const PublishedPort& port, std::uint16_t served) {
  if (port.fault) {
    return undecided(*port.fault, port.origin);
  }
  return port.container_first <= served && served <= port.container_last
             ? agreeing(port.origin)
             : differing("the published port leads to one that is not served", served,
                         std::to_string(port.container_first), port.origin);
}

// Whether the port leads to this container; `last` is what it leads to otherwise.
PortClaim claim_of_target(const ServicePort& port, const Container& container, const Pods& pods) {
  const Fact<std::uint16_t> served = served_port(container);
  if (!served.value) {
    return undecided(served.fault.value_or(Fault{.reason = UnknownReason::unresolved_reference,
                                                 .message = "PORT is no port number"}),
                     port.origin);
  }
  const auto target = pods.target_number(port, container);
  if (!target) {
    return differing("the Service targets a port name that no container declares", *served.value,
                     "a name that is not declared", port.origin);
  }
  return *target == *served.value || pods.is_port_of_sidecar(*target, container)
             ? agreeing(port.origin)
             : differing("the Service targets a port that is not served", *served.value,
                         std::to_string(*target), port.origin);
}

}  // namespace

std::vector<PortClaim> port_claims(const Container& container) {
  if (container.role != ContainerRole::main || !packaged_port(container.component)) {
    return {};
  }
  const Fact<std::uint16_t> served = served_port(container);
  std::vector<PortClaim> claims{claim_of_setting(container, served)};
  if (!served.value) {
    return claims;
  }
  if (auto declared = claim_of_declared(container, *served.value)) {
    claims.push_back(std::move(*declared));
  }
  for (const PublishedPort& port : container.published_ports) {
    if (port.protocol == "tcp") {
      claims.push_back(claim_of_published(port, *served.value));
    }
  }
  return claims;
}

std::vector<PortClaim> port_claims(const ServiceObject& service, const Pods& pods) {
  std::vector<PortClaim> claims;
  const std::vector<const Container*> targets = pods.selected_by(service);
  for (const ServicePort& port : service.ports) {
    // A Service of several components has to lead to one of them at least.
    std::optional<PortClaim> first;
    for (const Container* container : targets) {
      PortClaim claim = claim_of_target(port, *container, pods);
      const bool good = claim.agrees && !claim.fault;
      if (good || !first) {
        first = std::move(claim);
      }
      if (good) {
        break;
      }
    }
    if (first) {
      claims.push_back(*std::move(first));
    }
  }
  return claims;
}

}  // namespace compliance
