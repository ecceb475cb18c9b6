// The port that a service listens on, and where Kubernetes Services lead.
#include "checks/caracal/served_port.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <utility>

#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// 1 to 65535; 0 is no port to serve on.
std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last && number > 0 ? std::optional{number} : std::nullopt;
}

// No name of Kubernetes holds a line break, so it parts keys without ambiguity.
std::string pod_key(const Container& container) {
  return container.object_namespace + '\n' + container.workload;
}

// selected_by() compares the labels again, so an ambiguous key does no harm.
std::string label_key(const std::string& in_namespace,
                      const std::pair<const std::string, std::string>& label) {
  return in_namespace + '\n' + label.first + '\n' + label.second;
}

// All of `wanted`, with equal values: the selector of a Service is a conjunction.
bool has_labels(const Container& container, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& label) {
    const auto found = container.pod_labels.find(label.first);
    return found != container.pod_labels.end() && found->second == label.second;
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
  // postgres, redis and jobs: PORT means nothing to them.
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

Pods::Pods(const Installation& installation) {
  for (const Container& container : installation.containers()) {
    by_pod_[pod_key(container)].push_back(&container);
    if (container.role != ContainerRole::main || !packaged_port(container.component)) {
      continue;
    }
    for (const auto& label : container.pod_labels) {
      by_label_[label_key(container.object_namespace, label)].push_back(&container);
    }
  }
}

std::vector<const Container*> Pods::selected_by(const ServiceObject& service) const {
  // Start from the rarest label. A Service without selector has no targets here: its endpoints are
  // made by somebody else.
  const std::vector<const Container*>* fewest = nullptr;
  for (const auto& label : service.selector) {
    const auto found = by_label_.find(label_key(service.object_namespace, label));
    if (found == by_label_.end()) {
      return {};
    }
    if (fewest == nullptr || found->second.size() < fewest->size()) {
      fewest = &found->second;
    }
  }
  std::vector<const Container*> targets;
  if (fewest != nullptr) {
    std::copy_if(
        fewest->begin(), fewest->end(), std::back_inserter(targets),
        [&](const Container* container) { return has_labels(*container, service.selector); });
  }
  return targets;
}

std::optional<std::uint16_t> Pods::target_number(const ServicePort& port,
                                                 const Container& container) const {
  if (port.target_name.empty()) {
    return port.target_number.value_or(port.port);
  }
  // A sidecar may declare the port: a proxy that listens for the service.
  for (const Container* candidate : pod_of(container)) {
    const auto& ports = candidate->declared_ports;
    const auto target = std::find_if(ports.begin(), ports.end(), [&port](const DeclaredPort& one) {
      return one.name == port.target_name;
    });
    if (target != ports.end()) {
      return target->number;
    }
  }
  return std::nullopt;
}

bool Pods::is_port_of_sidecar(std::uint16_t port, const Container& container) const {
  const auto& pod = pod_of(container);
  return std::any_of(pod.begin(), pod.end(), [&](const Container* other) {
    return other != &container &&
           std::any_of(other->declared_ports.begin(), other->declared_ports.end(),
                       [port](const DeclaredPort& declared) { return declared.number == port; });
  });
}

const std::vector<const Container*>& Pods::pod_of(const Container& container) const {
  // Every container of the installation has been entered.
  return by_pod_.at(pod_key(container));
}

}  // namespace compliance
