// ProxyAnswer: reads the answer of an HTTP proxy to CONNECT byte by byte and strictly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace compliance::probes {

// The head of one answer. Strict, because whatever is mistaken for its end reaches the
// probe as bytes of the peer.
class ProxyAnswer {
 public:
  // The longest head that is accepted.
  static constexpr std::size_t max_bytes = 8192;

  enum class State : std::uint8_t {
    unfinished,
    complete,  // status() is known; what follows belongs to the tunnel
    broken,    // not the head of an HTTP/1 answer, or longer than max_bytes
  };

  // Takes the next byte of the answer; none after it is complete or broken.
  State feed(char byte);

  // 0 until the head is complete.
  int status() const { return status_; }

 private:
  // Whether the byte may follow what has been read.
  bool fits(char byte) const;

  std::string head_{};
  int status_ = 0;
};

}  // namespace compliance::probes
