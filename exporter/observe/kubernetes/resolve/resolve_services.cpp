// Finds which components each Service of the release leads to.
#include "exporter/observe/kubernetes/resolve/resolve_services.h"

#include <algorithm>

namespace compliance::kubernetes {
namespace {

// Components that take no connections, or stand beside those that do.
bool is_companion(Component component) {
  return component == Component::other || component == Component::edge ||
         component == Component::migrate || component == Component::auth_migrate ||
         component == Component::replay_init;
}

// The components of the containers, each once; no companions where there are others.
std::vector<Component> components_of(const std::vector<Container>& containers,
                                     const std::vector<std::size_t>& numbers) {
  std::vector<Component> components;
  for (const std::size_t number : numbers) {
    const Container& container = containers[number];
    if (container.role == ContainerRole::main && !container.injected) {
      components.push_back(container.component);
    }
  }
  std::sort(components.begin(), components.end());
  components.erase(std::unique(components.begin(), components.end()), components.end());
  if (!std::all_of(components.begin(), components.end(), is_companion)) {
    std::erase_if(components, is_companion);
  }
  return components;
}

}  // namespace

LabelSelector selector_of(const ServiceObject& service) {
  LabelSelector selector;
  for (const auto& [key, value] : service.selector) {
    selector.requirements.push_back({.key = key, .values = {value}});
  }
  return selector;
}

LabelIndex pods_of(const std::vector<Container>& containers) {
  LabelIndex pods;
  for (const Container& container : containers) {
    pods.add(container.object_namespace, container.pod_labels);
  }
  return pods;
}

void resolve_services(std::vector<ServiceObject>& services,
                      const std::vector<Container>& containers, const LabelIndex& pods) {
  for (ServiceObject& service : services) {
    // Without a selector somebody else says where it leads.
    if (!service.selector.empty()) {
      service.leads_to =
          components_of(containers, pods.matching(service.object_namespace, selector_of(service)));
    }
    if (service.leads_to.empty()) {
      service.leads_to = {service.component};
    }
  }
}

}  // namespace compliance::kubernetes
