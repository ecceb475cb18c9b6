// The Gateway's allowlist leads to no metadata service, loopback or other special address.
#include "checks/check.h"
#include "checks/subject/upstream_allowlist.h"

namespace compliance::gateway_upstreams {
namespace {

Verdict judge(const UpstreamEntry& entry, const Origin& origin, const Installation& installation) {
  const AddressClass found = class_of(entry);
  if (found == AddressClass::other || found == AddressClass::private_use) {
    return pass();
  }
  if (found == AddressClass::carrier_grade_nat && is_declared_private(installation, entry)) {
    return pass(shown(entry) + " is an address of carrier-grade NAT that private_upstreams names",
                origin);
  }
  return comparing(
      fail(shown(entry) + " of UPSTREAM_HOST_ALLOWLIST is " + std::string{words_for(found)},
           origin),
      "a host outside the special blocks", std::string{words_for(found)});
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    const auto& entries = list.entries;
    if (entries.fault) {
      verdicts.push_back(about(unknown(*entries.fault, entries.origin), *list.container));
    }
    for (const UpstreamEntry& entry : entries.value.value_or(std::vector<UpstreamEntry>{})) {
      verdicts.push_back(about(judge(entry, entries.origin, installation), *list.container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check dangerous_addresses{
    .id = "gateway-upstreams-dangerous-addresses",
    .title = "The Gateway's allowlist names no metadata service, loopback or other special address",
    .area = Area::gateway_upstreams,
    .severity = Severity::critical,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "Through such an upstream an agent reads the credentials of the machine or its services.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST; name carrier-grade NAT "
        "addresses that are meant in private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::gateway_upstreams
