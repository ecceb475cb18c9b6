// Runs every configured source of an installation; a broken source never stops another.
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
// not change. Used by one thread at a time.
class InstallationObserver {
 public:
  // `standard_input` is the text that a source named "-" stands for.
  InstallationObserver(InstallationConfig config, const Limits& limits,
                       std::string standard_input = {});

  // Reads every source anew. Fails never: what could not be read is a fault of the installation.
  Observation observe(std::chrono::sys_seconds now);

  // Reads these sources anew, and what depends on them; everything else in `seen` stays.
  void renew(Observation& seen, std::set<Source> changed);

 private:
  SourceFiles files() const { return {limits_, standard_input_}; }

  InstallationConfig config_;
  SourceLimits limits_;
  std::string standard_input_;
  ManifestCache manifests_;
  ComposeSecretFiles compose_secret_files_;  // that the Compose files name
};

}  // namespace compliance
