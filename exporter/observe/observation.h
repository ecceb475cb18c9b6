// The result of observing the sources of one installation.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/observe/source_text.h"
#include "exporter/observe/watch/places.h"

namespace compliance {

// The outcome of reading one source once.
struct SourceReading {
  // The source that was read.
  Source source = Source::compose;
  // False when something of the source could not be read or parsed. The rest of it is evidence all
  // the same.
  bool up = false;
  // Changes with the content; what is compared is equality alone.
  std::string content_digest{};  // empty: not known
  // What the operator should know of it although nothing is wrong with what was read.
  std::string note{};
};

// The facts of an installation, and what the daemon needs to keep them current.
struct Observation {
  Installation installation{};
  std::vector<SourceReading> sources{};  // the configured ones
  // Where changes of each source would show, of files that are not there too.
  std::map<Source, WatchPlaces> places{};
};

// The origin of something that concerns a whole file: without line and column.
inline Origin origin_of_file(Source source, const std::string& path) {
  return {.source = source, .place = Location{path}};
}

// Notes what could not be read. `evidence` names what cannot be decided because of it; none where
// the facts that are touched carry the fault themselves.
inline void add_fault(Observation& observation, Evidence evidence, LocatedFault fault) {
  observation.installation.faults.push_back(
      {.evidence = evidence, .origin = std::move(fault.origin), .fault = std::move(fault.fault)});
}

}  // namespace compliance
