// What a name of the Gateway's allowlist resolves to, from where the exporter runs.
#pragma once

#include <string>
#include <vector>

#include "checks/facts/fact.h"
#include "checks/formats/address.h"

namespace compliance {

struct NameResolution {
  std::string name{};  // as upstream_entries() gives it
  // All A and AAAA answers, in ascending order, none twice; absent: not asked yet.
  Fact<std::vector<Address>> addresses{};

  bool operator==(const NameResolution&) const = default;
};

}  // namespace compliance
