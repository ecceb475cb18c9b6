// published-mode-required-settings
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::required_settings_test {
namespace {

constexpr auto id = "published-mode-required-settings";

constexpr auto old_release = "v2026.06.25";
constexpr auto new_release = "v1.0.0";

// A packaged service with everything that new releases require beyond old ones.
Container complete(Component component, const char* release) {
  Container container = packaged_service(component);
  container.release = parse_release(release);
  if (component == Component::api) {
    set_variable(container, "CARACAL_GATEWAY_URL", "http://gateway:8081");
    set_variable(container, "CARACAL_COORDINATOR_URL", "http://coordinator:4000");
  }
  if (component == Component::coordinator) {
    set_variable(container, "IDEMPOTENCY_HMAC_KEY_FILE", "/run/secrets/idempotencyHmacKey");
  }
  return container;
}

Container without(Container container, const std::string& setting) {
  remove_variable(container, setting);
  remove_variable(container, setting + "_FILE");
  return container;
}

struct Requirement {
  Component component;
  std::string setting;
  std::string named_in_message;
};

void expect_missing(const Container& container, const Requirement& row) {
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail) << name_of(row.component) << " " << row.setting;
  EXPECT_EQ(result.findings.front().message, row.named_in_message + " is not set");
  EXPECT_EQ(result.findings.front().severity, Severity::low);
  EXPECT_NE(result.findings.at(1).outcome, Outcome::fail) << row.setting;
}

const std::vector<Requirement> always{
    {Component::gateway, "STS_URL", "STS_URL"},
    {Component::gateway, "DATABASE_URL", "DATABASE_URL"},
    {Component::gateway, "REDIS_URL", "REDIS_URL"},
    {Component::gateway, "STREAMS_HMAC_KEY", "STREAMS_HMAC_KEY"},
    {Component::sts, "DATABASE_URL", "DATABASE_URL"},
    {Component::sts, "REDIS_URL", "REDIS_URL"},
    {Component::sts, "ISSUER_URL", "ISSUER_URL"},
    {Component::sts, "ZONE_KEK", "SECRET_STORE_KEK or ZONE_KEK"},
    {Component::audit, "DATABASE_URL", "DATABASE_URL"},
    {Component::audit, "REDIS_URL", "REDIS_URL"},
    {Component::api, "DATABASE_URL", "DATABASE_URL"},
    {Component::api, "REDIS_URL", "REDIS_URL"},
    {Component::api, "STS_JWKS_URL", "STS_JWKS_URL"},
    {Component::api, "STS_ISSUER_URL", "STS_ISSUER_URL"},
    {Component::api, "CONTROL_AUDIENCE", "CONTROL_AUDIENCE"},
    {Component::api, "CONTROL_API_TOKEN", "CONTROL_API_TOKEN"},
    {Component::coordinator, "ISSUER_URL", "ISSUER_URL"},
    {Component::coordinator, "DATABASE_URL", "DATABASE_URL"},
    {Component::coordinator, "REDIS_URL", "REDIS_URL"},
    {Component::coordinator, "STS_URL", "STS_URL"},
    {Component::coordinator, "AGENT_COORDINATOR_SCOPE", "AGENT_COORDINATOR_SCOPE"},
    {Component::web, "CARACAL_AUTH_DATABASE_URL", "CARACAL_AUTH_DATABASE_URL or DATABASE_URL"},
    {Component::web, "CARACAL_AUTH_SECRET", "CARACAL_AUTH_SECRET"}};

const std::vector<Requirement> published_only{
    {Component::gateway, "AUDIT_HMAC_KEY", "AUDIT_HMAC_KEY"},
    {Component::gateway, "GATEWAY_STS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY"},
    {Component::sts, "GATEWAY_STS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY"},
    {Component::sts, "STREAMS_HMAC_KEY", "STREAMS_HMAC_KEY"},
    {Component::sts, "AUDIT_HMAC_KEY", "AUDIT_HMAC_KEY"},
    {Component::audit, "AUDIT_HMAC_KEY", "AUDIT_HMAC_KEY"},
    {Component::api, "STREAMS_HMAC_KEY", "STREAMS_HMAC_KEY"},
    {Component::api, "AUDIT_HMAC_KEY", "AUDIT_HMAC_KEY"},
    {Component::coordinator, "STREAMS_HMAC_KEY", "STREAMS_HMAC_KEY"}};

const std::vector<Requirement> new_and_published{
    {Component::api, "STS_URL", "STS_URL"},
    {Component::api, "CARACAL_GATEWAY_URL", "CARACAL_GATEWAY_URL"},
    {Component::api, "CARACAL_COORDINATOR_URL", "CARACAL_COORDINATOR_URL"},
    {Component::coordinator, "IDEMPOTENCY_HMAC_KEY", "IDEMPOTENCY_HMAC_KEY"}};

TEST(PublishedModeRequiredSettings, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeRequiredSettings, PassesForANewReleaseWithEverythingItRequires) {
  for (const Component component : {Component::sts, Component::api, Component::gateway,
                                    Component::audit, Component::coordinator, Component::web}) {
    EXPECT_EQ(status_of(id, complete(component, new_release)), Outcome::pass) << name_of(component);
  }
}

TEST(PublishedModeRequiredSettings, FailsForEachSettingThatIsAlwaysRequired) {
  for (const Requirement& row : always) {
    Container container = without(complete(row.component, old_release), row.setting);
    expect_missing(container, row);
    set_variable(container, "CARACAL_MODE", "dev");
    expect_missing(container, row);
  }
}

TEST(PublishedModeRequiredSettings, FailsForEachKeyThatPublishedModeRequires) {
  for (const Requirement& row : published_only) {
    Container container = without(complete(row.component, old_release), row.setting);
    expect_missing(container, row);
    set_variable(container, "CARACAL_MODE", "dev");
    EXPECT_EQ(status_of(id, container), Outcome::pass) << row.setting;
    set_unresolved_variable(container, "CARACAL_MODE");
    EXPECT_EQ(status_of(id, container), Outcome::unknown) << row.setting;
  }
}

TEST(PublishedModeRequiredSettings, SomeAreRequiredOnlyByNewReleasesInPublishedMode) {
  for (const Requirement& row : new_and_published) {
    Container container = without(complete(row.component, new_release), row.setting);
    expect_missing(container, row);
    container.release = parse_release(old_release);
    EXPECT_EQ(status_of(id, container), Outcome::pass) << row.setting;
    container.release.reset();
    EXPECT_EQ(status_of(id, container), Outcome::unknown) << row.setting;
    set_variable(container, "CARACAL_MODE", "dev");
    EXPECT_EQ(status_of(id, container), Outcome::pass) << row.setting;
  }
}

TEST(PublishedModeRequiredSettings, NewReleasesOfTheApiReadTheKeyEncryptionKeyAtStart) {
  Container container = without(complete(Component::api, new_release), "ZONE_KEK");
  expect_missing(container, {Component::api, "", "SECRET_STORE_KEK or ZONE_KEK"});
  container.release = parse_release(old_release);
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  set_variable(container, "SECRET_STORE_KEK_FILE", "/run/secrets/secretStoreKek");
  container.release = parse_release(new_release);
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(PublishedModeRequiredSettings, AnUnknownReleaseDoesNotMatterWhereEverythingIsSet) {
  Container container = complete(Component::coordinator, old_release);
  container.release.reset();
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(PublishedModeRequiredSettings, SettingsOfControlAreRequiredWhereControlIsOn) {
  for (const char* setting : {"STS_JWKS_URL", "STS_ISSUER_URL", "CONTROL_AUDIENCE",
                              "CONTROL_API_TOKEN", "AUDIT_HMAC_KEY"}) {
    Container container = without(complete(Component::api, old_release), setting);
    set_variable(container, "CARACAL_CONTROL_ENABLED", "TRUE");
    EXPECT_EQ(status_of(id, container), Outcome::pass) << setting;
    remove_variable(container, "CARACAL_CONTROL_ENABLED");
    EXPECT_EQ(status_of(id, container), Outcome::pass) << setting;
    set_unresolved_variable(container, "CARACAL_CONTROL_ENABLED");
    EXPECT_EQ(summary_of(id, container),
              "unknown: " + std::string{setting} + ": X is not set [compose.yaml:5:3]");
  }
}

TEST(PublishedModeRequiredSettings, ASettingMayBeGivenDirectlyByFileOrByReference) {
  Container container = without(complete(Component::audit, old_release), "AUDIT_HMAC_KEY");
  set_variable(container, "AUDIT_HMAC_KEY", "x");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container = without(container, "AUDIT_HMAC_KEY");
  set_secret_reference(container, "AUDIT_HMAC_KEY", "caracal-runtime", "auditHmacKey");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container = without(container, "AUDIT_HMAC_KEY");
  set_variable(container, "AUDIT_HMAC_KEY", "");
  EXPECT_EQ(summary_of(id, container), "fail: AUDIT_HMAC_KEY is not set [compose.yaml:5:3]");
}

TEST(PublishedModeRequiredSettings, WebFallsBackToTheDatabaseUrl) {
  Container container = without(complete(Component::web, old_release), "CARACAL_AUTH_DATABASE_URL");
  set_variable(container, "DATABASE_URL_FILE", "/run/secrets/databaseUrl");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(PublishedModeRequiredSettings, MailNeedsASenderInNewReleases) {
  Container container = complete(Component::web, new_release);
  set_variable(container, "CARACAL_SMTP_URL_FILE", "/run/secrets/smtpUrl");
  expect_missing(container, {Component::web, "", "CARACAL_SMTP_FROM"});
  container.release = parse_release(old_release);
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.release = parse_release(new_release);
  set_variable(container, "CARACAL_SMTP_FROM", "caracal@example.net");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(PublishedModeRequiredSettings, PasswordSignUpNeedsMailInProduction) {
  Container container = complete(Component::web, new_release);
  set_variable(container, "CARACAL_PASSWORD_SIGNUP", "on");
  expect_missing(container, {Component::web, "", "CARACAL_SMTP_URL"});
  set_variable(container, "NODE_ENV", "development");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  remove_variable(container, "NODE_ENV");
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  set_unresolved_variable(container, "NODE_ENV");
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
  set_variable(container, "CARACAL_PASSWORD_SIGNUP", "off");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  set_unresolved_variable(container, "CARACAL_PASSWORD_SIGNUP");
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(PublishedModeRequiredSettings, ARequiredSignInMethodHasToBeSet) {
  Container container = complete(Component::web, new_release);
  set_variable(container, "CARACAL_REQUIRE_SIGN_IN_METHOD", "1");
  expect_missing(container,
                 {Component::web, "", "GOOGLE_CLIENT_ID or GITHUB_CLIENT_ID or CARACAL_SMTP_URL"});
  for (const char* method : {"GOOGLE_CLIENT_ID", "GITHUB_CLIENT_ID"}) {
    Container with_method = container;
    set_variable(with_method, method, "id");
    EXPECT_EQ(status_of(id, with_method), Outcome::pass) << method;
  }
}

TEST(PublishedModeRequiredSettings, IsUnknownWhenTheSettingMayComeFromWhatCannotBeSeen) {
  Container container = without(complete(Component::audit, old_release), "REDIS_URL");
  container.environment.secret_references = {{.value = "caracal-runtime"}};
  const CheckResult whole = result_of(id, compose_installation({container}));
  EXPECT_EQ(summary_of(whole),
            "unknown: REDIS_URL: envFrom takes the whole Secret caracal-runtime: any variable may "
            "come from it [compose.yaml:5:3]");
  EXPECT_EQ(whole.unknown_reasons(), std::vector{UnknownReason::not_observable});
  set_unresolved_variable(container, "REDIS_URL_FILE");
  const CheckResult unresolved = result_of(id, compose_installation({container}));
  EXPECT_EQ(summary_of(unresolved), "unknown: REDIS_URL: X is not set [compose.yaml:10:7]");
  EXPECT_EQ(unresolved.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
}

TEST(PublishedModeRequiredSettings, SaysWhereTheSettingStandsThatCannotBeResolved) {
  Container container = without(complete(Component::audit, old_release), "REDIS_URL");
  set_unresolved_variable(container, "REDIS_URL");
  for (Variable& variable : container.environment.variables) {
    variable.origin = at(Source::compose, variable.name == "REDIS_URL" ? 77 : 5, 9);
  }
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 77, 9));
}

TEST(PublishedModeRequiredSettings, SaysThatTheReleaseDecides) {
  Container container = complete(Component::coordinator, old_release);
  remove_variable(container, "IDEMPOTENCY_HMAC_KEY_FILE");
  container.release.reset();
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().message,
            "IDEMPOTENCY_HMAC_KEY: the release is not known; from v0.1.0 on it is required");
}

TEST(PublishedModeRequiredSettings, DoesNotApplyToOtherComponentsAndInitContainers) {
  EXPECT_EQ(status_of(id, hardened_service(Component::postgres)), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, hardened_service(Component::other)), Outcome::not_applicable);
  Container init = hardened_pod_container(Component::sts);
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::required_settings_test
