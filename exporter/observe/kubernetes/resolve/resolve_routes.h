// Routing objects of all files -> the routes that lead to the release.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// Finds the Services and Gateways that routes name. `services` are those of the release, linked;
// routes to none of them are left out. In the order of the files, without repetitions.
std::vector<Route> resolve_routes(const std::vector<const Objects*>& files,
                                  const std::vector<ServiceObject>& services,
                                  const std::string& default_namespace);

}  // namespace compliance::kubernetes
