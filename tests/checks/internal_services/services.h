// Services of Kubernetes for the tests of what is exposed.
#pragma once

#include <string>
#include <vector>

#include "tests/support/facts.h"

namespace compliance::test {

// A Service of the component with one port; absent and empty type: ClusterIP.
inline ServiceObject service_of_type(Component component, const std::string& type,
                                     std::uint16_t port = 3000) {
  ServiceObject service{.name = "caracal-x",
                        .object_namespace = "caracal",
                        .object = "Service caracal-x",
                        .component = component,
                        .leads_to = {component},
                        .ports = {{.name = "http", .port = port}},
                        .origin = at(Source::kubernetes, 40, 1)};
  service.type.origin = at(Source::kubernetes, 41, 9);
  if (!type.empty()) {
    service.type.value = type;
  }
  return service;
}

inline CheckResult result_for(std::string_view id, std::vector<ServiceObject> services,
                              std::vector<Component> declared = {Component::web}) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.services = std::move(services);
  installation.public_components = std::move(declared);
  return result_of(id, installation);
}

}  // namespace compliance::test
