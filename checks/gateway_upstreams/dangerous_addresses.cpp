// The Gateway's allowlist leads to no metadata service, loopback or other special address.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

namespace compliance::gateway_upstreams {
namespace {

Verdict dangerous_addresses_verdict(const UpstreamAddress& upstream) {
  const AddressClass kind = upstream.kind;
  if (kind == AddressClass::other || kind == AddressClass::private_use) {
    return pass();
  }
  const std::string words{words_for(kind)};
  if (kind == AddressClass::carrier_grade_nat && upstream.declared) {
    return pass(
        upstream.entry + " " + upstream.verb + " " + words + " that private_upstreams names",
        upstream.origin);
  }
  return with_expected_observed(
      fail(name_of(upstream) + " " + upstream.verb + " " + words, upstream.origin),
      "a host outside the special blocks", with_address(words, upstream));
}

Verdicts evaluate_dangerous_addresses(const Installation& installation, const Policy& /*policy*/) {
  return judge_upstreams(installation, &dangerous_addresses_verdict);
}

}  // namespace

extern constinit const Check dangerous_addresses{
    .id = "gateway-upstreams-dangerous-addresses",
    .title =
        "The Gateway's allowlist leads to no metadata service, loopback or other special address",
    .area = Area::gateway_upstreams,
    .severity = Severity::critical,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::names,
    .why =
        "Through such an upstream an agent reads the credentials of the machine or its services.",
    .remediation =
        "Remove the entry from UPSTREAM_HOST_ALLOWLIST; name carrier-grade NAT "
        "addresses that are meant in private_upstreams.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_dangerous_addresses,
};
}  // namespace compliance::gateway_upstreams
