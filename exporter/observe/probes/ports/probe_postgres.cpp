// Asks Postgres for TLS with SSLRequest, and sends nothing after its answer.
#include <utility>

#include "exporter/observe/probes/ports/port_probes.h"

namespace compliance::probes {
namespace {

Fault attributed_to(const Peer& peer, const Fault& cause) {
  return {.reason = cause.reason,
          .message = "asking Postgres at " + peer.text() + ": " + cause.message};
}

Fault protocol_fault(const std::string& message) {
  return {.reason = UnknownReason::protocol_error, .message = message};
}

// One byte and nothing behind it: S or N (PostgreSQL, "SSL Session Encryption").
ReadResult<PostgresReply> meaning_of(const std::string& text) {
  if (text == "S") {
    return PostgresReply::tls;
  }
  if (text == "N") {
    return PostgresReply::plain;
  }
  if (text.empty()) {
    return protocol_fault("it closed the connection without an answer to SSLRequest");
  }
  return protocol_fault(text.front() == 'E' ? "it answered SSLRequest with an error"
                                            : "it answered SSLRequest as no Postgres does");
}

ReadResult<PostgresReply> ask(Connection& connection, const Deadline& deadline) {
  const auto sent = connection.send(postgres_ssl_request, deadline);
  if (!sent) {
    return sent.error();
  }
  // A second byte would be more than Postgres says: other protocols greet with an S too.
  const auto answer = connection.receive(2, deadline);
  return answer ? meaning_of(answer.value()) : ReadResult<PostgresReply>{answer.error()};
}

}  // namespace

ReadResult<PostgresReply> probe_postgres(const Peer& peer, const Resolver& resolver,
                                         const Deadline& deadline) {
  auto connected = connect_to(peer, resolver, deadline);
  if (!connected) {
    return connected.error().fault;
  }
  Connection connection = std::move(connected).value();
  const auto reply = ask(connection, deadline);
  return reply ? reply : ReadResult<PostgresReply>{attributed_to(peer, reply.error())};
}

}  // namespace compliance::probes
