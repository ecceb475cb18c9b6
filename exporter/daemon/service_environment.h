// What the service gets from outside: clock, configuration, places, and whom it notifies.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "checks/facts/origin.h"
#include "exporter/base/instant.h"
#include "exporter/base/result.h"
#include "exporter/observe/watch/places.h"

namespace compliance {

struct Config;
struct Observation;

// Functions and not interfaces, so that a test or a command sets only what it needs. `now` is
// called by several threads at once. None of them may call the service unless said otherwise.
struct ServiceEnvironment {
  std::function<Instant()> now{};
  std::optional<std::string> standard_input{};  // the text of a source named "-"; absent: not read
  // Reads the configuration again for a reload; absent: there is nothing to reload.
  std::function<Result<Config>()> read_config{};
  std::string config_file{};  // watched, where `watches`
  std::string state_path{};   // of the history; empty: in memory
  bool watches = false;       // whether files are watched for changes
  // Observes the exporter's own process, given where the evidence of each installation lies;
  // absent: there is no installation `exporter`.
  std::function<Observation(const std::map<std::string, std::map<Source, WatchPlaces>>&)>
      observe_exporter{};
  // Called after every publication, with the cycle locked: it may read Service::latest() only.
  std::function<void()> published{};
};

}  // namespace compliance
