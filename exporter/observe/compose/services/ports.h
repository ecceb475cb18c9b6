// Reads `ports` and `expose` of a service.
#pragma once

#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// Every published port, in all short and long forms; the later of two equal ones counts. What
// Compose refuses is refused; an entry that depends on a variable without value has a fault and
// holds what is known without it.
ParseResult<std::vector<PublishedPort>> read_ports(const Value& service);

// The ports of `expose`, ranges one by one. limit_exceeded after 65,536: a few texts could
// otherwise make millions of facts. Entries with a variable without value are left out: `expose`
// publishes nothing on the host.
ParseResult<std::vector<DeclaredPort>> read_expose(const Value& service);

}  // namespace compliance::compose
