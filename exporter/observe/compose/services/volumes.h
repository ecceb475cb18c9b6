// One entry of a service's `volumes`.
#pragma once

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// A volume in short or long form. Sources of bind mounts are against the project directory, those
// below the home directory stay as written.
ParseResult<Mount> read_volume(const Value& entry);

// `path` without ".", ".." and a slash at its end, as the engine sees a target.
std::string clean_target(const std::string& path);

}  // namespace compliance::compose
