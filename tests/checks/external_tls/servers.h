// TLS servers for the tests of rules about handshakes.
#pragma once

#include "tests/checks/external_tls/certificates.h"
#include "tests/support/endpoints.h"

namespace compliance::test {

inline TlsHandshake good_handshake() {
  return {.trust = TrustFault::none,
          .path = {good_certificate(1), good_certificate(2)},
          .protocol = TlsProtocol::tls1_3,
          .suite = "TLS_AES_256_GCM_SHA384",
          .forward_secrecy = true};
}

// Accepts TLS 1.2 and 1.3, and passes every check of TLS.
inline Endpoint good_server(Component component = Component::web,
                            std::string url = "https://a.example.net") {
  Endpoint endpoint = endpoint_at(component, std::move(url));
  endpoint.tls.handshake = seen(good_handshake());
  endpoint.tls.offered = {seen(false), seen(false), seen(false), seen(true), seen(true)};
  endpoint.tls.weak_suite = seen(std::string{});
  return endpoint;
}

inline Endpoint server_with(TlsHandshake handshake) {
  Endpoint endpoint = good_server();
  endpoint.tls.handshake = seen(std::move(handshake));
  return endpoint;
}

inline Endpoint distrusted_server(TrustFault fault) {
  TlsHandshake handshake = good_handshake();
  handshake.trust = fault;
  return server_with(std::move(handshake));
}

}  // namespace compliance::test
