// Reads the posture of the exporter's own process: rights, tokens, listeners and its access to the
// evidence.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "checks/facts/process_posture.h"
#include "exporter/observe/observation.h"

namespace compliance {

// What the process knows of itself without asking the kernel, and where to look for the rest.
struct ProcessPlaces {
  // Another one in tests: /proc and the mount of the root are looked for below it.
  std::filesystem::path root{"/"};
  // Paths as configured.
  std::vector<std::string> bearer_token_files{};
  std::string state_path{};  // empty: the history is in memory
  std::vector<Listener> listeners{};
  bool behind_tls_proxy = false;
  bool own_filter = false;  // of system calls, set at start
};

// Where the evidence of each installation lies, by the installation's name.
using EvidencePlaces = std::map<std::string, std::map<Source, WatchPlaces>>;

// The posture as the kernel and the file system show it now; what could not be read is a fault of
// its fact.
ProcessPosture read_process_posture(const ProcessPlaces& places, const EvidencePlaces& evidence);

// The reserved installation with this posture: the exporter is judged by checks of its own, beside
// the installations that it observes. The source is up when the status of the process could be
// read.
Observation observe_exporter(const ProcessPlaces& places, const EvidencePlaces& evidence);

}  // namespace compliance
