// The same work for many indices, on several processors.
#pragma once

#include <cstddef>
#include <functional>

namespace compliance {

// Calls work(0) to work(count - 1), each once and in any order, on as many threads as there are
// processors, four at most, the caller's among them; returns when all are done. Calls must not
// touch what others write. The first exception of a call is thrown again here, after which the
// calls that had not begun are left out.
void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace compliance
