// Finds the routes of all files that lead to Services of the release.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/resolve/selection.h"

namespace compliance::kubernetes {

// Finds the Services and Gateways that routes name. `services` are those of the release, with
// leads_to set; routes to none of them are left out. In the order of the files, without
// repetitions. Where there are too many, the last route kept has the fault limit_exceeded.
std::vector<Route> resolve_routes(const std::vector<const Objects*>& files,
                                  const std::vector<ServiceObject>& services,
                                  const Selection& selection);

}  // namespace compliance::kubernetes
