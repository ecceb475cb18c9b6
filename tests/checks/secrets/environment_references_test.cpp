// secrets-environment-references
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::environment_references_test {
namespace {

constexpr auto id = "secrets-environment-references";

Container referring(Component component, const std::string& name) {
  Container container = hardened_pod_container(component);
  set_secret_reference(container, name, "caracal-runtime", "key");
  return container;
}

TEST(SecretsEnvironmentReferences, PassesForThePackagedChart) {
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(SecretsEnvironmentReferences, ThePackagedOnesAreFourOnWebAndTwoOnAuthMigrate) {
  const std::vector<std::tuple<std::string, Outcome, Outcome>> rows{
      {"CARACAL_AUTH_DATABASE_URL", Outcome::pass, Outcome::pass},
      {"CARACAL_AUTH_SECRET", Outcome::pass, Outcome::pass},
      {"CARACAL_ADMIN_TOKEN", Outcome::pass, Outcome::fail},
      {"CARACAL_COORDINATOR_TOKEN", Outcome::pass, Outcome::fail},
      {"GITHUB_CLIENT_SECRET", Outcome::fail, Outcome::fail}};
  for (const auto& [name, on_web, on_auth_migrate] : rows) {
    EXPECT_EQ(status_of(id, referring(Component::web, name)), on_web) << name;
    EXPECT_EQ(status_of(id, referring(Component::auth_migrate, name)), on_auth_migrate) << name;
    EXPECT_EQ(summary_of(id, referring(Component::api, name)),
              std::string{"fail: "} + name + " comes from a Secret [compose.yaml:10:7]");
  }
}

TEST(SecretsEnvironmentReferences, FailsLowWithTheVariableAndItsOrigin) {
  const CheckResult result =
      result_of(id, kubernetes_installation({referring(Component::api, "MY_SETTING")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
  EXPECT_EQ(result.findings.front().message, "MY_SETTING comes from a Secret");
}

TEST(SecretsEnvironmentReferences, NamesThatAreKnownToBeNoSecretsAreNoSubject) {
  EXPECT_EQ(status_of(id, referring(Component::api, "PGUSER")), Outcome::pass);
  EXPECT_EQ(status_of(id, referring(Component::web, "GITHUB_CLIENT_ID")), Outcome::pass);
}

TEST(SecretsEnvironmentReferences, LiteralTextsAreAnotherChecks) {
  Container container = hardened_pod_container(Component::api);
  set_variable(container, "CARACAL_ADMIN_TOKEN", "x");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsEnvironmentReferences, FailsForASecretThatIsTakenWholeEvenOnWeb) {
  Container container = packaged_pod_container(Component::web);
  container.environment.secret_references = {
      {.value = "caracal-runtime", .origin = at(Source::kubernetes, 44)}};
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().message,
            "the environment takes the whole Secret caracal-runtime");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 44));
}

TEST(SecretsEnvironmentReferences, VariablesOfAnotherSecretCountBesideTheOneTakenWhole) {
  Container container = referring(Component::api, "MY_SETTING");
  container.environment.secret_references = {{.value = "settings"}};
  EXPECT_EQ(result_of(id, kubernetes_installation({container})).findings.size(), 2U);
}

TEST(SecretsEnvironmentReferences, DoesNotApplyInCompose) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::environment_references_test
