// Small exact exchanges: what answers on a port, Redis without a password, Postgres about TLS.
#pragma once

#include "checks/facts/port_probe.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

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
