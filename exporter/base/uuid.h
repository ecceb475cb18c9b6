// Names -> UUIDs, so that the same thing has the same identifier in every document.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace compliance {

using UuidNamespace = std::array<std::uint8_t, 16>;

// The UUID of version 5 (RFC 9562, 5.5) of `name`, in lower case.
std::string uuid_of(const UuidNamespace& space, std::string_view name);

}  // namespace compliance
