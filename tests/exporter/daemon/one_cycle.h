// A cycle with the parts that a service gives it, each within reach of the test.
#pragma once

#include <utility>

#include "exporter/daemon/cycle.h"
#include "exporter/daemon/own_state.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/history/history.h"

namespace compliance::test {

struct OneCycle {
  OneCycle(Config config, ServiceEnvironment with)
      : environment(std::move(with)),
        cycle(std::move(config), environment,
              {.queue = queue, .own_state = own_state, .history = history}) {}

  ServiceEnvironment environment;
  WorkQueue queue{};
  OwnState own_state{environment.now()};
  History history{{}, environment.now()};
  Cycle cycle;
};

}  // namespace compliance::test
