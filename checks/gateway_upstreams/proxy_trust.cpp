// The Gateway trusts forwarded addresses only if it is public. TRUST_PROXY is read from v0.1.0 on;
// the first entry of X-Forwarded-For then is the client's address (FACTS.md 7.6).
#include <algorithm>

#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::gateway_upstreams {
namespace {

// A public Gateway has a proxy in front that overwrites the header, as far as files can tell.
Verdict trust_verdict(const Container& container, bool is_public) {
  const Fact<std::string> text = variable_text(container, "TRUST_PROXY");
  if (is_public) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (!truthy_for_go(text.value.value_or(""))) {
    return pass();
  }
  return with_expected_observed(
      fail("TRUST_PROXY is on, though the Gateway is not public", text.origin),
      "off, or gateway in public_components", "on");
}

// Sidecars and init containers do not read the switch.
Verdicts evaluate_proxy_trust(const Installation& installation, const Policy& /*policy*/) {
  const auto& names = installation.public_components;
  const bool is_public = std::find(names.begin(), names.end(), Component::gateway) != names.end();
  Verdicts verdicts;
  for (const Container* container : main_containers_of(installation, Component::gateway)) {
    verdicts.push_back(attributed_to(trust_verdict(*container, is_public), *container));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check proxy_trust{
    .id = "gateway-upstreams-proxy-trust",
    .title = "The Gateway trusts forwarded addresses only if it is public",
    .area = Area::gateway_upstreams,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "If no proxy overwrites X-Forwarded-For, any client can choose the address that is logged "
        "and rate-limited.",
    .remediation = "Unset TRUST_PROXY, or declare the Gateway in public_components.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_proxy_trust,
    .on_by_default = false,
};
}  // namespace compliance::gateway_upstreams
