// secrets-not-in-manifests
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::not_in_manifests_test {
namespace {

constexpr auto id = "secrets-not-in-manifests";

StoredObject object_of(StoreKind kind, const std::string& key, std::string_view text,
                       StoredForm form = StoredForm::plaintext) {
  return {.kind = kind,
          .name = "runtime",
          .object = kind == StoreKind::config_map ? "ConfigMap runtime" : "Secret runtime",
          .values = {{.key = key,
                      .form = form,
                      .shape = shape_of(text),
                      .origin = at(Source::kubernetes, 7, 3)}}};
}

Outcome status_with(const StoredObject& object) {
  Installation installation = packaged_kubernetes();
  installation.kubernetes.stored_objects = {object};
  return status_of(id, installation);
}

TEST(SecretsNotInManifests, FailsForThePlaintextOfAKnownKey) {
  for (const char* key : {"zoneKek", "databaseUrl", "stsDatabaseUrl", "CARACAL_ADMIN_TOKEN"}) {
    EXPECT_EQ(status_with(object_of(StoreKind::secret, key, "x")), Outcome::fail) << key;
  }
}

TEST(SecretsNotInManifests, FailsForAnyPlaintextOfASecretThatCaracalUses) {
  StoredObject object = object_of(StoreKind::secret, "anything", "x");
  EXPECT_EQ(status_with(object), Outcome::not_applicable);
  object.used_by_caracal = true;
  EXPECT_EQ(status_with(object), Outcome::fail);
}

TEST(SecretsNotInManifests, SaysObjectKeyAndPlaceAndNotTheValue) {
  Installation installation = packaged_kubernetes();
  installation.kubernetes.stored_objects = {object_of(StoreKind::secret, "zoneKek", "hunter2")};
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message,
            "the manifest contains the plaintext value of key zoneKek");
  EXPECT_EQ(result.findings.front().object, "Secret runtime");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 7, 3));
}

TEST(SecretsNotInManifests, PassesForEncryptedSealedExternalAndEmptyOnes) {
  EXPECT_EQ(status_with(object_of(StoreKind::secret, "zoneKek", "x", StoredForm::encrypted)),
            Outcome::pass);
  EXPECT_EQ(status_with(object_of(StoreKind::secret, "zoneKek", "", StoredForm::empty)),
            Outcome::pass);
  EXPECT_EQ(status_with(object_of(StoreKind::secret, "zoneKek", "")), Outcome::pass);
  for (const StoreKind kind : {StoreKind::sealed_secret, StoreKind::external_secret}) {
    EXPECT_EQ(status_with(object_of(kind, "zoneKek", "x", StoredForm::encrypted)), Outcome::pass);
  }
}

TEST(SecretsNotInManifests, FailsForLiteralsOfTemplates) {
  for (const StoreKind kind : {StoreKind::sealed_secret, StoreKind::external_secret}) {
    Installation installation = packaged_kubernetes();
    installation.kubernetes.stored_objects = {object_of(kind, "zoneKek", "x")};
    expect_fail(id, installation, "the template contains the plaintext value of key zoneKek",
                at(Source::kubernetes, 7, 3));
  }
}

TEST(SecretsNotInManifests, PassesWithANoteForPlaceholdersOfDeploymentTools) {
  Installation installation = packaged_kubernetes();
  installation.kubernetes.stored_objects = {
      object_of(StoreKind::secret, "zoneKek", "", StoredForm::reference)};
  expect_pass(id, installation, "a deployment tool fills in the value of key zoneKek",
              at(Source::kubernetes, 7, 3));
}

constexpr auto private_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

TEST(SecretsNotInManifests, FailsForAPrivateKeyInAConfigMap) {
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "anything", private_key)), Outcome::fail);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "anything",
                                  "-----BEGIN CERTIFICATE-----\nPRIVATE KEY")),
            Outcome::pass);
}

TEST(SecretsNotInManifests, FailsForAPrivateKeyInAVariable) {
  Container container = hardened_pod_container(Component::other);
  set_variable(container, "ANYTHING", private_key);
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "the variable ANYTHING contains a private key");
  EXPECT_EQ(result.findings.front().object, container.object);
  set_variable(container, "ANYTHING", "-----BEGIN PUBLIC KEY-----");
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

TEST(SecretsNotInManifests, DoesNotApplyToObjectsFromTheApiServer) {
  StoredObject object = object_of(StoreKind::secret, "zoneKek", "x");
  object.from_api_server = true;
  EXPECT_EQ(status_with(object), Outcome::not_applicable);
  object.kind = StoreKind::config_map;
  EXPECT_EQ(status_with(object), Outcome::fail);
}

TEST(SecretsNotInManifests, FailsForASecretValueInAConfigMap) {
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "METRICS_BEARER", "x")), Outcome::fail);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "zoneKek", "x")), Outcome::fail);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "DATABASE_URL", "a://b:c@d")),
            Outcome::fail);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "DATABASE_URL", "no url")), Outcome::fail);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "PROXY", "a://b:c@d")), Outcome::fail);
}

TEST(SecretsNotInManifests, PassesForAConfigMapWithSettings) {
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "LOG_LEVEL", "info")), Outcome::pass);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "enabled", "")), Outcome::pass);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "DATABASE_URL", "a://b/c")),
            Outcome::pass);
  EXPECT_EQ(status_with(object_of(StoreKind::config_map, "METRICS_BEARER_FILE", "/run/x")),
            Outcome::pass);
}

TEST(SecretsNotInManifests, ReportsEachKey) {
  StoredObject object = object_of(StoreKind::secret, "zoneKek", "x");
  object.values.push_back(object.values.front());
  object.values.back().key = "auditHmacKey";
  Installation installation = packaged_kubernetes();
  installation.kubernetes.stored_objects = {object};
  EXPECT_EQ(result_of(id, installation).findings.size(), 2U);
}

TEST(SecretsNotInManifests, DoesNotApplyWithoutObjectsOrInCompose) {
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::not_in_manifests_test
