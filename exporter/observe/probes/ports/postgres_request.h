// The message that asks a Postgres whether it speaks TLS.
#pragma once

#include <string_view>

namespace compliance::probes {

// Length 8, code 80877103. Source: PostgreSQL, "Message Formats", SSLRequest.
inline constexpr std::string_view postgres_ssl_request{"\x00\x00\x00\x08\x04\xd2\x16\x2f", 8};

}  // namespace compliance::probes
