// The Gateway's allowlist leads to no metadata service, loopback or other special address.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

namespace compliance::gateway_upstreams {
namespace {

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
