// Finds out what answers on a port.
#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "exporter/observe/probes/ports/byte_stream.h"
#include "exporter/observe/probes/ports/caracal_answers.h"
#include "exporter/observe/probes/ports/connect_port.h"
#include "exporter/observe/probes/ports/http_exchange.h"
#include "exporter/observe/probes/ports/port_probes.h"
#include "exporter/observe/probes/ports/redis_answer.h"

namespace compliance::probes {
namespace {

constexpr PortQuestion http{.kind = PortQuestion::Kind::http};
constexpr PortQuestion redis{.kind = PortQuestion::Kind::redis};
constexpr PortQuestion postgres{.kind = PortQuestion::Kind::postgres};
constexpr PortQuestion https{.kind = PortQuestion::Kind::http, .tls = true};
constexpr PortQuestion rediss{.kind = PortQuestion::Kind::redis, .tls = true};

constexpr std::uint16_t redis_port = 6379;
constexpr std::uint16_t rediss_port = 6380;
constexpr std::uint16_t postgres_port = 5432;
constexpr std::uint16_t pgbouncer_port = 6432;
constexpr std::uint16_t https_port = 443;
constexpr std::uint16_t other_https_port = 8443;

// A peer may log or limit connections, so each question is worth one, and few are asked.
constexpr int max_connections = 4;
// The answers that are recognised have a few hundred bytes.
constexpr std::size_t max_answer_bytes = 16384;
constexpr std::size_t piece = 4096;

// True when more bytes would not change what is read.
using IsEnough = bool (*)(std::string_view);

// What one question showed. `other_http` is an answer of HTTP that no service of Caracal
// gives; `speaks_tls` means that the same question may succeed inside TLS.
struct Finding {
  enum class Kind : std::uint8_t { nothing, recognised, other_http, speaks_tls };

  Kind kind = Kind::nothing;
  PortAnswer answer{};
};

// The component only where the answer tells which one.
Finding recognised(PeerKind peer, std::optional<Component> component = {}) {
  return {.kind = Finding::Kind::recognised,
          .answer = {.state = PortState::open, .peer = peer, .component = component}};
}

// The answer of a TLS server to something else: an alert record (RFC 8446, 5.1 and 6).
bool is_alert_record(std::string_view text) { return text.starts_with("\x15\x03"); }

bool is_whole_line(std::string_view text) {
  return read_ping_answer(text) != PingAnswer::incomplete;
}

// For answers of a single byte, such as that of Postgres.
bool is_something(std::string_view text) { return !text.empty(); }

// One round at one port: each question on a connection of its own, within max_connections.
// Used by one thread, once.
class PortRound {
 public:
  PortRound(const Peer& peer, std::vector<Address> addresses, const Deadline& deadline)
      : peer_(peer), addresses_(std::move(addresses)), deadline_(deadline) {}

  ReadResult<PortAnswer> run() {
    auto door = connect_port(addresses_, peer_.port, deadline_);
    if (!door) {
      return door.error();
    }
    if (door.value().state != PortState::open) {
      return PortAnswer{.state = door.value().state};
    }
    waiting_ = std::move(door).value().connection;
    return ask_all();
  }

 private:
  // Asks until the peer is recognised. The first sign of TLS replaces the questions that
  // are left.
  PortAnswer ask_all() {
    const auto first = questions_for(peer_.port);
    std::deque<PortQuestion> questions{first.begin(), first.end()};
    bool inside_tls = false;
    while (!questions.empty() && connections_left_ > 0) {
      const PortQuestion question = questions.front();
      questions.pop_front();
      const Finding finding = ask(question);
      if (finding.kind == Finding::Kind::recognised) {
        return finding.answer;
      }
      // Whoever speaks HTTP is neither Redis nor Postgres.
      if (finding.kind == Finding::Kind::other_http) {
        break;
      }
      if (finding.kind == Finding::Kind::speaks_tls && !inside_tls) {
        inside_tls = true;
        const auto rest = questions_inside_tls(peer_.port);
        questions.assign(rest.begin(), rest.end());
        std::erase(questions, question);
      }
    }
    return {.state = PortState::open};
  }

  Finding ask(const PortQuestion& question) {
    switch (question.kind) {
      case PortQuestion::Kind::http:
        return ask_http(question.tls);
      case PortQuestion::Kind::redis:
        return ask_redis(question.tls);
      case PortQuestion::Kind::postgres:
        break;
    }
    return ask_postgres();
  }

