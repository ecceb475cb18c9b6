// Runs a rule over the addresses of the Gateway's upstreams: those in the allowlist, and those that
// its names resolve to.
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

// A rule on one address. It may be called several times for an entry that resolves to several.
using UpstreamRule = Verdict (*)(const UpstreamAddress& upstream);

// Evaluates every entry of every allowlist; verdicts are about its Gateway. With name resolution
// configured all addresses of a name count: its first failure, else its first note. Names that did
// not resolve are unknown. Unknown, not_configured without Compose and Kubernetes files.
Verdicts evaluate_upstreams(const Installation& installation, UpstreamRule rule);

// "entry 2 of UPSTREAM_HOST_ALLOWLIST"
std::string name_of(const UpstreamAddress& upstream);

// `text` and, if the entry was resolved, the address.
std::string with_address(std::string text, const UpstreamAddress& upstream);

}  // namespace compliance
