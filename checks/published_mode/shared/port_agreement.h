// Every place that names the port of a service, and whether it names the port that is served.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/caracal/served_port.h"
#include "checks/facts/installation.h"

namespace compliance {

struct PortClaim {
  bool agrees = true;
  std::optional<Fault> fault{};  // it can not be said
  std::string message{};         // of those that do not agree, as are the next two
  std::string expected{};
  std::string observed{};
  Origin origin{};
};

// PORT, the declared ports together, and each published TCP port of a container. Empty for
// components that serve no port of the table and for init and ephemeral containers.
std::vector<PortClaim> port_claims(const Container& container);

// Each port of a Service that selects containers with a served port.
std::vector<PortClaim> port_claims(const ServiceObject& service, const Pods& pods);

}  // namespace compliance
