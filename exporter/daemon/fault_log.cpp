// Logs what could not be read of the sources: each fault once, as long as it lasts.
#include "exporter/daemon/fault_log.h"

#include <utility>

#include "checks/facts/installation.h"
#include "exporter/base/log.h"
#include "exporter/publish/metrics/runtime_metrics.h"

namespace compliance {
namespace {

void log_fault(const std::string& installation, const SourceFault& fault) {
  log_event(LogLevel::warn, "source could not be read completely",
            {{"installation", installation},
             {"source", std::string{name_of(fault.origin.source)}},
             {"reason", std::string{name_of(fault.fault.reason)}},
             {"place", std::string{fault.origin.place.text()}},
             {"line", std::to_string(fault.origin.line)},
             {"column", std::to_string(fault.origin.column)},
             {"err", fault.fault.message}});
}

}  // namespace

void FaultLog::report(const Installation& installation, const std::set<Source>& read) {
  for (const SourceFault& fault : installation.faults) {
    if (!read.contains(fault.origin.source)) {
      continue;
    }
    metrics_.count_source_error(fault.origin.source, fault.fault.reason);
    // Without line numbers: edits above a fault move it.
    const std::string key = installation.name + '\n' + std::string{fault.origin.place.text()} +
                            '\n' + fault.fault.message;
    current_.insert(key);
    if (!known_.contains(key)) {
      log_fault(installation.name, fault);
    }
  }
}

void FaultLog::note(const std::string& installation, Source source, const std::string& words) {
  const std::string key = installation + "\n\n" + words;
  current_.insert(key);
  if (!known_.contains(key)) {
    log_event(LogLevel::warn, "files were left out",
              {{"installation", installation},
               {"source", std::string{name_of(source)}},
               {"note", words}});
  }
}

void FaultLog::end_full_cycle() { known_ = std::exchange(current_, {}); }

void FaultLog::end_partial_cycle() { known_.merge(std::exchange(current_, {})); }

}  // namespace compliance
