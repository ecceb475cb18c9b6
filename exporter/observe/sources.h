// One look at each kind of source; what could not be read is a fault of the installation.
#pragma once

#include <map>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/kubernetes/manifest_cache.h"
#include "exporter/observe/observation.h"
#include "exporter/observe/source_files.h"

namespace compliance {

using ComposeSecretFiles = std::vector<compose::SecretFileReference>;

// Gives the secret files that the Compose files name.
ComposeSecretFiles observe_compose(const InstallationConfig& config, SourceFiles& files,
                                   Observation& observation);

void observe_kubernetes(const InstallationConfig& config, SourceFiles& files,
                        ManifestCache& manifests, Observation& observation);

// The configured directories, the files that Compose names, and the certificates that the
// installation's containers mount; nothing where none of these is there.
void observe_secrets(const InstallationConfig& config, const SourceLimits& limits,
                     const ComposeSecretFiles& named, Observation& observation);

void observe_runtime_cli(const InstallationConfig& config, SourceFiles& files,
                         Observation& observation);

// Where changes would show of the files that the configuration names; those that these name in turn
// are known once they are read.
std::map<Source, WatchPlaces> configured_places(const InstallationConfig& config);

}  // namespace compliance
