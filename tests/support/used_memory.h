// How much memory is in use: resident memory says nothing under a sanitizer, which keeps what was
// freed.
#pragma once

#include <cstddef>

#include <malloc.h>
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizer's; g++ ships no header of
// it
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace compliance::test {

// In KiB.
inline std::size_t used_kilobytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return __sanitizer_get_current_allocated_bytes() / 1024;
#else
  return mallinfo2().uordblks / 1024;
#endif
}

}  // namespace compliance::test
