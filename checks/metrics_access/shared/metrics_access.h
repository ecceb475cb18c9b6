// Who reads metrics over the configured endpoints. Source: facts 9.
#pragma once

#include "checks/check.h"

namespace compliance {

// The verdicts of `rule` on the endpoint of each component that serves metrics and is asked;
// unknown, not_configured when there is none.
using MetricsRule = Verdict (*)(const Endpoint& endpoint, const Installation& installation);
Verdicts judge_metrics_endpoints(const Installation& installation, MetricsRule rule);

// True when the files show that no container of the component has a bearer for its metrics.
bool lacks_metrics_bearer(const Installation& installation, Component component);

}  // namespace compliance
