// The full names that a short one may stand for.
#include "exporter/observe/probes/net/search_names.h"

#include <algorithm>
#include <span>

#include <netinet/in.h>
#include <resolv.h>

namespace compliance::probes {
namespace {

std::string absolute(const std::string& name) { return name.ends_with('.') ? name : name + '.'; }

}  // namespace

SearchRule system_search_rule() {
  struct __res_state state {};
  if (::res_ninit(&state) != 0) {
    return {};
  }
  SearchRule rule{.dots = state.ndots};
  for (const char* domain : std::span(state.dnsrch)) {
    if (domain == nullptr) {
      break;
    }
    rule.domains.emplace_back(domain);
  }
  ::res_nclose(&state);
  return rule;
}

std::vector<std::string> search_names(const std::string& name, const SearchRule& rule) {
  if (name.ends_with('.')) {
    return {name};
  }
  std::vector<std::string> names;
  for (const std::string& domain : rule.domains) {
    std::string full_name = name;
    full_name.append(".").append(domain);
    names.push_back(absolute(full_name));
  }
  const bool first = std::count(name.begin(), name.end(), '.') >= static_cast<long>(rule.dots);
  names.insert(first ? names.begin() : names.end(), absolute(name));
  return names;
}

}  // namespace compliance::probes
