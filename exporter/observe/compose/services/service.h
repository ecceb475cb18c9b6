// Reads one service of the merged model as a container.
#pragma once

#include "checks/facts/container.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// One service, and the faults that leave its other facts standing.
struct ServiceFacts {
  Container container{};
  std::vector<LocatedFault> faults{};  // env files that cannot be used
};

// What reading a service needs beside the service itself. All of it must outlive the call.
struct ComposeServiceContext {
  Files& files;
  const ComposeInput& input;
  // The whole merged model: volumes, secrets and networks are defined at its top.
  const Value& model;
  const Variables& variables;  // of the project
};

// Reads the service that `key` names. Fails where Compose refuses the service. Components of other
// services in namespaces are not resolved yet: they need all containers.
ParseResult<ServiceFacts> read_service(const ComposeServiceContext& context, const Key& key,
                                       const Value& service);

}  // namespace compliance::compose
