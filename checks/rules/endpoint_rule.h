// Shared by rules about endpoints: the endpoint to evaluate, and the verdicts without an answer.
#pragma once

#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance {

// The endpoint of that component when it is configured and asked, or null. With --offline no
// endpoint is asked.
const Endpoint* asked_endpoint(const Installation& installation, Component component);

// `verdict` attributed to the endpoint; with its origin where the verdict has none.
Verdict attributed_to(Verdict verdict, const Endpoint& endpoint);
// The same for each of the verdicts.
Verdicts attributed_to(Verdicts verdicts, const Endpoint& endpoint);

// Unknown, not_configured: the check needs an endpoint of that component.
Verdict without_endpoint(Component component);

// Unknown, for a fact without a value: its fault, or pending where it was not probed yet.
template <class T>
Verdict unanswered(const Fact<T>& fact) {
  return fact.fault ? unknown(*fact.fault, fact.origin)
                    : unknown(UnknownReason::pending, "was not asked yet", fact.origin);
}

}  // namespace compliance
