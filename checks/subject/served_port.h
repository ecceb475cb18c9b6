// The port that a service listens on, and where Kubernetes Services lead. Source: facts 1.1, 2.3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/subject/installation.h"

namespace compliance {

// The port of the packaged installation; nothing for components that serve none of the table.
std::optional<std::uint16_t> packaged_port(Component component);

// sts, gateway and audit refuse to start on any other port than the packaged one.
bool enforces_port(Component component);

// The port that the container serves: PORT where it is set, else the packaged one. Absent when
// the component serves none or PORT is no port number; a fault when PORT cannot be known.
Fact<std::uint16_t> served_port(const Container& container);

// The main containers with a served port that the Service selects in its namespace.
std::vector<const Container*> targets_of(const ServiceObject& service,
                                         const Installation& installation);

// The container port that a port of a Service leads to in the pod of `container`: a name is looked
// up among the ports that the containers of that pod declare. Nothing when none has the name.
std::optional<std::uint16_t> target_number(const ServicePort& port, const Container& container,
                                           const Installation& installation);

// True when a container of the pod of `container`, other than it, declares the port.
bool is_port_of_sidecar(std::uint16_t port, const Container& container,
                        const Installation& installation);

}  // namespace compliance