  // GET /ready, and a second request where that answer is not unique.
  Finding ask_http(bool tls) {
    const auto text = exchange(get_request("/ready", peer_.text()), tls, &is_whole_answer);
    const auto answer = parse_answer(text);
    if (!answer) {
      return unread(text, tls);
    }
    constexpr int bad_request = 400;  // what TLS servers say to plain HTTP, and others do too
    if (answer->status == bad_request && !tls) {
      return {.kind = Finding::Kind::speaks_tls};
    }
    const ReadyAnswer ready = read_ready(*answer);
    if (ready == ReadyAnswer::go_service) {
      return recognised(PeerKind::caracal);
    }
    const auto target = confirming_target(ready);
    if (!target.empty()) {
      const auto second =
          parse_answer(exchange(get_request(target, peer_.text()), tls, &is_whole_answer));
      const auto component = second ? confirm(ready, *second) : std::nullopt;
      if (component) {
        return recognised(PeerKind::caracal, component);
      }
    }
    return {.kind = Finding::Kind::other_http};
  }

  Finding ask_redis(bool tls) {
    const auto text = exchange("PING\r\n", tls, &is_whole_line);
    const auto answer = read_ping_answer(text);
    const bool is_redis = answer != PingAnswer::incomplete && answer != PingAnswer::foreign;
    return is_redis ? recognised(PeerKind::redis) : unread(text, tls);
  }

  // Exactly one byte: other protocols greet with these letters too, and with more behind
  // them.
  Finding ask_postgres() {
    const auto text = exchange(postgres_ssl_request, false, &is_something);
    return text == "S" || text == "N" ? recognised(PeerKind::postgres) : unread(text, false);
  }

  // What an answer shows that the question cannot read. Inside TLS any byte proves TLS, in
  // the open an alert does.
  static Finding unread(std::string_view text, bool tls) {
    const bool speaks_tls = tls ? is_something(text) : is_alert_record(text);
    return {.kind = speaks_tls ? Finding::Kind::speaks_tls : Finding::Kind::nothing};
  }

  // What the peer says to the request, until that is enough; as much as came in the share
  // of time. Each connection that is left has an equal share of the deadline. Empty where
  // there was no connection.
  std::string exchange(std::string_view request, bool tls, IsEnough is_enough) {
    const Deadline share = deadline_.within(deadline_.left() / std::max(connections_left_, 1));
    const auto stream = open_stream(tls, share);
    std::string text;
    if (!stream) {
      return text;
    }
    // A peer that speaks first may have closed already; what it said counts.
    const auto sent = stream->send(request, share);
    while (text.size() < max_answer_bytes && !is_enough(text)) {
      const auto bytes = stream->receive(piece, share);
      if (!bytes || bytes.value().empty()) {
        break;
      }
      text += bytes.value();
    }
    return text;
  }

  // Null where the connection or the handshake failed, or no connection is left.
  std::unique_ptr<ByteStream> open_stream(bool tls, const Deadline& share) {
    auto connection = next_connection(share);
    if (!connection) {
      return nullptr;
    }
    if (!tls) {
      return std::make_unique<PlainStream>(std::move(*connection));
    }
    auto stream = open_tls_stream(std::move(*connection), peer_.host, share);
    return stream ? std::move(stream).value() : nullptr;
  }

  // The connection that showed the port open serves the first question.
  std::optional<Connection> next_connection(const Deadline& share) {
    if (connections_left_ == 0) {
      return std::nullopt;
    }
    --connections_left_;
    if (waiting_) {
      return std::exchange(waiting_, std::nullopt);
    }
    auto door = connect_port(addresses_, peer_.port, share);
    return door ? std::move(door).value().connection : std::nullopt;
  }

  const Peer& peer_;
  std::vector<Address> addresses_;
  const Deadline& deadline_;
  int connections_left_ = max_connections;
  // Open, and nothing was sent on it yet.
  std::optional<Connection> waiting_{};
};

}  // namespace

std::vector<PortQuestion> questions_for(std::uint16_t port) {
  switch (port) {
    case redis_port:
      return {redis, rediss, http, postgres};
    case rediss_port:
      return {rediss, redis, http, postgres};
    case postgres_port:
    case pgbouncer_port:
      return {postgres, http, redis, rediss};
    case https_port:
    case other_https_port:
      return {https, http, redis, postgres};
    default:
      return {http, redis, postgres, rediss};
  }
}

std::vector<PortQuestion> questions_inside_tls(std::uint16_t port) {
  const bool usual_redis = port == redis_port || port == rediss_port;
  return usual_redis ? std::vector{rediss, https} : std::vector{https, rediss};
}

ReadResult<PortAnswer> probe_port(const Peer& peer, const Resolver& resolver,
                                  const Deadline& deadline) {
  const auto addresses = resolver.resolve(peer.host, deadline);
  auto answer = addresses ? PortRound(peer, addresses.value(), deadline).run()
                          : ReadResult<PortAnswer>{addresses.error()};
  if (!answer) {
    return Fault{.reason = answer.error().reason,
                 .message = "knocking at " + peer.text() + ": " + answer.error().message};
  }
  return answer;
}

}  // namespace compliance::probes
