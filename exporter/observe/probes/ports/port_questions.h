// Which questions are put to an open port, and in which order.
#pragma once

#include <cstdint>
#include <vector>

namespace compliance::probes {

struct PortQuestion {
  enum class Kind : std::uint8_t { http, redis, postgres };

  Kind kind = Kind::http;
  bool tls = false;

  bool operator==(const PortQuestion&) const = default;
};

// What is usual on a port of that number comes first. HTTP servers inside TLS show themselves when
// they are asked in the open; Redis breaks the connection without a word, so TLS is tried with it.
std::vector<PortQuestion> questions_for(std::uint16_t port);

// Those that are left to ask where TLS is spoken.
std::vector<PortQuestion> questions_inside_tls(std::uint16_t port);

}  // namespace compliance::probes
