// external-tls-certificate-expiry
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/checks/external_tls/certificates.h"

namespace compliance::test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr auto id = "external-tls-certificate-expiry";

// A certificate of that life that ends in `left`.
Installation with_life(seconds life, seconds left) {
  Installation installation = with_certificates({good_certificate(1)});
  Certificate& certificate = installation.certificates.front().certificates.front();
  certificate.not_after = installation.observed_at + left;
  certificate.not_before = *certificate.not_after - life;
  return installation;
}

TEST(ExternalTlsCertificateExpiry, PassesThreeWeeksBeforeTheEndAndFailsASecondLater) {
  EXPECT_EQ(status_of(id, with_life(days{365}, days{21})), Outcome::pass);
  EXPECT_EQ(status_of(id, with_life(days{365}, days{21} - seconds{1})), Outcome::fail);
}

TEST(ExternalTlsCertificateExpiry, AFifthOfAShortLifeIsEnough) {
  EXPECT_EQ(status_of(id, with_life(days{10}, days{2})), Outcome::pass);
  EXPECT_EQ(status_of(id, with_life(days{10}, days{2} - seconds{1})), Outcome::fail);
  EXPECT_EQ(status_of(id, with_life(days{105}, days{21})), Outcome::pass);
  EXPECT_EQ(status_of(id, with_life(days{104}, days{21} - hours{1})), Outcome::pass);
}

TEST(ExternalTlsCertificateExpiry, TheSiteChoosesTheLimit) {
  EvaluationSettings settings;
  settings.policy.certificate_min_validity = days{40};
  const Check& check = *find_check(id);
  EXPECT_EQ(evaluate_check(check, with_life(days{365}, days{40}), settings).status, Outcome::pass);
  EXPECT_EQ(evaluate_check(check, with_life(days{365}, days{39}), settings).status, Outcome::fail);
}

TEST(ExternalTlsCertificateExpiry, SaysHowMuchIsLeft) {
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

TEST(ExternalTlsCertificateExpiry, SaysHoursNearTheEnd) {
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
  const CheckResult result = result_of(id, with_life(days{365}, days{365} + seconds{1}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "the certificate is not valid yet");
}

TEST(ExternalTlsCertificateExpiry, FailsForALifeThatEndsBeforeItBegins) {
  Installation installation = with_life(days{-1}, days{300});
  EXPECT_EQ(status_of(id, installation), Outcome::fail);
}

TEST(ExternalTlsCertificateExpiry, JudgesThoseThatVouchForIt) {
  Installation installation = with_certificates({good_certificate(1), good_certificate(2)});
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  Certificate& authority = installation.certificates.front().certificates.back();
  authority.not_after = installation.observed_at + days{1};
  EXPECT_EQ(result_of(id, installation).findings.front().message,
            "certificate 2 of the file expires soon");
  authority.on_path = false;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(ExternalTlsCertificateExpiry, IsUnknownForADateThatCannotBeRead) {
  for (const bool first : {true, false}) {
    Installation installation = with_certificates({good_certificate(1)});
    Certificate& certificate = installation.certificates.front().certificates.front();
    (first ? certificate.not_before : certificate.not_after).reset();
    const CheckResult result = result_of(id, installation);
    EXPECT_EQ(result.status, Outcome::unknown);
    EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unparsable});
  }
}

TEST(ExternalTlsCertificateExpiry, IsUnknownForAFileThatCouldNotBeRead) {
  expect_unknown_for_unread_file(id);
}

TEST(ExternalTlsCertificateExpiry, DoesNotApplyWithoutACertificateFile) {
  expect_nothing_without_file(id);
}

}  // namespace
}  // namespace compliance::test
