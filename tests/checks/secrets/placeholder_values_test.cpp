// secrets-placeholder-values
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::placeholder_values_test {
namespace {

constexpr auto id = "secrets-placeholder-values";

constexpr auto good = "9f2c4e7ab1d8063579acfe0213bd4867";

// The packaged stack with one good file, so that secret files are configured.
Installation with_files() {
  Installation installation = packaged_compose();
  add_secret_file(installation, "zoneKek", good);
  return installation;
}

Installation with_file(const std::string& name, const std::string& content) {
  Installation installation = with_files();
  add_secret_file(installation, name, content);
  return installation;
}

Installation with_variable(const std::string& name, const std::string& value) {
  Installation installation = with_files();
  set_variable(containers_in(installation).front(), name, value);
  return installation;
}

Installation with_stored(const std::string& key, const std::string& text,
                         StoredForm form = StoredForm::plaintext) {
  Installation installation = with_files();
  installation.kubernetes.stored_objects = {{.object = "Secret runtime",
                                             .values = {{.key = key,
                                                         .form = form,
                                                         .shape = shape_of(text),
                                                         .origin = at(Source::kubernetes, 7)}}}};
  return installation;
}

TEST(SecretsPlaceholderValues, PassesForRandomValues) {
  EXPECT_EQ(status_of(id, with_files()), Outcome::pass);
  EXPECT_EQ(status_of(id, with_variable("POSTGRES_PASSWORD", good)), Outcome::pass);
  EXPECT_EQ(status_of(id, with_stored("zoneKek", good)), Outcome::pass);
}

TEST(SecretsPlaceholderValues, FailsForPlaceholdersInFiles) {
  const CheckResult result = result_of(id, with_file("metricsBearer", "changeme\n"));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "metricsBearer is set to a well-known placeholder");
  EXPECT_EQ(result.findings.front().object, "secret metricsBearer");
  EXPECT_EQ(result.findings.front().observed, "a placeholder");
}

TEST(SecretsPlaceholderValues, FailsForPlaceholdersInVariables) {
  const CheckResult result = result_of(id, with_variable("POSTGRES_PASSWORD", "caracal"));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().component, Component::postgres);
  EXPECT_EQ(result.findings.front().object, "service postgres");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
}

TEST(SecretsPlaceholderValues, FailsForPlaceholdersInManifests) {
  const CheckResult result = result_of(id, with_stored("CARACAL_ADMIN_TOKEN", "changeme"));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().object, "Secret runtime");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 7));
}

TEST(SecretsPlaceholderValues, OfUrlsThePasswordCounts) {
  EXPECT_EQ(summary_of(id, with_file("redisUrl", "redis://:changeme@redis:6379")),
            "fail: redisUrl is set to a well-known placeholder [secrets/redisUrl]");
  EXPECT_EQ(status_of(id, with_file("redisUrl", "redis://:Zq81mkw02x@redis:6379")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_file("redisUrl", "redis://redis:6379")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_file("redisUrl", "changeme")), Outcome::pass);
  EXPECT_EQ(summary_of(id, with_variable("DATABASE_URL", "a://b:changeme@c")),
            "fail: DATABASE_URL is set to a well-known placeholder [compose.yaml:10:7]");
  EXPECT_EQ(status_of(id, with_variable("DATABASE_URL", "changeme")), Outcome::pass);
  EXPECT_EQ(summary_of(id, with_stored("databaseUrl", "a://b:changeme@c")),
            "fail: databaseUrl is set to a well-known placeholder [manifests.yaml:7:1]");
  EXPECT_EQ(status_of(id, with_stored("databaseUrl", "changeme")), Outcome::pass);
}

TEST(SecretsPlaceholderValues, OtherNamesAreNoSubject) {
  EXPECT_EQ(status_of(id, with_file("notes", "changeme")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_variable("MY_PASSWORD", "changeme")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_stored("mine", "changeme")), Outcome::pass);
}

TEST(SecretsPlaceholderValues, EncryptedValuesAreNotLookedInto) {
  EXPECT_EQ(status_of(id, with_stored("zoneKek", "changeme", StoredForm::encrypted)),
            Outcome::pass);
}

TEST(SecretsPlaceholderValues, ReferencesAndEmptyVariablesHaveNoText) {
  Installation installation = with_variable("POSTGRES_PASSWORD", "");
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  set_secret_reference(containers_in(installation).front(), "POSTGRES_PASSWORD", "a", "b");
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SecretsPlaceholderValues, IsUnknownForWhatCannotBeSeen) {
  Installation missing = with_file("metricsBearer", "changeme");
  missing.secrets.files.back().fault = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(summary_of(id, missing), "unknown:  [secrets/metricsBearer]");
  Installation unresolved = with_files();
  set_unresolved_variable(containers_in(unresolved).front(), "POSTGRES_PASSWORD");
  EXPECT_EQ(summary_of(id, unresolved), "unknown: X is not set [compose.yaml:10:7]");
  Installation incomplete = with_files();
  containers_in(incomplete).front().environment.incomplete =
      Fault{.reason = UnknownReason::missing_object};
  const CheckResult result = result_of(id, incomplete);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().object, "service postgres");
}

TEST(SecretsPlaceholderValues, WithoutSecretFilesTheirContentIsNotConfigured) {
  const CheckResult result = result_of(id, packaged_compose());
  EXPECT_EQ(summary_of(result), "unknown: no secret files are configured []");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_configured});
}

}  // namespace
}  // namespace compliance::test::placeholder_values_test
