// Base64 as Secrets use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace compliance::kubernetes {

// The bytes of standard base64 with padding, line breaks ignored; nothing for any other text.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace compliance::kubernetes
