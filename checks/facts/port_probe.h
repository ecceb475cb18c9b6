// Ports that are knocked at: what must not answer, and the data stores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"
#include "checks/facts/web_answers.h"

namespace compliance {

// Who answers on an open port. Source: FACTS.md 1.2, 9, 12.
enum class PeerKind : std::uint8_t {
  unrecognized,
  caracal,  // the health, readiness or metrics answer of one of its services
  redis,
  postgres,
};

// What one attempt to connect showed. Nothing is sent that acts or logs in.
struct PortAnswer {
  PortState state = PortState::refused;
  PeerKind peer = PeerKind::unrecognized;  // of open ports
  std::optional<Component> component{};    // where the answer tells which service of Caracal

  // Two unrecognized peers compare equal: nothing more is known of them.
  bool operator==(const PortAnswer&) const = default;
};

// One of exposure.addresses x exposure.ports, without those that are declared public.
struct ExposedPort {
  std::string address{};  // as configured
  std::uint16_t port = 0;
  Fact<PortAnswer> answer{};  // its origin names address and port

  // By the configured text of the address, whatever it resolves to.
  bool operator==(const ExposedPort&) const = default;
};

// What Redis says to PING without a password (inside TLS for rediss). Source: FACTS.md 12.1, T91.
enum class RedisReply : std::uint8_t {
  pong,       // it does what anybody asks
  no_auth,    // -NOAUTH
  denied,     // -DENIED: protected mode
  tls_alert,  // refused inside TLS, for example for want of a client certificate
  refused,    // nobody listens
  silent,     // no answer in time
};

// What Postgres says to SSLRequest, a message that any client may send before it logs in. `plain`
// is normal for the bundled Postgres (FACTS.md T91).
enum class PostgresReply : std::uint8_t {
  tls,    // S
  plain,  // N
};

// The probe of the configured Redis. It never authenticates.
struct RedisProbe {
  bool tls = false;          // rediss
  Fact<RedisReply> reply{};  // absent: not asked yet; its origin names the peer

  // A reply inside TLS differs from the same reply in plaintext.
  bool operator==(const RedisProbe&) const = default;
};

// The probe of the configured Postgres. It ends before authentication.
struct PostgresProbe {
  std::string host{};  // as configured
  Fact<PostgresReply> reply{};

  // By host as configured and by its reply.
  bool operator==(const PostgresProbe&) const = default;
};

}  // namespace compliance
