// signing-keys-same-on-both-sides
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test::same_on_both_sides_test {
namespace {

using testing::HasSubstr;

constexpr auto id = "signing-keys-same-on-both-sides";

Container sts_with(const std::string& secret) {
  return service_with_key(Component::sts, "AUDIT_HMAC_KEY", secret);
}

Container audit_with(const std::string& secret) {
  return service_with_key(Component::audit, "AUDIT_HMAC_KEY", secret);
}

Container pod_with(Component component, const std::string& secret, const std::string& key) {
  Container container = hardened_pod_container(component);
  set_variable(container, "AUDIT_HMAC_KEY_FILE", "/run/secrets/k");
  container.mounts.push_back({.kind = MountKind::kubernetes_secret,
                              .source = secret,
                              .target = "/run/secrets",
                              .files = {{.key = key, .path = "k"}}});
  return container;
}

TEST(SigningKeysSameOnBothSides, PassesForOneSecret) {
  const CheckResult result =
      result_of(id, compose_installation({sts_with("auditHmacKey"), audit_with("auditHmacKey")}));
  EXPECT_EQ(result.status, Outcome::pass);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().object, "AUDIT_HMAC_KEY");
}

TEST(SigningKeysSameOnBothSides, PassesForOneSecretUnderTwoMountNames) {
  Container audit = hardened_service(Component::audit);
  mount_key(audit, "AUDIT_HMAC_KEY", "auditHmacKey", "another");
  EXPECT_EQ(status_of(id, compose_installation({sts_with("auditHmacKey"), audit})), Outcome::pass);
}

TEST(SigningKeysSameOnBothSides, FailsForTwoSecrets) {
  const CheckResult result =
      result_of(id, compose_installation({sts_with("auditHmacKey"), audit_with("another")}));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::high);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().component, Component::audit);
  EXPECT_THAT(result.findings.front().message,
              HasSubstr("reads AUDIT_HMAC_KEY from a different source than service sts"));
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
}

TEST(SigningKeysSameOnBothSides, FailsForTwoKeysOfOneKubernetesSecret) {
  EXPECT_EQ(status_of(id, kubernetes_installation({pod_with(Component::sts, "a", "k"),
                                                   pod_with(Component::audit, "a", "k")})),
            Outcome::pass);
  EXPECT_EQ(summary_of(id, kubernetes_installation({pod_with(Component::sts, "a", "k"),
                                                    pod_with(Component::audit, "a", "l")})),
            "fail: reads AUDIT_HMAC_KEY from a different source than Deployment caracal-sts "
            "container sts [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, kubernetes_installation({pod_with(Component::sts, "a", "k"),
                                                    pod_with(Component::audit, "b", "k")})),
            "fail: reads AUDIT_HMAC_KEY from a different source than Deployment caracal-sts "
            "container sts [compose.yaml:10:7]");
}

TEST(SigningKeysSameOnBothSides, AReferenceAndAMountOfOneKeyAgree) {
  Container sts = hardened_pod_container(Component::sts);
  set_secret_reference(sts, "AUDIT_HMAC_KEY", "a", "k");
  EXPECT_EQ(status_of(id, kubernetes_installation({sts, pod_with(Component::audit, "a", "k")})),
            Outcome::pass);
  EXPECT_EQ(summary_of(id, kubernetes_installation({sts, pod_with(Component::audit, "a", "l")})),
            "fail: reads AUDIT_HMAC_KEY from a different source than Deployment caracal-sts "
            "container sts [compose.yaml:10:7]");
}

TEST(SigningKeysSameOnBothSides, PassesForTwoSecretsOfEqualContent) {
  Installation installation =
      compose_installation({sts_with("auditHmacKey"), audit_with("another")});
  add_secret_file(installation, "auditHmacKey", good_key);
  add_secret_file(installation, "another", good_key);
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.secrets.files[1].decoded_fingerprint = {};
  EXPECT_EQ(
      summary_of(id, installation),
      "fail: reads AUDIT_HMAC_KEY from a different source than service sts [compose.yaml:10:7]");
}

TEST(SigningKeysSameOnBothSides, ContentThatIsNotKnownProvesNothing) {
  Installation installation =
      compose_installation({sts_with("auditHmacKey"), audit_with("another")});
  add_secret_file(installation, "auditHmacKey", good_key);
  EXPECT_EQ(
      summary_of(id, installation),
      "fail: reads AUDIT_HMAC_KEY from a different source than service sts [compose.yaml:10:7]");
  add_secret_file(installation, "another", good_key);
  installation.secrets.files[0].fault = Fault{.reason = UnknownReason::unreadable};
  EXPECT_EQ(
      summary_of(id, installation),
      "fail: reads AUDIT_HMAC_KEY from a different source than service sts [compose.yaml:10:7]");
  installation.secrets.files[0].fault.reset();
  installation.secrets.files[1].fault = Fault{.reason = UnknownReason::unreadable};
  EXPECT_EQ(
      summary_of(id, installation),
      "fail: reads AUDIT_HMAC_KEY from a different source than service sts [compose.yaml:10:7]");
}

