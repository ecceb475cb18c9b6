// Private upstreams are not enabled without an allowlist. Source: FACTS.md 7.4, T77.
#include "checks/caracal/settings.h"
#include "checks/caracal/upstream_allowlist.h"
#include "checks/check.h"

namespace compliance::gateway_upstreams {
namespace {

// With a list the switch never mattered. Without one it fails at every release: where it is ignored
// it shows that somebody relied on it.
Verdict switch_verdict(const UpstreamAllowlist& list) {
  const Fact<std::string> text = variable_text(*list.container, "ALLOW_PRIVATE_UPSTREAMS");
  const bool listed = list.entries.value && !list.entries.value->empty();
  if (text.absent() || text.is("") || (text.fault && listed)) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (listed || !truthy_for_go(*text.value)) {
    return pass("ALLOW_PRIVATE_UPSTREAMS is stale: it has no effect since v2026.06.21",
                text.origin);
  }
  if (list.entries.fault) {
    return unknown(*list.entries.fault, list.entries.origin);
  }
  return with_expected_observed(
      fail("ALLOW_PRIVATE_UPSTREAMS is on without an allowlist", text.origin),
      "off, or an allowlist of hosts", "on, and UPSTREAM_HOST_ALLOWLIST empty");
}

// Each Gateway by itself: its list and its switch belong together.
Verdicts evaluate_private_switch(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    verdicts.push_back(attributed_to(switch_verdict(list), *list.container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check private_switch{
    .id = "gateway-upstreams-private-switch",
    .title = "Private upstreams are not enabled without an allowlist",
    .area = Area::gateway_upstreams,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Before v2026.06.21 the switch opened every private address to agents; since then it has "
        "no "
        "effect, and relying on it leaves the network unprotected.",
    .remediation = "Remove ALLOW_PRIVATE_UPSTREAMS and set UPSTREAM_HOST_ALLOWLIST.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_private_switch,
};
}  // namespace compliance::gateway_upstreams
