// Which unknown results somebody has to look at.
#pragma once

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// True for expected reasons: not configured, not observable, or pending.
bool is_expected(UnknownReason reason);

// Of the reasons of an unknown check the first that asks for attention, else the first; nothing
// unless the check is unknown.
std::optional<UnknownReason> primary_reason(const CheckResult& result);

// True when the check is unknown although what it needs was configured.
// Somebody has to look at such a check; the other unknown ones are as configured.
bool is_evaluation_failure(const CheckResult& result);

}  // namespace compliance
