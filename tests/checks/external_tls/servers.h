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

// Takes TLS 1.2 and 1.3, and passes every row about TLS.
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

// What the rows about certificates say of servers without any.
inline void expect_unknown_for_unseen_certificates(std::string_view id) {
  TlsHandshake handshake = good_handshake();
  handshake.path.clear();
  Endpoint endpoint = server_with(handshake);
  const Finding empty = only_finding(result_of(id, with_endpoints({endpoint})));
  EXPECT_EQ(empty.reason, UnknownReason::unexpected_response);
  EXPECT_EQ(empty.message, "showed no certificate");
  EXPECT_EQ(empty.origin, at_peer());
  endpoint.tls.handshake = unseen<TlsHandshake>();
  const Finding fault = only_finding(result_of(id, with_endpoints({endpoint})));
  EXPECT_EQ(fault.reason, UnknownReason::timeout);
  EXPECT_EQ(fault.object, "endpoint web");
  endpoint.tls.handshake = {};
  EXPECT_EQ(only_finding(result_of(id, with_endpoints({endpoint}))).reason, UnknownReason::pending);
}

// What rows about all https endpoints say where none is asked.
inline void expect_unknown_without_https(std::string_view id) {
  Endpoint offline = good_server();
  offline.probed = false;
  const Endpoint plain = good_server(Component::api, "http://api:3000");
  for (const auto& endpoints :
       {std::vector<Endpoint>{}, std::vector{offline}, std::vector{plain, offline}}) {
    const CheckResult result = result_of(id, with_endpoints(endpoints));
    EXPECT_EQ(only_finding(result).message, "no https endpoint is asked");
    EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_configured});
  }
}

}  // namespace compliance::test
