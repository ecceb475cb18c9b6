// Sends PING to Redis without a password.
#include <optional>
#include <utility>

#include "exporter/observe/probes/ports/byte_stream.h"
#include "exporter/observe/probes/ports/connect_port.h"
#include "exporter/observe/probes/ports/port_probes.h"
#include "exporter/observe/probes/ports/redis_answer.h"

namespace compliance::probes {
namespace {

// Bytes at a time; read_ping_answer() limits the whole.
constexpr std::size_t redis_piece = 1024;

Fault redis_fault(const std::string& message) {
  return {.reason = UnknownReason::protocol_error, .message = message};
}

// The text is no longer incomplete, or the peer has closed.
ReadResult<RedisReply> redis_reply(const std::string& text) {
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
      return redis_fault("it closed the connection without a whole answer to PING");
    case PingAnswer::foreign:
      break;
  }
  return redis_fault("it answered PING as no Redis does");
}

// What it means that no bytes came, or no more of them. An alert and silence are answers:
// both keep out whoever has no credentials. Silence because of a request to stop is none.
ReadResult<RedisReply> redis_reply(const Fault& fault, bool said_something,
                                   const Deadline& deadline) {
  if (fault.reason == UnknownReason::tls_failure) {
    return RedisReply::tls_alert;
  }
  const bool silent =
      fault.reason == UnknownReason::timeout && !said_something && !deadline.stopped();
  return silent ? ReadResult<RedisReply>{RedisReply::silent} : fault;
}

ReadResult<RedisReply> ping(ByteStream& stream, const Deadline& deadline) {
  // A Redis in protected mode speaks and closes unasked, so a failure to send decides nothing.
  const auto sent = stream.send("PING\r\n", deadline);
  std::string text;
  while (read_ping_answer(text) == PingAnswer::incomplete) {
    const auto bytes = stream.receive(redis_piece, deadline);
    if (!bytes) {
      return redis_reply(bytes.error(), !text.empty(), deadline);
    }
    if (bytes.value().empty()) {
      break;
    }
    text += bytes.value();
  }
  return redis_reply(text);
}

// In the open where `tls_name` is empty.
ReadResult<RedisReply> ask_redis(Connection connection, const std::string& tls_name,
                                 const Deadline& deadline) {
  if (tls_name.empty()) {
    PlainStream stream(std::move(connection));
    return ping(stream, deadline);
  }
  const auto stream = open_tls_stream(std::move(connection), tls_name, deadline);
  return stream ? ping(*stream.value(), deadline) : redis_reply(stream.error(), false, deadline);
}

// A port that refuses or stays silent is a reply, since nobody gets in there.
ReadResult<RedisReply> knock(const std::vector<Address>& addresses, const Peer& peer, bool tls,
                             const Deadline& deadline) {
  auto door = connect_port(addresses, peer.port, deadline);
  if (!door) {
    return door.error();
  }
  if (door.value().state != PortState::open) {
    return door.value().state == PortState::refused ? RedisReply::refused : RedisReply::silent;
  }
  return ask_redis(std::move(*std::move(door).value().connection), tls ? peer.host : "", deadline);
}

}  // namespace

ReadResult<RedisReply> probe_redis(const Peer& peer, bool tls, const Resolver& resolver,
                                   const Deadline& deadline) {
  const auto addresses = resolver.resolve(peer.host, deadline);
  auto reply = addresses ? knock(addresses.value(), peer, tls, deadline)
                         : ReadResult<RedisReply>{addresses.error()};
  if (!reply) {
    return Fault{.reason = reply.error().reason,
                 .message = "asking Redis at " + peer.text() + ": " + reply.error().message};
  }
  return reply;
}

}  // namespace compliance::probes
