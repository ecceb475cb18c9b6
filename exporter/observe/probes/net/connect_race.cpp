// Connects to several addresses at once, the later ones with a delay.
#include "exporter/observe/probes/net/connect_race.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace compliance::probes {
namespace {

// How long an address may be silent before the next is tried too. Source: RFC 8305, 8.
constexpr std::chrono::milliseconds head_start{250};

// An address and port of either family as the socket interface takes it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socket_address(const Address& address, std::uint16_t port) {
  SocketAddress result;
  if (address.v6) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, address.bytes.data(), sizeof v6.sin6_addr);
    std::memcpy(&result.storage, &v6, sizeof v6);
    result.length = sizeof v6;
    return result;
  }
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  std::memcpy(&v4.sin_addr, address.bytes.data(), sizeof v4.sin_addr);
  std::memcpy(&result.storage, &v4, sizeof v4);
  result.length = sizeof v4;
  return result;
}

// How a connection attempt ended: 0 for a connection, else an error number.
int outcome_of(int socket) {
  int error = 0;
  socklen_t length = sizeof error;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

// Errors that a host or a firewall on the way sends back. All others arise on this machine
// and say nothing of the port.
bool is_refusal(int error) { return error == ECONNREFUSED || error == EHOSTUNREACH; }

// A reset that shows already comes from a peer that had accepted: a closed port refuses.
bool is_connected(int error) { return error == 0 || error == ECONNRESET || error == EPIPE; }

// The deadline was over before any address had answered.
ConnectFault silence() {
  return {.fault = {.reason = UnknownReason::timeout,
                    .message = "the connection was not answered in time"},
          .state = PortState::silent};
}

// Attempts to connect to one port of several addresses that run at the same time. Used by
// one thread.
class Race {
 public:
  explicit Race(std::uint16_t port) : port_(port) {}

  bool idle() const { return pending_.empty(); }
  bool may_begin_another() const {
    return idle() || Deadline::Clock::now() >= last_begun_ + head_start;
  }

  // Begins an attempt. One that fails at once counts as failed and is not waited for.
  void begin(const Address& address) {
    last_begun_ = Deadline::Clock::now();
    Connection attempt{
        ::socket(address.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    const SocketAddress to = socket_address(address, port_);
    if (attempt.socket() < 0 || (::connect(attempt.socket(), to.get(), to.length) != 0 &&
                                 errno != EINPROGRESS && errno != EINTR)) {
      note(errno);
      return;
    }
    pending_.push_back(std::move(attempt));
  }

  // Waits for at most a slice of the deadline. A connection where one was made; failed attempts are
  // taken out.
  std::optional<Connection> wait(const Deadline& deadline) {
    std::vector<pollfd> entries;
    for (const Connection& attempt : pending_) {
      entries.push_back({.fd = attempt.socket(), .events = POLLOUT, .revents = 0});
    }
    const auto time = deadline.within(head_start).slice();
    ::poll(entries.data(), entries.size(), static_cast<int>(time.count()));
    // From the back, so that what is erased moves no entry that is still to be looked at.
    for (std::size_t index = entries.size(); index-- > 0;) {
      if (entries[index].revents == 0) {
        continue;
      }
      Connection attempt = std::move(pending_[index]);
      pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(index));
      const int error = outcome_of(attempt.socket());
      if (is_connected(error)) {
        return attempt;
      }
      note(error);
    }
    return std::nullopt;
  }

  // Why all attempts failed. One silent address makes the whole silent: a listener may be
  // behind it.
  ConnectFault failure() const {
    if (timed_out_) {
      return silence();
    }
    return {
        .fault = {.reason = UnknownReason::unreachable,
                  .message = "the connection failed: " + std::generic_category().message(error_)},
        .state = is_refusal(error_) ? PortState::refused : PortState::silent};
  }

 private:
  // A refusal says more than errors of this machine, so the latter never replace it.
  void note(int error) {
    timed_out_ = timed_out_ || error == ETIMEDOUT;
    error_ = is_refusal(error_) ? error_ : error;
  }

  std::uint16_t port_;
  std::vector<Connection> pending_{};
  Deadline::Clock::time_point last_begun_{};
  // The error of a race without any address.
  int error_ = EADDRNOTAVAIL;
  bool timed_out_ = false;
};

// Without delay by Nagle's algorithm: requests are small, and the peer waits for each.
void send_at_once(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

std::vector<Address> families_in_turn(const std::vector<Address>& addresses) {
  std::vector<Address> v6;
  std::vector<Address> v4;
  for (const Address& address : addresses) {
    (address.v6 ? v6 : v4).push_back(address);
  }
  std::vector<Address> order;
  for (std::size_t index = 0; index < std::max(v6.size(), v4.size()); ++index) {
    if (index < v6.size()) {
      order.push_back(v6[index]);
    }
    if (index < v4.size()) {
      order.push_back(v4[index]);
    }
  }
  return order;
}

Result<Connection, ConnectFault> connect_to_first(const std::vector<Address>& addresses,
                                                  std::uint16_t port, const Deadline& deadline) {
  const std::vector<Address> order = families_in_turn(addresses);
  auto next = order.begin();
  Race race{port};
  while (!deadline.over()) {
    if (race.idle() && next == order.end()) {
      return race.failure();
    }
    if (next != order.end() && race.may_begin_another()) {
      race.begin(*next++);
      continue;
    }
    if (std::optional<Connection> connected = race.wait(deadline)) {
      send_at_once(connected->socket());
      return std::move(*connected);
    }
  }
  return silence();
}

}  // namespace compliance::probes
