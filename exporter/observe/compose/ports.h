// `ports` and `expose` of a service.
#pragma once

#include <vector>

#include "checks/subject/container.h"
#include "exporter/observe/compose/value.h"

namespace compliance::compose {

// Every published port, in all short and long forms; the later of two equal ones counts. What
// Compose refuses is refused; an entry that depends on a variable without value has a fault and
// holds what is known without it.
Parsed<std::vector<PublishedPort>> read_ports(const Value& service);

// The ports of `expose`, ranges one by one.
Parsed<std::vector<DeclaredPort>> read_expose(const Value& service);

}  // namespace compliance::compose
