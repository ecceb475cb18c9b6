// Which component each container of a pod is.
#include "exporter/observe/kubernetes/resolve/assign_components.h"

#include <algorithm>
#include <optional>
#include <string>

#include "exporter/observe/component_rules.h"

namespace compliance::kubernetes {
namespace {

const std::string& first_stated(const std::string& preferred, const std::string& otherwise) {
  return preferred.empty() ? otherwise : preferred;
}

ComponentClues own_clues(const Container& container) {
  return {.name = container.name,
          .command = container.command,
          .image_repository = container.image.repository};
}

bool may_be_named(const Container& container) {
  return container.role == ContainerRole::main && !container.injected;
}

// The main container that label and workload name speak for: the one that is that component by
// what it says itself, else the first.
const Container* named_container(std::span<const Container> containers, Component named) {
  const Container* first = nullptr;
  for (const Container& container : containers) {
    if (!may_be_named(container)) {
      continue;
    }
    if (named != Component::other && component_of(own_clues(container), {}) == named) {
      return &container;
    }
    first = first == nullptr ? &container : first;
  }
  return first;
}

// Tags of images that are not Caracal's say nothing about its release.
std::optional<Release> release_of(const Container& container, const std::string& version) {
  if (!is_packaged(container.component)) {
    return std::nullopt;
  }
  const auto tagged = parse_release(container.image.tag);
  return tagged ? tagged : parse_release(version);
}

}  // namespace

void assign_components(const Workload& workload, const KubernetesOptions& options,
                       std::span<Container> containers) {
  for (Container& container : containers) {
    container.injected =
        std::find(options.injected_containers.begin(), options.injected_containers.end(),
                  container.name) != options.injected_containers.end();
  }
  const ComponentClues pod{
      .workload = workload.metadata.name,
      .label = first_stated(workload.pod_labels.component, workload.metadata.labels.component)};
  const std::string& version =
      first_stated(workload.pod_labels.version, workload.metadata.labels.version);
  const Container* named = named_container(containers, component_of(pod, options.components));
  for (Container& container : containers) {
    ComponentClues clues = own_clues(container);
    if (&container == named) {
      clues.workload = pod.workload;
      clues.label = pod.label;
    }
    container.component =
        container.injected ? Component::other : component_of(clues, options.components);
    container.release = release_of(container, &container == named ? version : std::string{});
  }
}

Component component_of_service(const UnresolvedService& service, const KubernetesOptions& options) {
  ComponentClues clues{.name = service.metadata.name,
                       .workload = service.metadata.name,
                       .label = service.component_label};
  const std::string release = service.metadata.labels.instance + "-";
  if (release.size() > 1 && clues.name.compare(0, release.size(), release) == 0) {
    clues.name.erase(0, release.size());
  }
  return component_of(clues, options.components);
}

}  // namespace compliance::kubernetes
