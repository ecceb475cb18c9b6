// A made-up estate of Kubernetes objects, the same at every run.
#pragma once

#include <cstddef>
#include <vector>

#include "exporter/observe/source_text.h"

namespace compliance::benchmarks {

// 200 files with 10,000 objects in about 30 MB: Deployments and StatefulSets of Caracal's services,
// Services, ConfigMaps and NetworkPolicies, all of one release.
const std::vector<SourceText>& estate();

std::size_t bytes_of(const std::vector<SourceText>& files);

}  // namespace compliance::benchmarks
