// Asks a TLS server for its certificates, its protocols and its weak suites. Nothing secret
// is sent.
#pragma once

#include <string>

#include "checks/facts/tls.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// One TLS server to probe.
struct TlsTarget {
  Peer peer{};
  std::string server_name{};  // verified, and sent as SNI when it is no address
  std::string ca_file{};      // empty: the system's store
};

// The ordinary, verifying handshake; ends the connection afterwards. Where the chain is sound but
// the handshake ends before the server has proved that it holds the key, there is a fault too.
// Faults: those of connect_to and load_trust_store, tls_failure (an alert or the end of the
// connection before any certificate), protocol_error (no TLS), timeout.
ReadResult<TlsHandshake> probe_handshake(const TlsTarget& target, const Resolver& resolver,
                                         const Deadline& deadline);

// The offers of single protocols and of weak suites, by hand-written ClientHellos, all at once;
// fills `offered` and `weak_suite`. Each has the whole deadline.
TlsAnswers probe_offers(const TlsTarget& target, const Resolver& resolver,
                        const Deadline& deadline);

}  // namespace compliance::probes
