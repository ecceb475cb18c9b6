// Erases copies of secret bytes from memory.
#pragma once

#include <cstddef>
#include <string>

namespace compliance {

// Overwrites the text in a way that the compiler may not leave out, then empties it. Earlier copies
// that the string left behind when it grew are not reached: reserve before filling.
inline void wipe(std::string& text) {
  volatile char* byte = text.data();
  for (std::size_t left = text.size(); left > 0; --left) {
    *byte++ = '\0';  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic): volatile needs it
  }
  text.clear();
}

}  // namespace compliance
