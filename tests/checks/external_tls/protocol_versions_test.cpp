// external-tls-protocol-versions
#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"
#include "tests/checks/web_edge/consoles.h"

namespace compliance::test::protocol_versions_test {
namespace {

constexpr auto id = "external-tls-protocol-versions";

// One letter a protocol, SSL 3.0 first: y takes it, n refuses it, s is silent, - was not asked.
CheckResult evaluated(std::string_view offers) {
  Endpoint endpoint = good_server();
  for (std::size_t index = 0; index < tls_protocols.size(); ++index) {
    const char letter = offers.at(index);
    endpoint.tls.offered.at(index) = letter == 's'   ? unseen<bool>()
                                     : letter == '-' ? Fact<bool>{}
                                                     : seen(letter == 'y');
  }
  return result_of(id, with_endpoints({endpoint}));
}

TEST(ExternalTlsProtocolVersions, PassWithEitherCurrentOne) {
  for (const char* offers : {"nnnyy", "nnnny", "nnnyn"}) {
    EXPECT_EQ(evaluated(offers).status, Outcome::pass) << offers;
  }
}

TEST(ExternalTlsProtocolVersions, FailForEachOldOne) {
  for (const auto& [offers, name] : Settings{{"ynnyy", "SSLv3"},
                                             {"nynyy", "TLSv1.0"},
                                             {"nnyyy", "TLSv1.1"},
                                             {"nnyny", "TLSv1.1"},
                                             {"nnyyn", "TLSv1.1"}}) {
    const Finding finding = only_finding(evaluated(offers));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "accepts " + name);
    EXPECT_EQ(finding.expected, "only TLSv1.2 or TLSv1.3");
    EXPECT_EQ(finding.observed, name);
    EXPECT_EQ(finding.object, "endpoint web");
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(messages_of(evaluated("yyyyy")),
            (std::vector<std::string>{"accepts SSLv3", "accepts TLSv1.0", "accepts TLSv1.1"}));
}

TEST(ExternalTlsProtocolVersions, FailWithoutACurrentOne) {
  const Finding finding = only_finding(evaluated("nnnnn"));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "accepts neither TLS 1.2 nor TLS 1.3");
  EXPECT_EQ(finding.expected, "only TLSv1.2 or TLSv1.3");
  EXPECT_EQ(finding.observed, "neither");
  EXPECT_EQ(finding.origin, at_peer());
  EXPECT_EQ(evaluated("nynnn").findings.size(), 2U);
}

// A server that is out of order refuses whatever it is offered.
TEST(ExternalTlsProtocolVersions, AreUnknownWhereTheServerRefusesTheHandshakeAndEveryOffer) {
  Endpoint endpoint = good_server();
  endpoint.tls.handshake = {
      .origin = at_peer(), .fault = Fault{.reason = UnknownReason::tls_failure, .message = "ends"}};
  endpoint.tls.offered.fill(seen(false));
  EXPECT_EQ(only_finding(result_of(id, with_endpoints({endpoint}))).reason,
            UnknownReason::tls_failure);
  endpoint.tls.offered.front() = seen(true);
  EXPECT_EQ(messages_of(result_of(id, with_endpoints({endpoint}))),
            (std::vector<std::string>{"accepts neither TLS 1.2 nor TLS 1.3", "accepts SSLv3"}));
}

TEST(ExternalTlsProtocolVersions, AreUnknownWhereOneGaveNoAnswer) {
  for (const char* offers : {"snnyy", "nsnyy", "nnsyy", "nnnsn", "nnnns", "nnnss"}) {
    const Finding finding = only_finding(evaluated(offers));
    EXPECT_EQ(finding.reason, UnknownReason::timeout) << offers;
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(only_finding(evaluated("nnn-n")).reason, UnknownReason::pending);
  EXPECT_EQ(evaluated("-----").unknown_reasons(), std::vector{UnknownReason::pending});
}

TEST(ExternalTlsProtocolVersions, FailForAnOldOneEvenIfOthersGaveNoAnswer) {
  expect_fail(evaluated("ysnyy"), "accepts SSLv3", at_peer());
  expect_fail(evaluated("ynnss"), "accepts SSLv3", at_peer());
  EXPECT_EQ(messages_of(evaluated("snynn")),
            (std::vector<std::string>{"accepts neither TLS 1.2 nor TLS 1.3", "accepts TLSv1.1",
                                      "no answer in 10 s"}));
}

// That one current protocol is taken is enough.
TEST(ExternalTlsProtocolVersions, PassWhereOneOfTheCurrentOnesGaveNoAnswer) {
  EXPECT_EQ(evaluated("nnnys").status, Outcome::pass);
  EXPECT_EQ(evaluated("nnnsy").status, Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::protocol_versions_test
