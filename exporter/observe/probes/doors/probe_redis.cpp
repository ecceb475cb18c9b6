// PING without a password.
#include <optional>
#include <utility>

#include "exporter/observe/probes/doors/byte_stream.h"
#include "exporter/observe/probes/doors/door_probe.h"
#include "exporter/observe/probes/doors/open_door.h"
#include "exporter/observe/probes/doors/redis_answer.h"

namespace compliance::probes {
namespace {

constexpr std::size_t piece = 1024;

Fault protocol_fault(const std::string& message) {
  return {.reason = UnknownReason::protocol_error, .message = message};
}

Observed<RedisReply> meaning_of(const std::string& text) {
  switch (read_ping_answer(text)) {
    case PingAnswer::pong:
      return RedisReply::pong;
    case PingAnswer::no_auth:
      return RedisReply::no_auth;
    case PingAnswer::denied:
      return RedisReply::denied;
    case PingAnswer::other_error:
      return Fault{.reason = UnknownReason::unexpected_response,
                   .message = "it answered PING with the error " + known_error_word(text) +
                              ", which does not tell whether it wants a password"};
    case PingAnswer::incomplete:
      return protocol_fault("it closed the connection without a whole answer to PING");
    case PingAnswer::foreign:
      break;
  }
  return protocol_fault("it answered PING as no Redis does");
}

// What it means that no bytes came, or no more of them.
Observed<RedisReply> meaning_of(const Fault& fault, bool said_something, const Deadline& deadline) {
  if (fault.reason == UnknownReason::tls_failure) {
    return RedisReply::tls_alert;
  }
  const bool silent =
      fault.reason == UnknownReason::timeout && !said_something && !deadline.stopped();
  return silent ? Observed<RedisReply>{RedisReply::silent} : fault;
}

Observed<RedisReply> ping(ByteStream& stream, const Deadline& deadline) {
  // A Redis in protected mode speaks and closes unasked, so a failure to send decides nothing.
  const auto sent = stream.send("PING\r\n", deadline);
  std::string text;
  while (read_ping_answer(text) == PingAnswer::incomplete) {
    const auto bytes = stream.receive(piece, deadline);
    if (!bytes) {
      return meaning_of(bytes.error(), !text.empty(), deadline);
    }
    if (bytes.value().empty()) {
      break;
    }
    text += bytes.value();
  }
  return meaning_of(text);
}

Observed<RedisReply> ask(Connection connection, const std::string& tls_name,
                         const Deadline& deadline) {
  if (tls_name.empty()) {
    PlainStream stream(std::move(connection));
    return ping(stream, deadline);
  }
  const auto stream = open_tls_stream(std::move(connection), tls_name, deadline);
  return stream ? ping(*stream.value(), deadline) : meaning_of(stream.error(), false, deadline);
}

Observed<RedisReply> knock(const std::vector<Address>& addresses, const Peer& peer, bool tls,
                           const Deadline& deadline) {
  auto door = open_door(addresses, peer.port, deadline);
  if (!door) {
    return door.error();
  }
  if (door.value().state != PortState::open) {
    return door.value().state == PortState::refused ? RedisReply::refused : RedisReply::silent;
  }
  return ask(std::move(*std::move(door).value().connection), tls ? peer.host : "", deadline);
}

}  // namespace

Observed<RedisReply> probe_redis(const Peer& peer, bool tls, const Resolver& resolver,
                                 const Deadline& deadline) {
  const auto addresses = resolver.resolve(peer.host, deadline);
  auto reply = addresses ? knock(addresses.value(), peer, tls, deadline)
                         : Observed<RedisReply>{addresses.error()};
  if (!reply) {
    return Fault{.reason = reply.error().reason,
                 .message = "asking Redis at " + peer.text() + ": " + reply.error().message};
  }
  return reply;
}

}  // namespace compliance::probes
