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

// One step of probing a target, with a time limit of its own.
struct ProbeTask {
  std::chrono::milliseconds time{10'000};
  std::function<TaskResult(const Deadline&)> run{};
};

// The results of a step, and the steps that follow it; these run in parallel.
struct TaskResult {
  std::vector<ProbeResult> results{};
  std::vector<ProbeTask> next{};
  // When to probe the target again if sooner than its interval: it could not really be probed.
  std::optional<std::chrono::milliseconds> again{};
};

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
