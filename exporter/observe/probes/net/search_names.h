// The full names that a short one may stand for.
#pragma once

#include <string>
#include <vector>

namespace compliance::probes {

struct SearchRule {
  std::vector<std::string> domains{};
  unsigned dots = 1;  // a name with as many is tried as it stands first

  bool operator==(const SearchRule&) const = default;
};

// What /etc/resolv.conf and its like say: `search` and `options ndots`.
SearchRule system_search_rule();

// The names to ask for, one after the other, each with a dot at its end; a name that has one is
// meant as it stands.
std::vector<std::string> search_names(const std::string& name, const SearchRule& rule);

}  // namespace compliance::probes
