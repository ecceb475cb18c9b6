// What rules about endpoints share: whom they judge, and what they say where nothing was answered.
#pragma once

#include <string>
#include <string_view>

#include "checks/check.h"

namespace compliance {

// The endpoint of that component when it is configured and asked, or null.
const Endpoint* asked_endpoint(const Installation& installation, Component component);

// The same verdict about that endpoint; its origin where the verdict has none.
Verdict attributed_to(Verdict verdict, const Endpoint& endpoint);

// Unknown, not_configured: the row would be answered by an endpoint of that component.
Verdict without_endpoint(Component component);

// Unknown, for a fact without a value: its fault, or pending where it was not asked yet.
template <class T>
Verdict unanswered(const Fact<T>& fact) {
  return fact.fault ? unknown(*fact.fault, fact.origin)
                    : unknown(UnknownReason::pending, "was not asked yet", fact.origin);
}

}  // namespace compliance
