// Runs every configured source of an installation; a broken source never stops another.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checks/subject/installation.h"
#include "exporter/config/config.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/manifest_cache.h"
#include "exporter/observe/source_text.h"

namespace compliance {

// One source's attempt: whether everything of it was readable and parsed, and a digest of its
// content, by which a change is noticed.
struct SourceReading {
  Source source = Source::compose;
  bool up = false;
  std::string content_digest{};
};

struct Observation {
  Installation installation{};
  std::vector<SourceReading> sources{};  // the configured ones
};

// Observes one installation again and again. Keeps the facts of Kubernetes files whose content did
// not change. Used by one thread at a time.
class InstallationObserver {
 public:
  // `standard_input` is the text that a source named "-" stands for.
  InstallationObserver(InstallationConfig config, const Limits& limits,
                       std::string standard_input = {});

  // Reads every source anew. Fails never: what could not be read is a fault of the installation.
  Observation observe(std::chrono::sys_seconds now);

 private:
  struct FileReading {
    bool up = true;
    std::string digests{};  // of everything read so far
    std::size_t bytes = 0;
  };

  Observed<std::string> read(const std::string& path, FileReading& reading) const;
  void observe_compose(Observation& observation);
  void observe_kubernetes(Observation& observation);
  void observe_secrets(Observation& observation);
  void observe_runtime_cli(Observation& observation);

  InstallationConfig config_;
  Limits limits_;
  std::string standard_input_;
  ManifestCache manifests_;
  // The secret files that the Compose files of the current observation name.
  std::vector<compose::SecretFileReference> compose_secret_files_;
};

}  // namespace compliance
