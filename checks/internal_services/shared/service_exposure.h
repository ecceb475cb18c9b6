// Ways by which data stores and Services are open to others than those beside them.
#pragma once

#include <vector>

#include "checks/check.h"

namespace compliance {

// A port passes on loopback alone, fails elsewhere, and is unknown where a variable decides.
Verdict judge_on_loopback(const PublishedPort& port);

// What opens a container of a data store: ports on other addresses than loopback, host ports, the
// host's network. Passes may be among them.
Verdicts exposures_of(const Container& store);

// What opens a Service to others than the cluster: its type, external addresses, that of a load
// balancer. Empty when nothing does.
Verdicts exposures_of(const ServiceObject& service);

}  // namespace compliance
