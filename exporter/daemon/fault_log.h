// Logs what could not be read of the sources: each fault once, as long as it lasts.
#pragma once

#include <set>
#include <string>

#include "checks/facts/origin.h"

namespace compliance {

struct Installation;
class RuntimeMetrics;

// Used by one thread at a time.
class FaultLog {
 public:
  // Counts every reported fault in `metrics`, whether it is logged or not.
  explicit FaultLog(RuntimeMetrics& metrics) : metrics_(metrics) {}

  // Logs the faults of the sources that were read, except for those that are already known.
  void report(const Installation& installation, const std::set<Source>& read);

  // Logs what is worth knowing of a source, unless it is known already. It counts as no fault.
  void note(const std::string& installation, Source source, const std::string& words);

  // After every source was read: a fault that was not reported is gone, and logged if it returns.
  void end_full_cycle();

  // After only some sources were read: the faults of the others stay known.
  void end_partial_cycle();

 private:
  RuntimeMetrics& metrics_;
  std::set<std::string> known_;    // from the cycles before
  std::set<std::string> current_;  // from this cycle
};

}  // namespace compliance
