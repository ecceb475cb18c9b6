// DnsChannel: drives c-ares by its sockets and its clock.
#include "exporter/observe/probes/net/dns_channel.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <type_traits>

#include <ares.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/time.h>

#include "exporter/base/text.h"

namespace compliance::probes {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Sockets = std::vector<pollfd>;
using Handle = std::unique_ptr<std::remove_pointer_t<ares_channel>, decltype(&::ares_destroy)>;

// One query. c-ares keeps its address until it is no longer open.
struct Question {
  DnsReply reply{};
  bool open = true;
};

// How long one query waits for its server the first time; later tries wait longer. A fifth
// of the deadline leaves room for a second server.
Milliseconds first_wait(const Deadline& deadline) {
  return std::clamp(deadline.left() / 5, Milliseconds{100}, Milliseconds{2000});
}

// Called by c-ares when it wants another set of events from a socket; none when it closes
// it.
void watch(void* data, ares_socket_t socket, int readable, int writable) {
  auto& sockets = *static_cast<Sockets*>(data);
  std::erase_if(sockets, [socket](const pollfd& each) { return each.fd == socket; });
  const int events = (readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0);
  if (events != 0) {
    sockets.push_back({.fd = socket, .events = static_cast<short>(events), .revents = 0});
  }
}

// Copied: reading one struct through a pointer to another is undefined.
Address address_in(const ares_addrinfo_node& node) {
  Address address{.v6 = node.ai_family == AF_INET6};
  if (address.v6) {
    sockaddr_in6 socket_address{};
    std::memcpy(&socket_address, node.ai_addr, sizeof socket_address);
    std::memcpy(address.bytes.data(), &socket_address.sin6_addr, 16);
  } else {
    sockaddr_in socket_address{};
    std::memcpy(&socket_address, node.ai_addr, sizeof socket_address);
    std::memcpy(address.bytes.data(), &socket_address.sin_addr, 4);
  }
  return address;
}

// Called by c-ares once for each query, for cancelled ones too. Owns what was found.
void take_reply(void* data, int status, int /*timeouts*/, ares_addrinfo* found) {
  auto& question = *static_cast<Question*>(data);
  const std::unique_ptr<ares_addrinfo, decltype(&::ares_freeaddrinfo)> owner(found,
                                                                             &::ares_freeaddrinfo);
  question.open = false;
  question.reply.status = status;
  if (status != ARES_SUCCESS || !owner) {
    return;
  }
  for (const auto* node = owner->nodes; node != nullptr; node = node->ai_next) {
    question.reply.addresses.push_back(address_in(*node));
  }
}

int number_of(DnsFamily family) {
  switch (family) {
    case DnsFamily::ipv4:
      return AF_INET;
    case DnsFamily::ipv6:
      return AF_INET6;
    case DnsFamily::both:
      break;
  }
  return AF_UNSPEC;
}

// c-ares wants one call for each process before its first use.
int initialise_library() {
  static const int status = ::ares_library_init(ARES_LIB_INIT_ALL);
  return status;
}

// Whether some are open and none has failed: a failure of one is the answer to all.
bool wants_more(const std::vector<Question>& questions) {
  const auto has_failed = [](const Question& each) {
    return !each.open && each.reply.is_failure();
  };
  const auto is_open = [](const Question& each) { return each.open; };
  return std::any_of(questions.begin(), questions.end(), is_open) &&
         std::none_of(questions.begin(), questions.end(), has_failed);
}

// Cut off queries come last: the failure that cut them off is what callers have to see
// first.
std::vector<DnsReply> replies_of(std::vector<Question> questions) {
  std::vector<DnsReply> replies;
  for (Question& each : questions) {
    const bool cut_off = each.reply.status == ARES_ECANCELLED;
    replies.insert(cut_off ? replies.end() : replies.begin(), std::move(each.reply));
  }
  return replies;
}

int wait_for_events(Sockets& sockets, Milliseconds time) {
  return ::poll(sockets.data(), sockets.size(), static_cast<int>(time.count()));
}

}  // namespace

