// Private addresses in the Gateway's allowlist are declared ones.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

namespace compliance::gateway_upstreams {
namespace {

Verdict private_addresses_verdict(const UpstreamAddress& upstream) {
  if (upstream.kind != AddressClass::private_use || upstream.declared) {
    return pass();
  }
  return with_expected_observed(
      fail(name_of(upstream) + " " + upstream.verb + " a private address", upstream.origin),
      "a public host, or one that private_upstreams names",
      with_address("an undeclared private address", upstream));
}

Verdicts evaluate_private_addresses(const Installation& installation, const Policy& /*policy*/) {
  return judge_upstreams(installation, &private_addresses_verdict);
}

}  // namespace

extern constinit const Check private_addresses{
    .id = "gateway-upstreams-private-addresses",
    .title = "Private addresses in the Gateway's allowlist are declared ones",
    .area = Area::gateway_upstreams,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::names,
    .why = "A private upstream opens a way from agents into the network behind the Gateway.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST, or name the host in the installation's "
        "private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_private_addresses,
};
}  // namespace compliance::gateway_upstreams
