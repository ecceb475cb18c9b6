// What reading the world gives: a value, or why there is none.
#pragma once

#include "checks/facts/fact.h"
#include "exporter/base/result.h"

namespace compliance {

template <class T>
using ReadResult = Result<T, Fault>;

}  // namespace compliance