bool DnsReply::is_failure() const {
  return status != ARES_SUCCESS && status != ARES_ENOTFOUND && status != ARES_ENODATA;
}

struct DnsChannel::State {
  int status = ARES_SUCCESS;
  Sockets sockets{};
  Handle handle{nullptr, &::ares_destroy};  // destroyed first: it still tells of its sockets

  // Until c-ares wants to look at its clock, within a slice of the deadline.
  Milliseconds wait_time(const Deadline& deadline) const {
    const Milliseconds slice = deadline.slice();
    timeval longest{.tv_sec = 0, .tv_usec = static_cast<suseconds_t>(slice.count() * 1000)};
    timeval next{};
    const timeval* const wait = ::ares_timeout(handle.get(), &longest, &next);
    const auto time = std::chrono::seconds{wait->tv_sec} + std::chrono::microseconds{wait->tv_usec};
    return std::clamp(std::chrono::ceil<Milliseconds>(time), Milliseconds{0}, slice);
  }

  // Waits for one event, or until c-ares wants to act, and lets it act.
  void go_on(const Deadline& deadline) const {
    // A copy: c-ares changes the list while it works through the events.
    Sockets watched = sockets;
    if (wait_for_events(watched, wait_time(deadline)) <= 0) {
      ::ares_process_fd(handle.get(), ARES_SOCKET_BAD, ARES_SOCKET_BAD);
      return;
    }
    for (const pollfd& each : watched) {
      const bool readable = (each.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
      const bool writable = (each.revents & (POLLOUT | POLLERR)) != 0;
      if (readable || writable) {
        ::ares_process_fd(handle.get(), readable ? each.fd : ARES_SOCKET_BAD,
                          writable ? each.fd : ARES_SOCKET_BAD);
      }
    }
  }
};

DnsChannel::DnsChannel(DnsSource source, const std::vector<std::string>& servers,
                       const Deadline& deadline)
    : state_(std::make_unique<State>()) {
  auto lookups = std::to_array(source == DnsSource::hosts_file ? "f" : "b");
  ares_options options{};
  // Names come complete from search_names(), and HOSTALIASES of the environment must not
  // change them. Without the check of responses a refusal is an answer, not a reason to ask
  // the next server.
  options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
                  (source == DnsSource::first_server ? ARES_FLAG_NOCHECKRESP : 0);
  options.timeout = static_cast<int>(first_wait(deadline).count());
  options.tries = 3;
  options.lookups = lookups.data();
  options.sock_state_cb = &watch;
  options.sock_state_cb_data = &state_->sockets;
  const int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS |
                   ARES_OPT_SOCK_STATE_CB;
  ares_channel channel = nullptr;
  state_->status = initialise_library();
  if (state_->status == ARES_SUCCESS) {
    state_->status = ::ares_init_options(&channel, &options, mask);
    state_->handle.reset(channel);
  }
  if (state_->status == ARES_SUCCESS && !servers.empty()) {
    state_->status = ::ares_set_servers_ports_csv(channel, joined(servers, ",").c_str());
  }
}

DnsChannel::~DnsChannel() = default;

std::vector<DnsReply> DnsChannel::ask(const std::string& name,
                                      const std::vector<DnsFamily>& families,
                                      const Deadline& deadline) {
  if (state_->status != ARES_SUCCESS) {
    return std::vector<DnsReply>(families.size(), DnsReply{.status = state_->status});
  }
  std::vector<Question> questions(families.size());
  for (std::size_t i = 0; i < families.size(); ++i) {
    ares_addrinfo_hints hints{};
    hints.ai_flags = ARES_AI_NOSORT;  // sorting would ask the kernel for a route to each address
    hints.ai_family = number_of(families[i]);
    ::ares_getaddrinfo(state_->handle.get(), name.c_str(), nullptr, &hints, &take_reply,
                       &questions[i]);
  }
  while (wants_more(questions) && !deadline.over()) {
    state_->go_on(deadline);
  }
  ::ares_cancel(state_->handle.get());  // closes those that are still open
  return replies_of(std::move(questions));
}

}  // namespace compliance::probes
