// The steps by which one endpoint is asked: handshake, then offers and requests beside each other.
#pragma once

#include <memory>
#include <string>

#include "exporter/config/config.h"
#include "exporter/observe/probes/net/resolver.h"
#include "exporter/observe/probes/target.h"

namespace compliance::probes {

// What the tasks of an endpoint share; read by all of them.
struct EndpointPlan {
  EndpointConfig config{};
  std::string metrics_bearer_file{};
  Resolver resolver{};
  std::chrono::milliseconds timeout{10'000};   // of one exchange
  std::chrono::milliseconds interval{60'000};  // between rounds
};

// For https the handshake first: a peer that cannot be reached is asked nothing more.
ProbeTask endpoint_task(std::shared_ptr<const EndpointPlan> plan);

// The limiter of the console, by itself since it is asked far less often.
ProbeTask limiter_task(std::shared_ptr<const EndpointPlan> plan);

}  // namespace compliance::probes
