// Reads what bounds the rights of a service: security_opt, capabilities, user, namespaces.
#pragma once

#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// privileged, read_only, user, capabilities, sysctls and security_opt. Absent facts have the
// origin `service`. Of several options of one name in security_opt the last wins; one that a
// variable without value could turn into any option makes what it could decide undecidable.
ParseResult<SecurityFacts> read_security(const Value& values, const Origin& service);

// network, pid, ipc, uts, user and cgroup namespaces that the service states: keys that are not
// stated leave it namespaces of its own and have no entry.
std::vector<NamespaceMode> read_namespaces(const Value& values);

}  // namespace compliance::compose
