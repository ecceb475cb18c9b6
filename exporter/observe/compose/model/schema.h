// Compose schema: the types of values that Compose accepts for each key.
#pragma once

#include <optional>
#include <string>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The first section of the merged model that is no mapping, or that there are no services.
std::optional<LocatedFault> schema_fault(const Value& model);

// The first value of a service, a job or a pre_start step whose type Compose rejects, among the
// keys that facts are read from; nothing when all have an accepted type. Keys that are unknown here
// are skipped: a newer Compose may know them. `owner` is for the message, "service api".
std::optional<LocatedFault> service_schema_fault(const Value& service, const Origin& key,
                                                 const std::string& owner);
// The same for an entry of post_start or pre_stop.
std::optional<LocatedFault> hook_schema_fault(const Value& hook, const std::string& owner);
// The same for a top-level secret.
std::optional<LocatedFault> secret_schema_fault(const Value& secret, const Origin& key,
                                                const std::string& owner);

}  // namespace compliance::compose
