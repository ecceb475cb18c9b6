// Budgets, autoscalers and monitors as parse_objects keeps them: what they select is still open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/label_selector.h"
#include "checks/facts/scrape_monitor.h"
#include "checks/facts/workload_controls.h"

namespace compliance::kubernetes {

struct UnresolvedBudget {
  std::string name{};
  std::string object_namespace{};           // as stated
  std::optional<LabelSelector> selector{};  // nothing: it selects no pod
  DisruptionBudget budget{};
};

struct UnresolvedAutoscaler {
  std::string object_namespace{};  // as stated
  std::string target_kind{};
  std::string target_name{};
  Autoscaler autoscaler{};
};

// One endpoint of a monitor. Ports are named by the Service or by the container, or numbered.
struct UnresolvedEndpoint {
  std::string service_port{};
  std::string container_port{};
  std::uint16_t container_number = 0;
  ScrapeCredential credential = ScrapeCredential::none;
  Origin origin{};
};

struct UnresolvedMonitor {
  std::string object{};
  std::string object_namespace{};  // as stated
  bool of_pods = false;            // a PodMonitor; else it selects Services
  LabelSelector selector{};
  bool every_namespace = false;
  std::vector<std::string> namespaces{};        // none: its own
  std::vector<UnresolvedEndpoint> endpoints{};  // those that ask for metrics of Caracal
};

}  // namespace compliance::kubernetes
