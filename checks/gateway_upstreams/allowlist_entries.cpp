// Every entry of the Gateway's allowlist can match a host. Ports, schemes and wildcards never do
// (FACTS.md 7.5, T78).
#include "checks/caracal/upstream_allowlist.h"
#include "checks/check.h"

namespace compliance::gateway_upstreams {
namespace {

// The entry's number is shown, never its text, which might be a URL with a password.
Verdict list_entry_verdict(const UpstreamEntry& entry, const Origin& origin) {
  const std::string_view fault = dead_entry(entry);
  if (fault.empty()) {
    return pass();
  }
  return with_expected_observed(
      fail("entry " + std::to_string(entry.position) +
               " of UPSTREAM_HOST_ALLOWLIST can never match: it " + std::string{fault},
           origin),
      "a bare host name or address", "an entry that " + std::string{fault});
}

Verdicts evaluate_allowlist_entries(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    const auto& entries = list.entries;
    if (entries.fault) {
      verdicts.push_back(attributed_to(unknown(*entries.fault, entries.origin), *list.container));
    }
    for (const UpstreamEntry& entry : entries.value.value_or(std::vector<UpstreamEntry>{})) {
      verdicts.push_back(attributed_to(list_entry_verdict(entry, entries.origin), *list.container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check allowlist_entries{
    .id = "gateway-upstreams-allowlist-entries",
    .title = "Every entry of the Gateway's allowlist can match a host",
    .area = Area::gateway_upstreams,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "The Gateway compares entries with the exact bare host: other entries deny the traffic "
        "that "
        "they were meant to allow, and the list is then removed in haste.",
    .remediation =
        "Write each entry as a bare host name or address: no scheme, port, path, wildcard, "
        "brackets or CIDR.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_allowlist_entries,
};
}  // namespace compliance::gateway_upstreams
