// Target: something that is probed at intervals, and the tasks that probe it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exporter/base/deadline.h"
#include "exporter/observe/probes/probe_results.h"

namespace compliance::probes {

struct TaskResult;

// One step of probing a target. `time` is the time limit of this step alone. `run` is
// called by a worker without any lock, and has to return soon after its deadline is over or
// stopped.
struct ProbeTask {
  std::chrono::milliseconds time{10'000};
  std::function<TaskResult(const Deadline&)> run{};
};

// The results of a task, and the tasks that follow it, which run in parallel.
struct TaskResult {
  std::vector<ProbeResult> results{};
  std::vector<ProbeTask> next{};
  // The time to the next round in place of the interval, for targets that could not really
  // be probed. Of several tasks in a round, the one that ends last decides.
  std::optional<std::chrono::milliseconds> again{};
};

// Something that is probed at intervals: an endpoint, a rate limiter, a port, a data store
// or a name.
struct Target {
  std::string installation{};
  std::string name{};  // unique in its installation
  // All configuration that decides what is asked: a target with another definition is another
  // target. Never shown, since it may name files.
  std::string definition{};
  Source source = Source::endpoint;
  std::chrono::milliseconds interval{60'000};
  ProbeTask task{};
};

}  // namespace compliance::probes
