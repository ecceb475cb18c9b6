// Reads one service of the merged model as a container.
#pragma once

#include <string_view>
#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/model/files.h"
#include "exporter/observe/compose/services/volumes_from.h"

namespace compliance::compose {

// One container, and the faults that leave its other facts standing.
struct ServiceFacts {
  Container container{};
  std::vector<LocatedFault> faults{};  // env files that cannot be used
  std::vector<VolumesFrom> volumes_from{};
  bool is_service = false;  // a service itself, which volumes_from may name
};

// A service or a job, and its pre_start steps; what of it cannot be read is among the faults.
struct ServiceReading {
  std::vector<ServiceFacts> containers{};
  std::vector<LocatedFault> unreadable{};
};

// What reading a service needs beside the service itself. All of it must outlive the call.
struct ComposeServiceContext {
  Files& files;
  const ComposeInput& input;
  // The whole merged model: volumes, secrets and networks are defined at its top.
  const Value& model;
  const Variables& variables;  // of the project
};

// A section whose entries are containers: its key, and what one of them is called.
struct ContainerSection {
  std::string_view key;
  std::string_view entry;
};

// Reads the service or job that `key` names. What Compose refuses is unreadable. Neither the
// components of other services in namespaces nor the mounts of other services are resolved yet:
// they need all containers.
ServiceReading read_service(const ComposeServiceContext& context, const ContainerSection& section,
                            const Key& key, const Value& service);

}  // namespace compliance::compose
