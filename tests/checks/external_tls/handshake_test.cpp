// external-tls-handshake
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"

namespace compliance::test::handshake_test {
namespace {

constexpr auto id = "external-tls-handshake";

struct FaultRow {
  const char* name;
  TrustFault fault;
  const char* message;
  const char* observed;
};

class DistrustedServer : public testing::TestWithParam<FaultRow> {};

TEST_P(DistrustedServer, Fails) {
  const Finding finding =
      only_finding(result_of(id, with_endpoints({distrusted_server(GetParam().fault)})));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, GetParam().message);
  EXPECT_EQ(finding.expected, "a valid certificate of a known issuer for the endpoint's name");
  EXPECT_EQ(finding.observed, GetParam().observed);
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, "endpoint web");
  EXPECT_EQ(finding.origin, at_peer());
  EXPECT_EQ(finding.severity, Severity::critical);
}

INSTANTIATE_TEST_SUITE_P(
    ExternalTlsHandshake, DistrustedServer,
    testing::Values(
        FaultRow{"Expired", TrustFault::expired, "shows a certificate that has expired",
                 "an expired certificate"},
        FaultRow{"NotYetValid", TrustFault::not_yet_valid,
                 "shows a certificate that is not valid yet", "a certificate of the future"},
        FaultRow{"SelfSigned", TrustFault::self_signed, "shows a certificate that it signed itself",
                 "a self-signed certificate"},
        FaultRow{"UnknownIssuer", TrustFault::unknown_issuer,
                 "shows a certificate of an unknown issuer", "a root that is not known here"},
        FaultRow{"Incomplete", TrustFault::incomplete, "shows a certificate without its issuer",
                 "an incomplete chain"},
        FaultRow{"WrongName", TrustFault::wrong_name, "shows a certificate of another name",
                 "no subject alternative name that matches"},
        FaultRow{"Other", TrustFault::other, "shows a certificate that does not verify",
                 "another fault"}),
    [](const auto& row) { return row.param.name; });

TEST(ExternalTlsHandshake, ShowsTheLibrarysTextForOtherFaults) {
  TlsHandshake handshake = good_handshake();
  handshake.trust = TrustFault::other;
  handshake.trust_words = "unsuitable certificate purpose";
  EXPECT_EQ(only_finding(result_of(id, with_endpoints({server_with(handshake)}))).observed,
            "another fault: unsuitable certificate purpose");
}

TEST(ExternalTlsHandshake, PassesForAValidCertificate) {
  const Finding finding = only_finding(result_of(id, with_endpoints({good_server()})));
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint web");
}

TEST(ExternalTlsHandshake, PassesForAServerThatRequiresAClientCertificate) {
  TlsHandshake handshake = good_handshake();
  handshake.protocol.reset();
  handshake.suite.clear();
  handshake.client_certificate_demanded = true;
  EXPECT_EQ(status_of(id, with_endpoints({server_with(handshake)})), Outcome::pass);
}

TEST(ExternalTlsHandshake, EvaluatesEveryHttpsEndpointAndNoOther) {
  Endpoint sts = distrusted_server(TrustFault::wrong_name);
  sts.component = Component::sts;
  Endpoint plain = distrusted_server(TrustFault::expired);
  plain.component = Component::api;
  plain.url = "http://api:3000";
  const CheckResult result = result_of(id, with_endpoints({good_server(), sts, plain}));
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().object, "endpoint sts");
}

}  // namespace
}  // namespace compliance::test::handshake_test
