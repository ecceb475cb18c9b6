// Probe tasks of one endpoint: the TLS handshake first, then TLS offers and HTTP requests
// in parallel.
#pragma once

#include <memory>
#include <string>

#include "exporter/config/config.h"
#include "exporter/observe/probes/net/resolver.h"
#include "exporter/observe/probes/target.h"

namespace compliance::probes {

// What all tasks of one endpoint share. Built once and never changed, so tasks on several
// threads read it without a lock.
struct EndpointPlan {
  EndpointConfig config{};
  // Of the whole installation; empty: none is configured, and no bearer is sent. Tasks read
  // the file in each round, so a rotated token counts from the next round on.
  std::string metrics_bearer_file{};
  // With the installation's own DNS servers and search list.
  Resolver resolver{};
  std::chrono::milliseconds timeout{10'000};   // of one exchange
  std::chrono::milliseconds interval{60'000};  // between rounds
};

// The first task of an endpoint. For https that is the handshake: where no connection is
// possible nothing else is sent, and every fact gets the fault of the handshake. For http
// the requests follow at once, without any TLS facts.
ProbeTask endpoint_task(std::shared_ptr<const EndpointPlan> plan);

// Probes the rate limiter of the console. A target of its own, since it runs far less often
// than other probes: its requests use up a limit (FACTS.md 6.7, and T23 and T89 of FACTS.md
// 16).
ProbeTask limiter_task(std::shared_ptr<const EndpointPlan> plan);

}  // namespace compliance::probes
