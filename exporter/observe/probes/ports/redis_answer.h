// What a Redis says to PING, read from the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace compliance::probes {

enum class PingAnswer : std::uint8_t {
  pong,
  no_auth,
  denied,
  other_error,  // of Redis, which does not tell whether it wants a password
  incomplete,   // the beginning of a line
  foreign,      // no Redis says this
};

// Reads the first line; what follows it does not count. Source: RESP, "Simple errors"; facts 12.1.
PingAnswer read_ping_answer(std::string_view text);

// The word at the beginning of an error line when it is one of Redis's own, such as "LOADING"; else
// nothing: other text is not for messages.
std::string known_error_word(std::string_view text);

}  // namespace compliance::probes
