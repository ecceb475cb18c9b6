// What reading the world gives: a value, or why there is none.
#pragma once

#include "checks/facts/fact.h"
#include "exporter/base/result.h"

namespace compliance {

// The fault goes into the facts as it is: its reason becomes that of unknown verdicts.
template <class T>
using ReadResult = Result<T, Fault>;

}  // namespace compliance
