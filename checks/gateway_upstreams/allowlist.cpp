// The Gateway's upstreams are pinned to a list of hosts. Both packagings leave the list empty,
// which means every host outside the blocked ranges (FACTS.md 7.4, 7.5).
#include "checks/caracal/upstream_allowlist.h"
#include "checks/check.h"

namespace compliance::gateway_upstreams {
namespace {

// A list passes whatever it names; other checks look at its entries.
Verdict allowlist_verdict(const UpstreamAllowlist& list, const Installation& installation) {
  const auto& entries = list.entries;
  if (entries.fault) {
    return unknown(*entries.fault, entries.origin);
  }
  if (entries.value && !entries.value->empty()) {
    return follows_redirects(*list.container)
               ? pass("this release follows redirects to hosts outside the list", entries.origin)
               : pass();
  }
  if (!installation.upstream_allowlist_expected) {
    return not_applicable();
  }
  return with_expected_observed(fail("UPSTREAM_HOST_ALLOWLIST names no host", entries.origin),
                                "at least one host", entries.absent() ? "not set" : "no host");
}

Verdicts evaluate_allowlist(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    verdicts.push_back(attributed_to(allowlist_verdict(list, installation), *list.container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check allowlist{
    .id = "gateway-upstreams-allowlist",
    .title = "The Gateway's upstreams are pinned to a list of hosts",
    .area = Area::gateway_upstreams,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Without a list any host can be an upstream unless the guard blocks its addresses, and the "
        "guard lets private and loopback addresses through.",
    .remediation =
        "Set UPSTREAM_HOST_ALLOWLIST on the Gateway to the hosts of the upstreams, or declare "
        "upstream_allowlist_expected: false.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_allowlist,
};
}  // namespace compliance::gateway_upstreams
