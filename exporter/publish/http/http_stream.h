// One accepted connection, plain or TLS, on which everything ends at one deadline.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "exporter/publish/http/tls_context.h"

struct ssl_st;

namespace compliance {

// Reads and writes a non-blocking socket, which the caller closes. Belongs to one thread; another
// one may end a transfer by shutting the socket down.
class HttpStream {
 public:
  using Clock = std::chrono::steady_clock;

  // `socket` is non-blocking and stays the caller's. Nothing takes longer than until the deadline.
  HttpStream(int socket, Clock::time_point deadline);

  // Makes the TLS handshake as the server; reads and writes are encrypted afterwards. False when it
  // fails or the deadline passes; nothing may be sent then.
  bool secure(const SslContext& context);

  // Bytes read, at least one; 0 at the end, on an error, or when the deadline passes.
  std::size_t read(std::span<char> buffer);

  // Writes all of `bytes`. False when not all could be written before the deadline.
  bool write(std::string_view bytes);

  // Waits, but not past the deadline and not after the other end has gone.
  void wait(std::chrono::milliseconds time) const;

  // Ends the sending side and reads away what still comes, for half a second and 1 MiB at most:
  // closing a socket with unread bytes resets it, and the other end would lose the answer.
  void finish();

 private:
  enum class Step : std::uint8_t { done, again, failed };

  // After a call on ssl_ or the socket: whether to try again, having waited.
  Step after(std::ptrdiff_t result, short events);
  // Waits for one of the events of poll(2); false when the deadline passes first.
  bool wait_for(short events) const;

  int socket_;
  Clock::time_point deadline_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
};

}  // namespace compliance
