// One function for each file source: reads it into an Observation. What could not be read becomes a
// fault of the installation.
#pragma once

#include <map>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/kubernetes/manifest_cache.h"
#include "exporter/observe/observation.h"
#include "exporter/observe/source_files.h"

namespace compliance {

// The files that the Compose files of an installation name for their top-level secrets.
using ComposeSecretFiles = std::vector<compose::SecretFileReference>;

// Reads the Compose files, their env files and what they include or extend. Gives the secret files
// that they name; none when the model could not be built. `config.compose` must be set.
ComposeSecretFiles observe_compose(const InstallationConfig& config, SourceFiles& files,
                                   Observation& observation);

// Reads the manifests that the configured files, directories and globs stand for. `manifests` keeps
// parsed files between calls. A file that is broken is a fault, and the others are resolved without
// it. `config.kubernetes` must be set.
void observe_kubernetes(const InstallationConfig& config, SourceFiles& files,
                        ManifestCache& manifests, Observation& observation);

// Reads the configured directories, the files that Compose names, and the certificates that the
// installation's containers mount. Adds no facts where no directory is configured and none of the
// named files is there: the installation then most likely runs elsewhere.
void observe_secrets(const InstallationConfig& config, const SourceLimits& limits,
                     const ComposeSecretFiles& named, Observation& observation);

// Reads the help text of the runtime CLI, from a file or by running the configured command with
// --help. `config.runtime_cli` must be set.
void observe_runtime_cli(const InstallationConfig& config, SourceFiles& files,
                         Observation& observation);

// Where changes would show of the files that the configuration names; those that these name in turn
// are known once they are read.
std::map<Source, WatchPlaces> configured_places(const InstallationConfig& config);

}  // namespace compliance
