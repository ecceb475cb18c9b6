// What is published of endpoints, secrets, waivers, watches and the past of checks.
#include "exporter/publish/metrics/verdict_families.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/metrics/exposition.h"
#include "tests/support/snapshots.h"

namespace compliance::installation_series_test::verdict_families_test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::chrono::sys_seconds far{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};

std::string text_of(const PublishedInstallation& installation) {
  Snapshot snapshot;
  snapshot.installations.push_back(installation);
  return render_exposition(snapshot);
}

PublishedInstallation installation() {
  return {.result = {.name = "production",
                     .checks = {test::result_with(
                         test::sample_mode, {test::failing(Component::api, "service api", "m")})}}};
}

TEST(VerdictFamilies, AreInOrderOfTheirNamesAndEachAddsItsSeriesInOneWay) {
  const auto families = verdict_families();
  EXPECT_TRUE(std::is_sorted(
      families.begin(), families.end(),
      [](const auto& left, const auto& right) { return left.name.name < right.name.name; }));
  for (const VerdictFamily& family : families) {
    EXPECT_NE(family.add_installation == nullptr, family.add_snapshot == nullptr)
        << family.name.name;
  }
}

TEST(VerdictFamilies, ShowTheProtocolsThatCouldBeDetermined) {
  PublishedInstallation shown = installation();
  shown.endpoints = {{.component = Component::web,
                      .not_after = far,
                      .offered = {false, std::nullopt, false, true, true}}};
  const std::string text = text_of(shown);
  const std::string labels = "{installation=\"production\",component=\"web\"";
  EXPECT_THAT(
      text, HasSubstr("tls_certificate_not_after_timestamp_seconds" + labels + "} 253402214400\n"));
  EXPECT_THAT(text, HasSubstr("tls_protocol_offered" + labels + ",protocol=\"SSLv3\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("tls_protocol_offered" + labels + ",protocol=\"TLSv1.3\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("TLSv1.0")));
}

TEST(VerdictFamilies, LeaveOutAnEndpointThatShowedNothing) {
  PublishedInstallation shown = installation();
  shown.endpoints = {{.component = Component::sts}};
  EXPECT_THAT(text_of(shown), Not(HasSubstr("component=\"sts\"")));
}

TEST(VerdictFamilies, ShowWhenSecretsChanged) {
  PublishedInstallation shown = installation();
  shown.secrets = {{.logical_name = "auditHmacKey",
                    .changed_at = std::chrono::sys_seconds{std::chrono::seconds{1'780'000'000}}}};
  EXPECT_THAT(text_of(shown),
              HasSubstr("secret_changed_timestamp_seconds{installation=\"production\","
                        "secret=\"auditHmacKey\"} 1780000000\n"));
}

TEST(VerdictFamilies, ShowThePastOfChecksAsFarAsItIsKnown) {
  PublishedInstallation shown = installation();
  const std::string labels = "{installation=\"production\",check=\"published-mode-sample\"}";
  EXPECT_THAT(text_of(shown), HasSubstr("check_transitions_total" + labels + " 0\n"));
  EXPECT_THAT(text_of(shown), Not(HasSubstr("check_last_transition")));
  shown.past["published-mode-sample"] = {.transitions = 3,
                                         .last_transition = test::instant_at(1'780'000'000'500)};
  EXPECT_THAT(text_of(shown), HasSubstr("check_transitions_total" + labels + " 3\n"));
  EXPECT_THAT(text_of(shown),
              HasSubstr("check_last_transition_timestamp_seconds" + labels + " 1780000000.5\n"));
}

TEST(VerdictFamilies, CallACheckWaivedWhenEveryFailureIs) {
  PublishedInstallation shown = installation();
  const std::string waived =
      "check_waived{installation=\"production\",check=\"published-mode-sample\"} ";
  const std::string rolled = "severity=\"critical\",status=\"fail\",waived=\"true\"} ";
  EXPECT_THAT(text_of(shown), HasSubstr(waived + "0\n"));
  EXPECT_THAT(text_of(shown), HasSubstr(rolled + "0\n"));
  shown.result.checks.front().findings.front().waiver = "w";
  EXPECT_THAT(text_of(shown), HasSubstr(waived + "1\n"));
  EXPECT_THAT(text_of(shown), HasSubstr(rolled + "1\n"));
}

TEST(VerdictFamilies, TellWhetherFilesAreWatched) {
  PublishedInstallation shown = installation();
  shown.sources = {{.source = Source::compose, .up = true, .watched = false},
                   {.source = Source::endpoint, .up = true}};
  const std::string text = text_of(shown);
  EXPECT_THAT(text, HasSubstr("source_watch_active{installation=\"production\","
                              "source=\"compose\"} 0\n"));
  EXPECT_THAT(text, Not(HasSubstr("source_watch_active{installation=\"production\","
                                  "source=\"endpoint\"}")));
}

TEST(VerdictFamilies, ShowEachWaiverAndCountThemByState) {
  Snapshot snapshot = test::snapshot_of({});
  const Waiver waiver{.id = "CAB-7", .check = "c", .installation = "production", .expires = far};
  snapshot.waivers = {{.waiver = waiver, .state = WaiverState::unused}};
  snapshot.invalid_waivers = 2;
  const std::string text = render_exposition(snapshot);
  const std::string labels = "{waiver=\"CAB-7\",installation=\"production\",check=\"c\"} ";
  EXPECT_THAT(text, HasSubstr("waiver_active" + labels + "1\n"));
  EXPECT_THAT(text, HasSubstr("waiver_expiry_timestamp_seconds" + labels + "253402214400\n"));
  EXPECT_THAT(text, HasSubstr("waivers{state=\"unused\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("waivers{state=\"invalid\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("waivers{state=\"active\"} 0\n"));
  snapshot.waivers.front().state = WaiverState::expired;
  EXPECT_THAT(render_exposition(snapshot), HasSubstr("waiver_active" + labels + "0\n"));
}

}  // namespace
}  // namespace compliance::installation_series_test::verdict_families_test
