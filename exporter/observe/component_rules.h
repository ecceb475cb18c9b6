// Which component a container is: the first rule of checks.md that matches.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/container.h"

namespace compliance {

// What is known of a container when its component is asked for.
struct ComponentClues {
  std::string name{};      // service or container name
  std::string workload{};  // Kubernetes workload name, for the configuration's `components`
  std::string label{};     // app.kubernetes.io/component
  std::vector<std::string> command{};  // entrypoint, command and arguments
  std::string image_repository{};
};

// `configured` maps service or workload names to components (configuration, `components`).
Component component_of(const ComponentClues& clues,
                       const std::map<std::string, Component>& configured);

// "ghcr.io/x/y:v1@sha256:..." in its parts; registry ports are not taken for tags.
Image parse_image(const std::string& reference);

}  // namespace compliance
