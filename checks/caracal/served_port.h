// The port that a service listens on, and where Kubernetes Services lead. Source:
// FACTS.md 1.1, 2.3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance {

// The port of the packaged installation; nothing for components without one.
std::optional<std::uint16_t> packaged_port(Component component);

// sts, gateway and audit refuse to start on any other port than the packaged one.
bool enforces_port(Component component);

// The port that the container serves: PORT where it is set, else the packaged one. Absent when
// the component has none or PORT is not a port number; a fault when PORT is not known.
Fact<std::uint16_t> served_port(const Container& container);

// The containers of an installation by pod and by label, so that a Service finds its targets
// without looking at all of them. Valid as long as the installation. Const methods may run in
// several threads at once.
class Pods {
 public:
  // Keeps pointers into `installation`. Takes time linear in containers and labels.
  explicit Pods(const Installation& installation);

  // The main containers with a served port that the Service selects in its namespace.
  std::vector<const Container*> selected_by(const ServiceObject& service) const;

  // The container port that a port of a Service leads to in the pod of `container`: a name is
  // looked up among the ports that the containers of that pod declare. Nothing when none has it.
  std::optional<std::uint16_t> target_number(const ServicePort& port,
                                             const Container& container) const;

  // True when a container of the pod of `container`, other than it, declares the port.
  bool is_port_of_sidecar(std::uint16_t port, const Container& container) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<const Container*>>;

  // The containers of the pod, itself included. It has to be of the installation.
  const std::vector<const Container*>& pod_of(const Container& container) const;

  Index by_pod_;
  Index by_label_;
};

}  // namespace compliance
