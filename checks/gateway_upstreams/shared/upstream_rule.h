// What rules about the addresses of the Gateway's upstreams share: entries of the allowlist as they
// stand, and what their names lead to.
#pragma once

#include <string>

#include "checks/caracal/upstream_allowlist.h"
#include "checks/check.h"

namespace compliance {

// One address that an entry is or leads to.
struct UpstreamAddress {
  AddressClass kind = AddressClass::other;
  std::string entry{};    // "entry 2", with its address where it is one
  std::string verb{};     // "is", "resolves to"
  std::string address{};  // of resolved names
  bool declared = false;  // in private_upstreams
  Origin origin{};
};

using UpstreamRule = Verdict (*)(const UpstreamAddress& upstream);

// The rule over every entry of every allowlist, about its Gateway. With name resolution configured
// over all addresses of names too: of an entry the first failure stands, else the first note. Names
// that did not resolve are unknown. Unknown, not_configured without Compose and Kubernetes files.
Verdicts judge_upstreams(const Installation& installation, UpstreamRule rule);

// "entry 2 of UPSTREAM_HOST_ALLOWLIST"
std::string name_of(const UpstreamAddress& upstream);

// `text`, and the address where resolution told it.
std::string with_address(std::string text, const UpstreamAddress& upstream);

}  // namespace compliance
