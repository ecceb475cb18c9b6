// Probes of ports: what answers there, Redis without a password, and Postgres about TLS.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "checks/facts/port_probe.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// Length 8, code 80877103. Source: PostgreSQL, "Message Formats", SSLRequest.
inline constexpr std::string_view postgres_ssl_request{"\x00\x00\x00\x08\x04\xd2\x16\x2f", 8};

// One way of asking a peer what it is. Postgres negotiates TLS by itself, so `tls` is false
// for it.
struct PortQuestion {
  enum class Kind : std::uint8_t { http, redis, postgres };

  Kind kind = Kind::http;
  bool tls = false;

  // Both members.
  bool operator==(const PortQuestion&) const = default;
};

// All questions for a port that is open, those that are usual for its number first. HTTP
// servers inside TLS show themselves when they are asked in the open; Redis breaks the
// connection without a word, so TLS is tried with it.
std::vector<PortQuestion> questions_for(std::uint16_t port);

// Those that are left to ask where TLS is spoken. Postgres is not among them: it waits for
// SSLRequest.
std::vector<PortQuestion> questions_inside_tls(std::uint16_t port);

// Connects, and asks whoever answers what it is, as a service of Caracal, as Redis, as Postgres, on
// four connections at most. The first address that lets in speaks for all of them. Asks directly,
// whatever proxy the peer names: a proxy's reach says nothing of anybody else's. Faults: those of
// resolving, unreachable (there is no way there from here), timeout (stopped).
ReadResult<PortAnswer> probe_port(const Peer& peer, const Resolver& resolver,
                                  const Deadline& deadline);

// PING without a password, inside TLS (not verified: nothing secret is sent) for `tls`; directly,
// as above. Faults: those of probe_port, protocol_error (no Redis, no TLS), unexpected_response
// (a Redis that did not say whether it wants a password), timeout (half an answer).
ReadResult<RedisReply> probe_redis(const Peer& peer, bool tls, const Resolver& resolver,
                                   const Deadline& deadline);

// SSLRequest, and nothing after its answer. Faults: those of connect_to, timeout, protocol_error.
ReadResult<PostgresReply> probe_postgres(const Peer& peer, const Resolver& resolver,
                                         const Deadline& deadline);

}  // namespace compliance::probes
