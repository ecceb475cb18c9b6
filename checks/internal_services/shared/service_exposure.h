// How data stores and Services are exposed beyond their project or cluster.
#pragma once

#include <vector>

#include "checks/check.h"
#include "checks/facts/container.h"
#include "checks/facts/kubernetes_objects.h"

namespace compliance {

// A port passes on loopback alone, fails elsewhere, and is unknown where a variable decides.
Verdict loopback_verdict(const PublishedPort& port);

// A finding for each network of the container that opens all of its ports, published or not.
Verdicts open_gateway_verdicts(const Container& container);

// What exposes a container of a data store: ports on other addresses than loopback, open gateways,
// host ports, the host's network. Passes may be among them.
Verdicts exposures_of(const Container& store);

// What exposes a Service outside the cluster: its type, external addresses, that of a load
// balancer. Empty when nothing does.
Verdicts exposures_of(const ServiceObject& service);

}  // namespace compliance
