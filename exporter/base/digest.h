// Content digests, by which changes are noticed.
#pragma once

#include <string>
#include <string_view>

namespace compliance {

// SHA-256 of `bytes`: 32 raw bytes.
std::string sha256(std::string_view bytes);

// The bytes in lower-case hexadecimal digits.
std::string hex(std::string_view bytes);

}  // namespace compliance
