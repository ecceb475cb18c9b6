// Reads the answer of Redis to PING.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace compliance::probes {

// What the first line says. `pong`: anybody may send commands. `no_auth`: a password is
// wanted. `denied`: no password is set, but protected mode refuses (FACTS.md 12.1).
enum class PingAnswer : std::uint8_t {
  pong,
  no_auth,
  denied,
  other_error,  // of Redis, which does not tell whether it wants a password
  incomplete,   // the beginning of a line
  foreign,      // no Redis says this
};

// Reads the first line; what follows it does not count (RESP, "Simple errors"; FACTS.md
// 12.1).
PingAnswer read_ping_answer(std::string_view text);

// The word at the beginning of an error line when it is one of Redis's own, such as "LOADING"; else
// nothing: other text is not for messages.
std::string known_error_word(std::string_view text);

}  // namespace compliance::probes
