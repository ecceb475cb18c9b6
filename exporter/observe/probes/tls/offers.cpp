// Offers of single protocols and of weak suites, all at the same time.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <openssl/rand.h>
#include <poll.h>

#include "checks/formats/address.h"
#include "checks/formats/web_url.h"
#include "exporter/observe/probes/tls/client_hello.h"
#include "exporter/observe/probes/tls/server_hello.h"
#include "exporter/observe/probes/tls/tls_probe.h"
#include "exporter/observe/probes/tls/weak_suites.h"

namespace compliance::probes {
namespace {

// The hello of a server that takes the offer; nothing when it refuses it.
using Choice = ReadResult<std::optional<ServerHello>>;

Fault protocol_error(const std::string& message) {
  return {.reason = UnknownReason::protocol_error, .message = message};
}

// One offer and what comes back.
class Exchange {
 public:
  explicit Exchange(ClientHello offer) : offer_(std::move(offer)) {}

  const ClientHello& offer() const { return offer_; }
  // True while an answer is expected.
  bool open() const { return connection_ && !choice_; }
  int socket() const { return connection_->socket(); }

  // Leaves the server at once: some serve one client after the other.
  void end(const Choice& choice) {
    choice_ = choice;
    connection_.reset();
  }

  // Nothing when the server gave no answer in time.
  const std::optional<Choice>& choice() const { return choice_; }

  // Connects and sends the offer. The fault of a missing connection; a failure to send is
  // an answer.
  std::optional<Fault> begin(const TlsTarget& target, const Resolver& resolver,
                             const Deadline& deadline) {
    auto connected = connect_to(target.peer, resolver, deadline);
    if (!connected) {
      end(connected.error().fault);
      return connected.error().fault;
    }
    connection_ = std::move(connected).value();
    const auto sent = connection_->send(offer_.bytes, deadline);
    if (!sent) {
      lose(sent.error());
    }
    return std::nullopt;
  }

  // For a socket that poll() has reported. The end of the connection refuses the offer.
  void read(const Deadline& deadline) {
    constexpr std::size_t some = 4096;
    const auto bytes = connection_->receive(some, deadline);
    if (!bytes) {
      lose(bytes.error());
    } else if (bytes.value().empty()) {
      end(std::optional<ServerHello>{});
    } else {
      take(reader_.feed(bytes.value()));
    }
  }

 private:
  // A reset refuses the offer, since servers without the protocol often answer so. Silence
  // does not.
  void lose(const Fault& fault) {
    if (fault.reason == UnknownReason::unreachable) {
      end(std::optional<ServerHello>{});
    } else {
      end(fault);
    }
  }

  void take(ServerHelloReader::State state) {
    if (state == ServerHelloReader::State::chosen) {
      end(std::optional{reader_.hello()});
    } else if (state == ServerHelloReader::State::refused) {
      end(std::optional<ServerHello>{});
    } else if (state == ServerHelloReader::State::foreign) {
      end(protocol_error("the server answered with no TLS"));
    }
  }

