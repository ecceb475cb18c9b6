// Reads the configured file sources of an installation into facts; a broken source never stops
// another.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "exporter/config/config.h"
#include "exporter/observe/kubernetes/manifest_cache.h"
#include "exporter/observe/observation.h"
#include "exporter/observe/sources.h"

namespace compliance {

// The sources that are read from files.
std::set<Source> file_sources();

// Observes one installation again and again. Keeps the facts of Kubernetes files whose content did
// not change. Used by one thread at a time. Nothing is sent over the network: probes are observed
// elsewhere.
class InstallationObserver {
 public:
  // `standard_input` is the text that a source named "-" stands for; absent where it is not read.
  InstallationObserver(InstallationConfig config, const Limits& limits,
                       std::optional<std::string> standard_input = {});

  // Reads every source anew. Fails never: what could not be read is a fault of the installation.
  Observation observe(std::chrono::sys_seconds now);

  // Reads these sources anew, and what depends on them; everything else in `seen` stays. Secrets
  // depend on Compose and Kubernetes, whose mounts say which files are evidence. A source that is
  // not configured is only forgotten.
  void renew(Observation& seen, std::set<Source> changed);

 private:
  // A new one for each reading of a source: limits count for a source, not for an installation.
  SourceFiles files() const { return {limits_, standard_input_}; }

  InstallationConfig config_;
  SourceLimits limits_;
  std::optional<std::string> standard_input_;
  // Kept between observations, since parsing is the dear part of large manifests.
  ManifestCache manifests_;
  ComposeSecretFiles compose_secret_files_;  // that the Compose files name
};

}  // namespace compliance
