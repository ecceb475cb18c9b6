// Evaluates who can read metrics over the configured endpoints.
#include "checks/metrics_access/shared/metrics_access.h"

#include <algorithm>

#include "checks/caracal/settings.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance {

Verdicts evaluate_metrics_endpoints(const Installation& installation, MetricsRule rule) {
  Verdicts verdicts;
  for (const Endpoint& endpoint : installation.probed.endpoints) {
    if (endpoint.probed && has_mode(endpoint.component)) {
      verdicts.push_back(attributed_to(rule(endpoint, installation), endpoint));
    }
  }
  if (verdicts.empty()) {
    verdicts.push_back(unknown(UnknownReason::not_configured,
                               "no endpoint of a service with metrics is asked", Origin{}));
  }
  return verdicts;
}

bool lacks_metrics_bearer(const Installation& installation, Component component) {
  const auto containers = main_containers_of(installation, component);
  return !containers.empty() &&
         std::all_of(containers.begin(), containers.end(), [](const Container* container) {
           return setting_in_effect(container->environment, "METRICS_BEARER").form ==
                      SettingForm::unset &&
                  !unseen_variables(*container);
         });
}

}  // namespace compliance
