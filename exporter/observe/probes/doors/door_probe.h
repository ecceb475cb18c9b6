// Small exact exchanges: what answers on a port, Redis without a password, Postgres about TLS.
#pragma once

#include "checks/subject/door.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// Connects, and asks whoever answers what it is: as a service of Caracal, as Redis, as Postgres.
// Faults: dns_failure of the address.
Observed<PortAnswer> probe_port(const Peer& peer, const Resolver& resolver,
                                const Deadline& deadline);

// PING without a password, inside TLS (not verified: nothing secret is sent) for `tls`. Faults:
// dns_failure, protocol_error (no Redis).
Observed<RedisReply> probe_redis(const Peer& peer, bool tls, const Resolver& resolver,
                                 const Deadline& deadline);

// SSLRequest, and nothing after its answer. Faults: those of connect_to, protocol_error.
Observed<PostgresReply> probe_postgres(const Peer& peer, const Resolver& resolver,
                                       const Deadline& deadline);

}  // namespace compliance::probes
