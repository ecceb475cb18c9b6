// The Gateway's allowlist leads to no metadata service, loopback or other special address. The
// Gateway blocks link-local and multicast by itself but not loopback, carrier-grade NAT and two
// metadata addresses (FACTS.md 7.4, T76); the list should hold none of them.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

namespace compliance::gateway_upstreams {
namespace {

// Private addresses are another check. Carrier-grade NAT is in use as a private network and may be
// declared; nothing else can be.
Verdict dangerous_address_verdict(const UpstreamAddress& upstream) {
  const AddressClass kind = upstream.kind;
  if (kind == AddressClass::other || kind == AddressClass::private_use) {
    return pass();
  }
  const std::string words{words_for(kind)};
  if (kind == AddressClass::carrier_grade_nat && upstream.declared) {
    return pass(
        upstream.entry + " " + upstream.verb + " " + words + " that private_upstreams lists",
        upstream.origin);
  }
  return with_expected_observed(
      fail(name_of(upstream) + " " + upstream.verb + " " + words, upstream.origin),
      "a host outside the special blocks", with_address(words, upstream));
}

Verdicts evaluate_dangerous_addresses(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_upstreams(installation, &dangerous_address_verdict);
}

}  // namespace

extern constinit const Check dangerous_addresses{
    .id = "gateway-upstreams-dangerous-addresses",
    .title =
        "The Gateway's allowlist leads to no metadata service, loopback or other special address",
    .area = Area::gateway_upstreams,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::dns,
    .why =
        "Through such an upstream an agent can read the credentials of the host or its services.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST; list intended carrier-grade NAT addresses "
        "in private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_dangerous_addresses,
};
}  // namespace compliance::gateway_upstreams
