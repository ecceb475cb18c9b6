// Configuration -> targets.
#pragma once

#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/observe/probes/target.h"

namespace compliance::probes {

// Endpoints, exposed ports and data stores of the installation; nothing else is ever contacted.
std::vector<Target> targets_of(const InstallationConfig& installation,
                               const ProbeSettings& settings);

// A name that is resolved, and never contacted.
Target name_target(const std::string& installation, const std::string& name, const DnsConfig& dns,
                   const ProbeSettings& settings);

// The facts of the installation that its targets will fill, each absent until it was asked.
void add_pending(const InstallationConfig& config, const ProbeSettings& settings,
                 Installation& installation);

// The entries of the Gateways' allowlists that only name resolution can judge.
std::vector<std::string> unresolved_names(const Installation& installation);

}  // namespace compliance::probes
