// `volumes_from`: the mounts that a service takes from others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// One entry: the service whose mounts are taken, or why it cannot be told.
struct VolumesFrom {
  std::string service{};
  bool read_only = false;
  std::optional<Fault> fault{};
  Origin origin{};
};

// SERVICE, SERVICE:ro, SERVICE:rw. What a container outside the project has is not observable.
std::vector<VolumesFrom> read_volumes_from(const Value& service);

// A container, and whose mounts it takes.
struct MountTaker {
  Container* container = nullptr;
  std::vector<VolumesFrom> sources{};
  bool is_service = false;  // others may name it
};

// Adds the mounts that each container takes, over any number of steps: those of a later entry win
// over those of an earlier one, its own over both; tmpfs is not passed on. The origin is the entry.
// What cannot be followed (circles, too many steps or mounts, missing services) is a mount with a
// fault.
void take_mounts(std::vector<MountTaker>& takers);

}  // namespace compliance::compose
