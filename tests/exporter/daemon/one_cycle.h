// A cycle with the parts that a service gives it, each within reach of the test.
#pragma once

#include <utility>

#include "exporter/daemon/cycle.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/history/history.h"
#include "exporter/publish/metrics/runtime_metrics.h"

namespace compliance::test {

struct OneCycle {
  OneCycle(Config config, ServiceEnvironment with)
      : environment(std::move(with)),
        cycle(std::move(config), environment,
              {.queue = queue, .metrics = metrics, .history = history}) {}

  ServiceEnvironment environment;
  WorkQueue queue{};
  RuntimeMetrics metrics{};
  History history{{}, environment.now()};
  Cycle cycle;
};

}  // namespace compliance::test
