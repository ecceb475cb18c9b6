// The networks that a Compose project defines.
#pragma once

#include <vector>

#include "checks/facts/compose_network.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The top-level `networks`, by key. The implicit `default` is among them only when it is defined.
std::vector<ComposeNetwork> read_project_networks(const Value& model);

}  // namespace compliance::compose
