// Finds what the monitors of all files scrape of the release.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/resolve/label_index.h"

namespace compliance::kubernetes {

// Each endpoint with each component of Caracal's that it scrapes, in the order of the files.
// `release` holds the containers and Services of the release, with leads_to set; `pods` are the
// containers. Endpoints that scrape nothing of the release have no entry.
std::vector<ScrapeEndpoint> resolve_monitors(const std::vector<const Objects*>& files,
                                             const KubernetesFacts& release, const LabelIndex& pods,
                                             const std::string& default_namespace);

}  // namespace compliance::kubernetes
