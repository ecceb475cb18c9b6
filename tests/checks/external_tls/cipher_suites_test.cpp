// external-tls-cipher-suites
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"
#include "tests/checks/web_edge/consoles.h"

namespace compliance::test::cipher_suites_test {
namespace {

constexpr auto id = "external-tls-cipher-suites";

CheckResult evaluated(const Endpoint& endpoint) {
  return result_of(id, with_endpoints({endpoint}));
}

TEST(ExternalTlsCipherSuites, PassWithForwardSecrecyAndNoBrokenOne) {
  EXPECT_EQ(evaluated(good_server()).status, Outcome::pass);
  // Another check evaluates whose name the certificate has.
  EXPECT_EQ(evaluated(distrusted_server(TrustFault::wrong_name)).status, Outcome::pass);
}

TEST(ExternalTlsCipherSuites, FailForABrokenOne) {
  Endpoint endpoint = good_server();
  endpoint.tls.weak_suite = seen(std::string{"TLS_RSA_WITH_RC4_128_SHA"});
  const Finding finding = only_finding(evaluated(endpoint));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "accepts a broken cipher suite");
  EXPECT_EQ(finding.expected, "no NULL, anonymous, EXPORT, RC4, DES or 3DES suite");
  EXPECT_EQ(finding.observed, "TLS_RSA_WITH_RC4_128_SHA");
  EXPECT_EQ(finding.object, "endpoint web");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(ExternalTlsCipherSuites, FailWithoutForwardSecrecy) {
  TlsHandshake handshake = good_handshake();
  handshake.protocol = TlsProtocol::tls1_2;
  handshake.suite = "TLS_RSA_WITH_AES_128_GCM_SHA256";
  handshake.forward_secrecy = false;
  const Finding finding = only_finding(evaluated(server_with(handshake)));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "chooses a cipher suite without forward secrecy");
  EXPECT_EQ(finding.expected, "an ephemeral key exchange");
  EXPECT_EQ(finding.observed, "TLS_RSA_WITH_AES_128_GCM_SHA256");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(ExternalTlsCipherSuites, ReportBothFaults) {
  TlsHandshake handshake = good_handshake();
  handshake.forward_secrecy = false;
  Endpoint endpoint = server_with(handshake);
  endpoint.tls.weak_suite = seen(std::string{"TLS_RSA_WITH_NULL_SHA"});
  EXPECT_EQ(messages_of(evaluated(endpoint)).size(), 2U);
}

TEST(ExternalTlsCipherSuites, AreUnknownWhereTheServerChoseNone) {
  TlsHandshake without_protocol = good_handshake();
  without_protocol.protocol.reset();
  TlsHandshake without_suite = good_handshake();
  without_suite.suite.clear();
  for (TlsHandshake handshake : {without_protocol, without_suite}) {
    for (const bool secrecy : {true, false}) {
      handshake.forward_secrecy = secrecy;
      const Finding finding = only_finding(evaluated(server_with(handshake)));
      EXPECT_EQ(finding.reason, UnknownReason::not_observable);
      EXPECT_EQ(finding.message, "ended the handshake before choosing a cipher suite");
      EXPECT_EQ(finding.origin, at_peer());
    }
  }
}

TEST(ExternalTlsCipherSuites, AreUnknownWhenOneProbeGotNoAnswer) {
  Endpoint silent = good_server();
  silent.tls.weak_suite = unseen<std::string>();
  EXPECT_EQ(only_finding(evaluated(silent)).reason, UnknownReason::timeout);
  Endpoint garbled = good_server();
  garbled.tls.handshake = unseen<TlsHandshake>();
  EXPECT_EQ(only_finding(evaluated(garbled)).reason, UnknownReason::timeout);
  Endpoint waiting = good_server();
  waiting.tls.weak_suite = {};
  EXPECT_EQ(only_finding(evaluated(waiting)).reason, UnknownReason::pending);
}

TEST(ExternalTlsCipherSuites, FailEvenIfTheOtherProbeHasNoAnswer) {
  Endpoint endpoint = good_server();
  endpoint.tls.handshake = unseen<TlsHandshake>();
  endpoint.tls.weak_suite = seen(std::string{"TLS_RSA_WITH_NULL_SHA"});
  expect_fail(evaluated(endpoint), "accepts a broken cipher suite", at_peer());
}

}  // namespace
}  // namespace compliance::test::cipher_suites_test
