// What one look at an installation brought.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/observe/source_text.h"
#include "exporter/observe/watch/places.h"

namespace compliance {

// One source's attempt: whether everything of it was readable and parsed, and a digest of its
// content, by which a change is noticed.
struct SourceReading {
  Source source = Source::compose;
  bool up = false;
  std::string content_digest{};  // empty: not known
};

struct Observation {
  Installation installation{};
  std::vector<SourceReading> sources{};  // the configured ones
  // Where changes of each source would show, of files that are not there too.
  std::map<Source, WatchPlaces> places{};
};

inline Origin origin_of_file(Source source, const std::string& path) {
  return {.source = source, .place = Location{path}};
}

inline void add_fault(Observation& observation, Evidence evidence, LocatedFault fault) {
  observation.installation.faults.push_back(
      {.evidence = evidence, .origin = std::move(fault.origin), .fault = std::move(fault.fault)});
}

}  // namespace compliance
