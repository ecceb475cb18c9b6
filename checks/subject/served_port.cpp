// The port that a service listens on, and where Kubernetes Services lead.
#include "checks/subject/served_port.h"

#include <algorithm>
#include <charconv>

#include "checks/subject/variable_text.h"

namespace compliance {
namespace {

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last && number > 0 ? std::optional{number} : std::nullopt;
}

bool is_same_pod(const Container& left, const Container& right) {
  return left.workload == right.workload && left.object_namespace == right.object_namespace;
}

bool selects(const ServiceObject& service, const Container& container) {
  return !service.selector.empty() && service.object_namespace == container.object_namespace &&
         std::all_of(service.selector.begin(), service.selector.end(), [&](const auto& wanted) {
           const auto label = container.pod_labels.find(wanted.first);
           return label != container.pod_labels.end() && label->second == wanted.second;
         });
}

}  // namespace

std::optional<std::uint16_t> packaged_port(Component component) {
  switch (component) {
    case Component::sts:
      return 8080;
    case Component::gateway:
      return 8081;
    case Component::audit:
      return 9090;
    case Component::api:
      return 3000;
    case Component::coordinator:
      return 4000;
    case Component::web:
      return 3002;
    case Component::postgres:
    case Component::redis:
    case Component::migrate:
    case Component::auth_migrate:
    case Component::replay_init:
    case Component::edge:
    case Component::other:
    case Component::installation:
      return std::nullopt;
  }
  return std::nullopt;
}

bool enforces_port(Component component) {
  return component == Component::sts || component == Component::gateway ||
         component == Component::audit;
}

Fact<std::uint16_t> served_port(const Container& container) {
  const auto packaged = packaged_port(container.component);
  const Fact<std::string> port = variable_text(container, "PORT");
  Fact<std::uint16_t> served{.origin = port.origin};
  if (!packaged) {
    return served;
  }
  if (port.fault) {
    served.fault = port.fault;
  } else if (port.absent() || port.value->empty()) {
    served.value = packaged;
  } else {
    served.value = port_number(trimmed(*port.value));
  }
  return served;
}

std::vector<const Container*> targets_of(const ServiceObject& service,
                                         const Installation& installation) {
  std::vector<const Container*> targets;
  for (const Container& container : installation.containers) {
    if (container.role == ContainerRole::main && packaged_port(container.component) &&
        selects(service, container)) {
      targets.push_back(&container);
    }
  }
  return targets;
}

std::optional<std::uint16_t> target_number(const ServicePort& port, const Container& container,
                                           const Installation& installation) {
  if (port.target_name.empty()) {
    return port.target_number.value_or(port.port);
  }
  for (const Container& candidate : installation.containers) {
    for (const DeclaredPort& declared : candidate.declared_ports) {
      if (is_same_pod(candidate, container) && declared.name == port.target_name) {
        return declared.number;
      }
    }
  }
  return std::nullopt;
}

bool is_port_of_sidecar(std::uint16_t port, const Container& container,
                        const Installation& installation) {
  return std::any_of(
      installation.containers.begin(), installation.containers.end(), [&](const Container& other) {
        return &other != &container && is_same_pod(other, container) &&
               std::any_of(
                   other.declared_ports.begin(), other.declared_ports.end(),
                   [port](const DeclaredPort& declared) { return declared.number == port; });
      });
}

}  // namespace compliance
