// Private addresses in the Gateway's allowlist are declared in private_upstreams. The Gateway
// permits them all (FACTS.md 7.4), so only the operator can say which are meant.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

namespace compliance::gateway_upstreams {
namespace {

// An entry without DNS evidence is evaluated by its text alone.
Verdict private_address_verdict(const UpstreamAddress& upstream) {
  if (upstream.kind != AddressClass::private_use || upstream.declared) {
    return pass();
  }
  return with_expected_observed(
      fail(name_of(upstream) + " " + upstream.verb + " a private address", upstream.origin),
      "a public host, or one that private_upstreams lists",
      with_address("an undeclared private address", upstream));
}

Verdicts evaluate_private_addresses(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_upstreams(installation, &private_address_verdict);
}

}  // namespace

extern constinit const Check private_addresses{
    .id = "gateway-upstreams-private-addresses",
    .title = "Private addresses in the Gateway's allowlist are declared",
    .area = Area::gateway_upstreams,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::dns,
    .why = "A private upstream gives agents access to the network behind the Gateway.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST, or list the host in the installation's "
        "private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_private_addresses,
};
}  // namespace compliance::gateway_upstreams
