// Makes the targets of an installation from its configuration, and the facts that wait for
// their results.
#pragma once

#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/observe/probes/target.h"

namespace compliance::probes {

// The endpoints, rate limiter, ports and data stores of the installation. The prober
// contacts nothing else but DNS servers. Empty with --offline.
std::vector<Target> targets_of(const InstallationConfig& installation,
                               const ProbeSettings& settings);

// A name that is resolved, and never contacted.
Target name_target(const std::string& installation, const std::string& name, const DnsConfig& dns,
                   const ProbeSettings& settings);

// Adds the facts that the targets will fill, each absent until its first result. With
// --offline these are the endpoints alone, marked as not probed. add_to() drops results
// that have no place here.
void add_pending(const InstallationConfig& config, const ProbeSettings& settings,
                 Installation& installation);

// The entries of the Gateways' allowlists that only name resolution can judge, each once.
// Addresses, entries that never match (FACTS.md 7.5) and names whose class is known need no
// DNS.
std::vector<std::string> unresolved_names(const Installation& installation);

}  // namespace compliance::probes
