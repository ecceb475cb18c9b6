// Which component of Caracal a container is, by its name, label, command or image.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/container.h"

namespace compliance {

// What is known of a container, or of a Service, when its component is asked for. An empty field is
// a clue that is missing; it matches no rule.
struct ComponentClues {
  std::string name{};      // service or container name
  std::string workload{};  // Kubernetes workload name, for the configuration's `components`
  std::string label{};     // app.kubernetes.io/component
  std::vector<std::string> command{};  // entrypoint, command and arguments
  std::string image_repository{};
};

// The component by the first rule that matches: the configuration, the component label, a program
// that only Caracal's images have, the name, the image. `other` when none does. `configured` maps
// service or workload names to components (configuration, `components`). Objects of a Helm release
// are called RELEASE-caracal-SERVICE (FACTS.md 5.1, T68), so names count from behind the product's.
Component component_of(const ComponentClues& clues,
                       const std::map<std::string, Component>& configured);

// "ghcr.io/x/y:v1@sha256:..." in its parts; registry ports are not taken for tags. Parts that are
// not written are empty: no tag is not "latest", which only the engine adds.
Image parse_image(const std::string& reference);

}  // namespace compliance
