// What both checks of certificates say of files and servers that present none.
#include "checks/external_tls/shared/certificate_rule.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/checks/external_tls/servers.h"

namespace compliance::test::certificate_rule_test {
namespace {

class CertificateCheck : public testing::TestWithParam<const char*> {};

TEST_P(CertificateCheck, IsUnknownForAFileThatCannotBeRead) {
  const Fault missing{.reason = UnknownReason::missing_object, .message = "it does not exist"};
  Installation installation = with_certificates({});
  CertificateFile& file = installation.secrets.certificates.front();
  file.fault = missing;
  const Finding finding = expect_unknown(GetParam(), installation, missing, file.origin);
  EXPECT_EQ(finding.object, "service gateway");
}

TEST_P(CertificateCheck, DoesNotApplyWhenSecretFilesHoldNoCertificate) {
  Installation installation = with_certificates({});
  installation.secrets.certificates.clear();
  EXPECT_EQ(status_of(GetParam(), installation), Outcome::not_applicable);
}

TEST_P(CertificateCheck, IsUnknownForAServerWithoutCertificate) {
  TlsHandshake handshake = good_handshake();
  handshake.path.clear();
  const Finding finding =
      expect_unknown(GetParam(), with_endpoints({server_with(handshake)}),
                     {UnknownReason::unexpected_response, "presented no certificate"}, at_peer());
  EXPECT_EQ(finding.object, "endpoint web");
}

INSTANTIATE_TEST_SUITE_P(ExternalTls, CertificateCheck,
                         testing::Values("external-tls-certificate-expiry",
                                         "external-tls-certificate-strength"),
                         [](const auto& row) {
                           std::string name{row.param};
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace compliance::test::certificate_rule_test
