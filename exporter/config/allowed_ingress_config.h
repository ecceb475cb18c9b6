// The entries of `allowed_ingress`; used by installation_config only.
#pragma once

#include <vector>

#include "checks/facts/network_policy.h"
#include "exporter/config/yaml_reader.h"

namespace compliance {

// Reads the list. Each entry names pods of a namespace or an address block, never both.
std::vector<AllowedIngress> read_allowed_ingress(const ConfigNode& node, ConfigProblems& problems);

}  // namespace compliance
