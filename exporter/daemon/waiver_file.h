// The waivers file as it was last read: applied to results, shown in snapshots.
#pragma once

#include <chrono>

#include "exporter/config/waivers_file.h"

namespace compliance {

struct Snapshot;

// Used by one thread at a time.
class WaiverFile {
 public:
  // Reads the file that the configuration names. Logs its problems when they are not those of the
  // reading before.
  void read(const Config& config);

  // Marks the failing findings that an active waiver covers.
  void apply_to(InstallationResult& result, std::chrono::sys_seconds now) const;

  // Adds each waiver with its state, by the results and the time of the snapshot.
  void add_to(Snapshot& snapshot) const;

 private:
  WaiversFile file_;
};

}  // namespace compliance