  ClientHello offer_;
  std::optional<Connection> connection_{};
  ServerHelloReader reader_{};
  std::optional<Choice> choice_{};
};

// Sends all offers; where not even the first one finds a connection, the others are not tried.
void begin_all(std::vector<Exchange>& exchanges, const TlsTarget& target, const Resolver& resolver,
               const Deadline& deadline) {
  const auto fault = exchanges.front().begin(target, resolver, deadline);
  for (std::size_t index = 1; index < exchanges.size(); ++index) {
    if (fault) {
      exchanges[index].end(*fault);
    } else {
      exchanges[index].begin(target, resolver, deadline);
    }
  }
}

// Waits for answers to open exchanges, at most for a slice of the deadline, and reads what came.
void read_some(const std::vector<Exchange*>& waiting, const Deadline& deadline) {
  std::vector<pollfd> entries;
  entries.reserve(waiting.size());
  for (const Exchange* exchange : waiting) {
    entries.push_back({.fd = exchange->socket(), .events = POLLIN, .revents = 0});
  }
  ::poll(entries.data(), entries.size(), static_cast<int>(deadline.slice().count()));
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (entries[index].revents != 0) {
      waiting[index]->read(deadline);
    }
  }
}

// Until every exchange has ended or the deadline is over.
void read_all(std::vector<Exchange>& exchanges, const Deadline& deadline) {
  std::vector<Exchange*> waiting;
  waiting.reserve(exchanges.size());
  for (Exchange& exchange : exchanges) {
    waiting.push_back(&exchange);
  }
  while (!deadline.over()) {
    std::erase_if(waiting, [](const Exchange* exchange) { return !exchange->open(); });
    if (waiting.empty()) {
      return;
    }
    read_some(waiting, deadline);
  }
}

Choice choice_of(const Exchange& exchange) {
  if (!exchange.choice()) {
    return Fault{.reason = UnknownReason::timeout, .message = "the server gave no answer in time"};
  }
  return *exchange.choice();
}

// A server that chooses anything else does not speak TLS properly.
bool was_offered(const ServerHello& hello, const ClientHello& offer) {
  return hello.version <= offer.version &&
         std::find(offer.suites.begin(), offer.suites.end(), hello.suite) != offer.suites.end();
}

// Whether the server takes the protocol. An older version in its answer is a refusal of
// this one.
Fact<bool> protocol_fact(const Exchange& exchange) {
  const Choice choice = choice_of(exchange);
  if (!choice) {
    return {.fault = choice.error()};
  }
  if (!choice.value() || choice.value()->version < exchange.offer().version) {
    return {.value = false};
  }
  if (!was_offered(*choice.value(), exchange.offer())) {
    return {.fault = protocol_error("the server chose what was not offered")};
  }
  return {.value = true};
}

// The weak suite that the server chose; empty where it refused them all.
Fact<std::string> suite_fact(const Exchange& exchange) {
  const Choice choice = choice_of(exchange);
  if (!choice) {
    return {.fault = choice.error()};
  }
  if (!choice.value()) {
    return {.value = ""};
  }
  const std::string_view name = weak_suite_name(choice.value()->suite);
  if (name.empty() || !was_offered(*choice.value(), exchange.offer())) {
    return {.fault = protocol_error("the server chose a suite that was not offered")};
  }
  return {.value = std::string{name}};
}

// The first that names a suite, else the first fault.
Fact<std::string> joined(const Fact<std::string>& newer, const Fact<std::string>& older) {
  const bool older_tells_more = older.value ? !older.value->empty() : newer.is("");
  return newer.value.value_or("").empty() && older_tells_more ? older : newer;
}

// Fresh randomness for each hello: equal ones may look like a replay.
HelloSeed seed_for(const std::string& server_name) {
  const std::string name{without_final_dot(server_name)};
  HelloSeed seed{.server_name = parse_address(name) ? "" : name};
  RAND_bytes(seed.random.data(), static_cast<int>(seed.random.size()));
  RAND_bytes(seed.session_id.data(), static_cast<int>(seed.session_id.size()));
  RAND_bytes(seed.x25519.data(), static_cast<int>(seed.x25519.size()));
  return seed;
}

}  // namespace

TlsAnswers probe_offers(const TlsTarget& target, const Resolver& resolver,
                        const Deadline& deadline) {
  constexpr std::size_t offers_of_weak_suites = 2;
  std::vector<Exchange> exchanges;
  exchanges.reserve(tls_protocols.size() + offers_of_weak_suites);
  for (const TlsProtocol protocol : tls_protocols) {
    exchanges.emplace_back(offer_protocol(protocol, seed_for(target.server_name)));
  }
  // Servers of TLS 1.2 do not take EXPORT and DES; see offer_weak_suites().
  for (const TlsProtocol highest : {TlsProtocol::tls1_2, TlsProtocol::tls1_0}) {
    exchanges.emplace_back(offer_weak_suites(highest, seed_for(target.server_name)));
  }
  begin_all(exchanges, target, resolver, deadline);
  read_all(exchanges, deadline);
  TlsAnswers answers;
  for (std::size_t index = 0; index < tls_protocols.size(); ++index) {
    answers.offered.at(index) = protocol_fact(exchanges[index]);
  }
  answers.weak_suite = joined(suite_fact(exchanges[tls_protocols.size()]),
                              suite_fact(exchanges[tls_protocols.size() + 1]));
  return answers;
}

}  // namespace compliance::probes
