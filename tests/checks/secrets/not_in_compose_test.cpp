// secrets-not-in-compose
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::not_in_compose_test {
namespace {

constexpr auto id = "secrets-not-in-compose";

Installation with(ComposeSecretSource source) {
  Installation installation = packaged_compose();
  installation.compose.secrets = {
      {.name = "zoneKek", .source = source, .origin = at(Source::compose, 40, 3)}};
  return installation;
}

TEST(SecretsNotInCompose, PassesForFilesAndExternalSecrets) {
  EXPECT_EQ(status_of(id, with(ComposeSecretSource::file)), Outcome::pass);
  EXPECT_EQ(status_of(id, with(ComposeSecretSource::external)), Outcome::pass);
}

TEST(SecretsNotInCompose, FailsForTheEnvironmentAndForContent) {
  const std::vector<std::pair<ComposeSecretSource, std::string>> cases{
      {ComposeSecretSource::environment, "environment"}, {ComposeSecretSource::content, "content"}};
  for (const auto& [source, observed] : cases) {
    const CheckResult result = result_of(id, with(source));
    ASSERT_EQ(result.status, Outcome::fail) << observed;
    EXPECT_EQ(result.findings.front().observed, observed);
    EXPECT_EQ(result.findings.front().object, "secret zoneKek");
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 40, 3));
  }
}

TEST(SecretsNotInCompose, IsUnknownWithoutASource) {
  EXPECT_EQ(summary_of(id, with(ComposeSecretSource::unstated)),
            "unknown: the secret names no source [compose.yaml:40:3]");
}

TEST(SecretsNotInCompose, DoesNotApplyWithoutSecretsOrInKubernetes) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::not_in_compose_test
