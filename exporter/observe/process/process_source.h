// The exporter's own process -> facts.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "checks/facts/process_posture.h"
#include "exporter/observe/observation.h"

namespace compliance {

// What the process knows of itself without asking the kernel.
struct ProcessPlaces {
  std::filesystem::path root{"/"};
  std::vector<std::string> bearer_token_files{};
  std::string state_path{};  // empty: the history is in memory
  std::vector<Listener> listeners{};
  bool behind_tls_proxy = false;
  bool own_filter = false;  // of system calls, set at start
};

// Where the evidence of each installation lies.
using EvidencePlaces = std::map<std::string, std::map<Source, WatchPlaces>>;

// The posture as the kernel and the file system show it now; what could not be read is a fault of
// its fact.
ProcessPosture read_process_posture(const ProcessPlaces& places, const EvidencePlaces& evidence);

// The reserved installation with this posture.
Observation observe_exporter(const ProcessPlaces& places, const EvidencePlaces& evidence);

}  // namespace compliance
