// Private addresses in the Gateway's allowlist are declared ones.
#include "checks/check.h"
#include "checks/subject/upstream_allowlist.h"

namespace compliance::gateway_upstreams {
namespace {

Verdict judge(const UpstreamEntry& entry, const Origin& origin, const Installation& installation) {
  if (class_of(entry) != AddressClass::private_use || is_declared_private(installation, entry)) {
    return pass();
  }
  return comparing(fail(shown(entry) + " of UPSTREAM_HOST_ALLOWLIST is a private address", origin),
                   "a public host, or one that private_upstreams names",
                   "an undeclared private address");
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

extern constinit const Check private_addresses{
    .id = "gateway-upstreams-private-addresses",
    .title = "Private addresses in the Gateway's allowlist are declared ones",
    .area = Area::gateway_upstreams,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "A private upstream opens a way from agents into the network behind the Gateway.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST, or name the host in the installation's "
        "private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::gateway_upstreams
