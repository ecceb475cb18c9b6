// Evaluates who can read metrics over the configured endpoints. Source: FACTS.md 9.
#pragma once

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance {

// A rule on the answers of one endpoint. The verdict need not name the endpoint.
using MetricsRule = Verdict (*)(const Endpoint& endpoint, const Installation& installation);
// The verdicts of `rule` on the probed endpoint of each component that serves metrics; unknown,
// not_configured when there is none. web has no metrics and is left out.
Verdicts evaluate_metrics_endpoints(const Installation& installation, MetricsRule rule);

// True when the files show that no container of the component has a bearer for its metrics. False
// without containers, and where the environment is not fully known.
bool lacks_metrics_bearer(const Installation& installation, Component component);

}  // namespace compliance
