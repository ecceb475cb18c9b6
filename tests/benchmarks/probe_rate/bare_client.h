// The least that a verified handshake and one GET cost with OpenSSL: what any probe is measured by.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace compliance::benchmarks {

// One context for all connections, blocking sockets, no deadline, no limits, no names resolved.
// Safe from all threads.
class BareClient {
 public:
  explicit BareClient(const std::string& ca_file);
  ~BareClient();
  BareClient(const BareClient&) = delete;
  BareClient& operator=(const BareClient&) = delete;
  BareClient(BareClient&&) = delete;
  BareClient& operator=(BareClient&&) = delete;

  // GET / of "localhost" at that port of 127.0.0.1; true when the answer is a 200.
  bool asks(std::uint16_t port) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace compliance::benchmarks
