// The networks of a project, and what they decide about the ports of their members.
#pragma once

#include <vector>

#include "checks/facts/compose_network.h"
#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The top-level `networks`, by key; `default` is among them only if it is defined.
std::vector<ComposeNetwork> read_project_networks(const Value& model);

// Sets the host address of ports that state none where the networks of the container give them one,
// and the gateway modes that open all of its ports. Which of several networks publishes a port is
// up to the engine, so an address counts only where each of them gives one.
void apply_networks(Container& container, const std::vector<ComposeNetwork>& networks);

}  // namespace compliance::compose