TEST(SigningKeysSameOnBothSides, OneFileForTwoSecretsOfOneKeyNameProvesNothing) {
  Installation installation = kubernetes_installation(
      {pod_with(Component::sts, "a", "k"), pod_with(Component::audit, "b", "k")});
  add_secret_file(installation, "k", good_key);
  EXPECT_EQ(summary_of(id, installation),
            "fail: reads AUDIT_HMAC_KEY from a different source than Deployment caracal-sts "
            "container sts [compose.yaml:10:7]");
}

TEST(SigningKeysSameOnBothSides, InlineTextsAreComparedAndNeverShown) {
  Container sts = hardened_service(Component::sts);
  set_variable(sts, "AUDIT_HMAC_KEY", good_key);
  Container audit = hardened_service(Component::audit);
  set_variable(audit, "AUDIT_HMAC_KEY", good_key);
  EXPECT_EQ(status_of(id, compose_installation({sts, audit})), Outcome::pass);
  set_variable(audit, "AUDIT_HMAC_KEY", other_key);
  const CheckResult result = result_of(id, compose_installation({sts, audit}));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message.find(other_key), std::string::npos);
  EXPECT_EQ(result.findings.front().observed, "");
}

struct Shared {
  const char* name;
  const char* variable;
  Component one;
  Component other;
};

class SharedKeys : public testing::TestWithParam<Shared> {};

TEST_P(SharedKeys, AreCompared) {
  const Shared& key = GetParam();
  const CheckResult result =
      result_of(id, compose_installation({service_with_key(key.one, key.variable, "a"),
                                          service_with_key(key.other, key.variable, "b")}));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message.find("reads " + std::string{key.variable} +
                                                 " from a different source than service "),
            0U);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
}

INSTANTIATE_TEST_SUITE_P(
    SigningKeysSameOnBothSides, SharedKeys,
    testing::Values(Shared{"Audit", "AUDIT_HMAC_KEY", Component::api, Component::gateway},
                    Shared{"Streams", "STREAMS_HMAC_KEY", Component::coordinator, Component::api},
                    Shared{"GatewaySts", "GATEWAY_STS_HMAC_KEY", Component::gateway,
                           Component::sts},
                    Shared{"FormerKek", "ZONE_KEK", Component::sts, Component::api},
                    Shared{"Kek", "SECRET_STORE_KEK", Component::sts, Component::api}),
    [](const auto& row) { return row.param.name; });

TEST(SigningKeysSameOnBothSides, IgnoresWhoDoesNotReadTheKey) {
  EXPECT_EQ(status_of(id, compose_installation(
                              {sts_with("a"), audit_with("a"),
                               service_with_key(Component::coordinator, "AUDIT_HMAC_KEY", "b")})),
            Outcome::pass);
}

TEST(SigningKeysSameOnBothSides, IgnoresUnsetKeysWhichAreTheFindingOfTheirOwnRow) {
  EXPECT_EQ(status_of(id, compose_installation(
                              {sts_with("a"), audit_with("a"), hardened_service(Component::api)})),
            Outcome::pass);
}

TEST(SigningKeysSameOnBothSides, IsNotApplicableWhenNobodySharesAKey) {
  EXPECT_EQ(status_of(id, compose_installation({sts_with("a")})), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, compose_installation({sts_with("a"), hardened_service(Component::api)})),
            Outcome::not_applicable);
}

TEST(SigningKeysSameOnBothSides, IsUnknownWhenAnUnsetVariableDecides) {
  Container audit = hardened_service(Component::audit);
  set_unresolved_variable(audit, "AUDIT_HMAC_KEY_FILE");
  const CheckResult result = result_of(id, compose_installation({sts_with("a"), audit}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().message, "X is not set");
  EXPECT_EQ(result.findings.front().component, Component::audit);
}

TEST(SigningKeysSameOnBothSides, IsUnknownWhenTheEnvironmentIsIncomplete) {
  Container audit = hardened_service(Component::audit);
  audit.environment.incomplete = Fault{.reason = UnknownReason::missing_object, .message = "m"};
  const CheckResult result = result_of(id, compose_installation({audit, sts_with("a")}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().message, "m");
  EXPECT_EQ(result.findings.front().origin, audit.origin);
}

TEST(SigningKeysSameOnBothSides, IsUnknownWhereNoSecretIsMounted) {
  Container audit = hardened_service(Component::audit);
  set_variable(audit, "AUDIT_HMAC_KEY_FILE", "/vault/k");
  const CheckResult result = result_of(id, compose_installation({sts_with("a"), audit}));
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_observable});
  Container sts = hardened_service(Component::sts);
  set_variable(sts, "AUDIT_HMAC_KEY_FILE", "/vault/k");
  EXPECT_EQ(result_of(id, compose_installation({sts, audit})).findings.size(), 2U);
}

}  // namespace
}  // namespace compliance::test::same_on_both_sides_test
