// One service of the merged model -> a container.
#pragma once

#include "checks/facts/container.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

struct ServiceFacts {
  Container container{};
  std::vector<LocatedFault> faults{};  // env files that cannot be used
};

// What reading a service needs beside the service itself.
struct ComposeServiceContext {
  Files& files;
  const ComposeInput& input;
  const Value& model;
  const Variables& variables;  // of the project
};

// Reads the service that `key` names. Components of other services in namespaces are still open.
ParseResult<ServiceFacts> read_service(const ComposeServiceContext& context, const Key& key,
                                       const Value& service);

}  // namespace compliance::compose
