// Shared by rules about endpoints.
#include "checks/rules/endpoint_rule.h"

#include <utility>

namespace compliance {

const Endpoint* asked_endpoint(const Installation& installation, Component component) {
  const Endpoint* endpoint = endpoint_of(installation, component);
  return endpoint != nullptr && endpoint->probed ? endpoint : nullptr;
}

Verdict attributed_to(Verdict verdict, const Endpoint& endpoint) {
  // The rule may know better, for example the address of one probe.
  if (verdict.origin.place.text().empty()) {
    verdict.origin = endpoint.origin;
  }
  return attributed_to(std::move(verdict), endpoint.component,
                       "endpoint " + std::string{name_of(endpoint.component)});
}

Verdicts attributed_to(Verdicts verdicts, const Endpoint& endpoint) {
  for (Verdict& verdict : verdicts) {
    verdict = attributed_to(std::move(verdict), endpoint);
  }
  return verdicts;
}

Verdict without_endpoint(Component component) {
  return attributed_to(
      unknown(UnknownReason::not_configured,
              "no endpoint of " + std::string{name_of(component)} + " is asked", Origin{}),
      component, "endpoint " + std::string{name_of(component)});
}

}  // namespace compliance
