// Private upstreams are not switched on without an allowlist.
#include "checks/caracal/settings.h"
#include "checks/caracal/upstream_allowlist.h"
#include "checks/check.h"

namespace compliance::gateway_upstreams {
namespace {

Verdict private_switch_verdict(const UpstreamAllowlist& list) {
  const Fact<std::string> text = variable_text(*list.container, "ALLOW_PRIVATE_UPSTREAMS");
  const bool listed = list.entries.value && !list.entries.value->empty();
  if (text.absent() || text.is("") || (text.fault && listed)) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (listed || !truthy_for_go(*text.value)) {
    return pass("ALLOW_PRIVATE_UPSTREAMS is stale: it has no effect since June 2026", text.origin);
  }
  if (list.entries.fault) {
    return unknown(*list.entries.fault, list.entries.origin);
  }
  return with_expected_observed(
      fail("ALLOW_PRIVATE_UPSTREAMS is on without an allowlist", text.origin),
      "off, or an allowlist of hosts", "on, and UPSTREAM_HOST_ALLOWLIST empty");
}

Verdicts evaluate_private_switch(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    verdicts.push_back(attributed_to(private_switch_verdict(list), *list.container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check private_switch{
    .id = "gateway-upstreams-private-switch",
    .title = "Private upstreams are not switched on without an allowlist",
    .area = Area::gateway_upstreams,
    .severity = Severity::low,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "Before June 2026 the switch opened every private address to agents; later it has no "
        "effect, and whoever set it is mistaken about what protects the network.",
    .remediation = "Remove ALLOW_PRIVATE_UPSTREAMS and set UPSTREAM_HOST_ALLOWLIST.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_private_switch,
};
}  // namespace compliance::gateway_upstreams
