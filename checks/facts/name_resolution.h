// What a name of the Gateway's allowlist resolves to, from where the exporter runs. The Gateway may
// see other answers: split DNS and its own search domains.
#pragma once

#include <string>
#include <vector>

#include "checks/facts/fact.h"
#include "checks/formats/address.h"

namespace compliance {

// The latest resolution of one name.
struct NameResolution {
  std::string name{};  // as upstream_entries() gives it
  // All A and AAAA answers, in ascending order, none twice; absent: not asked yet.
  Fact<std::vector<Address>> addresses{};

  // Sorted answers make a rotated DNS reply no difference.
  bool operator==(const NameResolution&) const = default;
};

}  // namespace compliance
