// One accepted connection, plain or TLS, on which everything ends at one deadline.
#include "exporter/publish/http/http_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

namespace compliance {
namespace {

// What finish() spends on a client that goes on sending. See http_stream.h.
constexpr std::chrono::milliseconds linger_time{500};
constexpr std::size_t linger_bytes = 1U << 20U;

// Whole milliseconds until `end`, rounded up so that a wait never ends early; 0 when it is past.
int milliseconds_until(HttpStream::Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - HttpStream::Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT_MAX));
}

}  // namespace

HttpStream::HttpStream(int socket, Clock::time_point deadline)
    : socket_(socket), deadline_(deadline), ssl_(nullptr, &SSL_free) {
  // Answers are written in few pieces; waiting to join them would only delay the last one.
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool HttpStream::wait_for(short events) const {
  pollfd entry{.fd = socket_, .events = events, .revents = 0};
  int ready = -1;
  do {
    ready = ::poll(&entry, 1, milliseconds_until(deadline_));
  } while (ready < 0 && errno == EINTR);
  // A drip of bytes keeps the socket ready, and must not outlive the deadline either.
  return ready > 0 && Clock::now() < deadline_;
}

HttpStream::Step HttpStream::after(std::ptrdiff_t result, short events) {
  if (result > 0) {
    return Step::done;
  }
  // TLS may have to read in order to write, and the other way about.
  if (ssl_ != nullptr) {
    const int error = SSL_get_error(ssl_.get(), static_cast<int>(result));
    ERR_clear_error();
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
      return Step::failed;
    }
    events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
  } else if (result == 0 || (errno != EAGAIN && errno != EINTR)) {
    return Step::failed;
  }
  return wait_for(events) ? Step::again : Step::failed;
}

bool HttpStream::secure(const SslContext& context) {
  ssl_.reset(SSL_new(context.get()));
  if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), socket_) != 1) {
    return false;
  }
  Step step = Step::again;
  while (step == Step::again) {
    step = after(SSL_accept(ssl_.get()), POLLIN);
  }
  return step == Step::done;
}

std::size_t HttpStream::read(std::span<char> buffer) {
  std::ptrdiff_t count = 0;
  Step step = Step::again;
  while (step == Step::again) {
    const int size = static_cast<int>(std::min<std::size_t>(buffer.size(), INT_MAX));
    count = ssl_ != nullptr ? SSL_read(ssl_.get(), buffer.data(), size)
                            : ::recv(socket_, buffer.data(), buffer.size(), 0);
    step = after(count, POLLIN);
  }
  return step == Step::done ? static_cast<std::size_t>(count) : 0;
}

bool HttpStream::write(std::string_view bytes) {
  Step step = Step::again;
  while (!bytes.empty() && step != Step::failed) {
    const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
    const std::ptrdiff_t count = ssl_ != nullptr
                                     ? SSL_write(ssl_.get(), bytes.data(), size)
                                     : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    step = after(count, POLLOUT);
    if (step == Step::done) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  return bytes.empty();
}

void HttpStream::wait(std::chrono::milliseconds time) const {
  pollfd entry{.fd = socket_, .events = POLLRDHUP, .revents = 0};
  ::poll(&entry, 1, milliseconds_until(std::min(deadline_, Clock::now() + time)));
}

void HttpStream::finish() {
  if (ssl_ != nullptr) {
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
    ssl_.reset();
  }
  ::shutdown(socket_, SHUT_WR);
  deadline_ = std::min(deadline_, Clock::now() + linger_time);
  std::array<char, 4096> waste{};
  std::size_t total = 0;
  std::size_t count = 1;
  while (count > 0 && total < linger_bytes) {
    count = read(waste);
    total += count;
  }
}

}  // namespace compliance
