// external-tls-certificate-expiry
#include <algorithm>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/checks/external_tls/servers.h"
#include "tests/checks/web_edge/consoles.h"

namespace compliance::test::certificate_expiry_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr auto id = "external-tls-certificate-expiry";

// A certificate of that life that ends in `left`.
Installation with_life(seconds life, seconds left) {
  Installation installation = with_certificates({good_certificate(1)});
  Certificate& certificate = installation.secrets.certificates.front().certificates.front();
  certificate.not_after = installation.observed_at + left;
  certificate.not_before = *certificate.not_after - life;
  return installation;
}

TEST(ExternalTlsCertificateExpiry, PassesThreeWeeksBeforeTheEndAndFailsASecondLater) {
  EXPECT_EQ(status_of(id, with_life(days{365}, days{21})), Outcome::pass);
  expect_fail(id, with_life(days{365}, days{21} - seconds{1}), "the certificate expires soon",
              at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateExpiry, AFifthOfAShortLifeIsEnough) {
  EXPECT_EQ(status_of(id, with_life(days{10}, days{2})), Outcome::pass);
  expect_fail(id, with_life(days{10}, days{2} - seconds{1}), "the certificate expires soon",
              at_secret_file("tls.crt"));
  EXPECT_EQ(status_of(id, with_life(days{105}, days{21})), Outcome::pass);
  EXPECT_EQ(status_of(id, with_life(days{104}, days{21} - hours{1})), Outcome::pass);
}

TEST(ExternalTlsCertificateExpiry, TheSiteChoosesTheLimit) {
  EvaluationSettings settings;
  settings.policy.certificate_min_validity = days{40};
  const Check& check = *find_check(id);
  EXPECT_EQ(evaluate_check(check, with_life(days{365}, days{40}), settings).status, Outcome::pass);
  expect_fail(evaluate_check(check, with_life(days{365}, days{39}), settings),
              "the certificate expires soon", at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateExpiry, ShowsTheRemainingDays) {
  const CheckResult result = result_of(id, with_life(days{365}, days{5} + hours{3}));
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message, "the certificate expires soon");
  EXPECT_EQ(finding.expected, "valid for at least 21 days");
  EXPECT_EQ(finding.observed, "5 days");
  EXPECT_EQ(finding.component, Component::gateway);
  EXPECT_EQ(finding.object, "service gateway");
  EXPECT_EQ(finding.origin.place.text(), "secrets/tls.crt");
  EXPECT_EQ(finding.severity, Severity::high);
}

TEST(ExternalTlsCertificateExpiry, ShowsTheRemainingHoursNearTheEnd) {
  EXPECT_EQ(result_of(id, with_life(days{365}, days{2})).findings.front().observed, "2 days");
  EXPECT_EQ(result_of(id, with_life(days{365}, days{2} - seconds{1})).findings.front().observed,
            "47 hours");
}

TEST(ExternalTlsCertificateExpiry, FailsAfterTheEnd) {
  EXPECT_EQ(result_of(id, with_life(days{365}, seconds{-1})).findings.front().message,
            "the certificate has expired");
  EXPECT_EQ(result_of(id, with_life(days{365}, seconds{0})).findings.front().message,
            "the certificate expires soon");
}

TEST(ExternalTlsCertificateExpiry, FailsBeforeTheBeginning) {
  EXPECT_EQ(status_of(id, with_life(days{365}, days{365})), Outcome::pass);
  expect_fail(id, with_life(days{365}, days{365} + seconds{1}), "the certificate is not valid yet",
              at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateExpiry, FailsForALifeThatEndsBeforeItBegins) {
  Installation installation = with_life(days{-1}, days{300});
  expect_fail(id, installation, "the certificate is not valid yet", at_secret_file("tls.crt"));
}

TEST(ExternalTlsCertificateExpiry, EvaluatesIssuers) {
  Installation installation = with_certificates({good_certificate(1), good_certificate(2)});
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  Certificate& authority = installation.secrets.certificates.front().certificates.back();
  authority.not_after = installation.observed_at + days{1};
  EXPECT_EQ(result_of(id, installation).findings.front().message,
            "certificate 2 of the file expires soon");
  authority.on_path = false;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsCertificateExpiry, IsUnknownForADateThatCannotBeRead) {
  for (const bool first : {true, false}) {
    Installation installation = with_certificates({good_certificate(1)});
    Certificate& certificate = installation.secrets.certificates.front().certificates.front();
    (first ? certificate.not_before : certificate.not_after).reset();
    expect_unknown(id, installation,
                   {.reason = UnknownReason::unparsable,
                    .message = "the certificate has a date that cannot be read"},
                   at_secret_file("tls.crt"));
  }
}

// A server whose path has certificates of a year that end in these times.
Endpoint server_with_ends(const std::vector<seconds>& ends, TrustFault fault = TrustFault::none) {
  TlsHandshake handshake = good_handshake();
  handshake.trust = fault;
  handshake.path.clear();
  for (const seconds left : ends) {
    handshake.path.push_back(
        with_life(days{365}, left).secrets.certificates.front().certificates.front());
    handshake.path.back().position = 7;
    handshake.path.back().on_path = false;
  }
  return server_with(handshake);
}

CheckResult evaluated(const Endpoint& endpoint) {
  return result_of(id, with_endpoints({endpoint}));
}

TEST(ExternalTlsCertificateExpiry, EvaluatesThePathOfEachServer) {
  EXPECT_EQ(evaluated(server_with_ends({days{21}, days{200}, days{365}})).status, Outcome::pass);
  const CheckResult result = evaluated(server_with_ends({days{20}, days{200}}));
  ASSERT_EQ(messages_of(result), std::vector<std::string>{"the certificate expires soon"});
  EXPECT_EQ(result.findings.front().expected, "valid for at least 21 days");
  EXPECT_EQ(result.findings.front().observed, "20 days");
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(result.findings.front().object, "endpoint web");
  EXPECT_EQ(result.findings.front().origin, at_peer());
  EXPECT_EQ(messages_of(evaluated(server_with_ends({days{30}, days{20}}))),
            std::vector<std::string>{"certificate 2 of the path expires soon"});
}

TEST(ExternalTlsCertificateExpiry, EvaluatesTheCertificateOfAnUntrustedServer) {
  EXPECT_EQ(messages_of(evaluated(server_with_ends({days{1}}, TrustFault::self_signed))),
            std::vector<std::string>{"the certificate expires soon"});
  EXPECT_EQ(evaluated(server_with_ends({days{100}}, TrustFault::self_signed)).status,
            Outcome::pass);
}

TEST(ExternalTlsCertificateExpiry, ReportsAnExpiredPathOnce) {
  EXPECT_EQ(messages_of(evaluated(server_with_ends({seconds{-1}}, TrustFault::expired))),
            std::vector<std::string>{"the certificate has expired"});
  EXPECT_EQ(messages_of(evaluated(server_with_ends({days{100}, seconds{-1}}, TrustFault::expired))),
            std::vector<std::string>{"certificate 2 of the path has expired"});
}

TEST(ExternalTlsCertificateExpiry, FailsForAnExpiredIssuerThatIsNotSent) {
  for (const seconds left : {seconds{days{100}}, seconds{0}}) {
    const CheckResult result = evaluated(server_with_ends({days{100}, left}, TrustFault::expired));
    ASSERT_EQ(result.status, Outcome::fail);
    const std::vector<std::string> messages = messages_of(result);
    EXPECT_EQ(
        std::count(messages.begin(), messages.end(), "an issuer of the certificate has expired"),
        1);
  }
  const CheckResult result = evaluated(server_with_ends({days{100}}, TrustFault::expired));
  EXPECT_EQ(result.findings.front().object, "endpoint web");
  EXPECT_EQ(result.findings.front().origin, at_peer());
  TlsHandshake handshake = good_handshake();
  handshake.trust = TrustFault::expired;
  handshake.path.front().not_after.reset();
  expect_fail(evaluated(server_with(handshake)), "an issuer of the certificate has expired",
              at_peer());
}

TEST(ExternalTlsCertificateExpiry, EvaluatesFilesAndServersTogether) {
  Installation installation = with_life(days{365}, days{1});
  installation.configured = installation.configured | Source::endpoint;
  installation.probed.endpoints = {server_with_ends({days{2}})};
  EXPECT_EQ(messages_of(result_of(id, installation)).size(), 2U);
}

TEST(ExternalTlsCertificateExpiry, DoesNotApplyWithSecretFilesAloneThatHoldNoCertificate) {
  Installation installation = with_endpoints({});
  installation.configured = Source::endpoint | Source::secrets;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::certificate_expiry_test
