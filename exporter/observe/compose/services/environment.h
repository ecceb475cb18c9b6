// A service's environment and env_file -> its variables.
#pragma once

#include "checks/facts/environment.h"
#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// The variables of a service, and what could not be read of them.
struct ServiceEnvironment {
  EnvironmentFacts facts{};
  std::vector<LocatedFault> faults{};  // env files that should be there and cannot be used
};

// `environment` over `env_file`, later files over earlier ones. A name without value passes the
// variable of that name through from `project` and is left out when there is none. The variables
// come in order of name. An env file that cannot be used makes them incomplete, with the reason; a
// missing one with `required: false` does not. Refuses what Compose refuses about the forms of
// env_file.
ParseResult<ServiceEnvironment> read_environment(Files& files, const Value& service,
                                                 const Variables& project);

}  // namespace compliance::compose
