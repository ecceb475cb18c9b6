// The flags of `check` that stand for a configuration file.
#include "exporter/commands/ad_hoc_sources.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace compliance::test::ad_hoc_sources_test {
namespace {

InstallationConfig installation_of(const AdHocSources& sources) {
  const auto config = config_from_flags(sources);
  EXPECT_TRUE(config) << config.error().message;
  return config ? config.value().installations.at(0) : InstallationConfig{};
}

std::string refusal(const AdHocSources& sources) {
  const auto config = config_from_flags(sources);
  return config ? "accepted" : config.error().message;
}

TEST(AdHocSources, AreSourcesOrOptionsOfSources) {
  EXPECT_TRUE(AdHocSources{.compose = {"-"}}.any());
  EXPECT_TRUE(AdHocSources{.manifests = {"-"}}.any());
  EXPECT_TRUE(AdHocSources{.secrets = {"-"}}.any());
  EXPECT_TRUE(AdHocSources{.runtime_cli_help = "-"}.any());
  EXPECT_TRUE((AdHocSources{.endpoints = {{"web", "https://a"}}}.any()));
  EXPECT_FALSE((AdHocSources{.endpoints = {{"web", ""}}}.any()));
  EXPECT_FALSE(AdHocSources{}.any());
  EXPECT_FALSE((AdHocSources{.env_files = {"e"},
                             .environment = {"A=b"},
                             .stage = "staging",
                             .public_components = {"web"}})
                   .any());
}

TEST(AdHocSources, HaveTheDefaultsOfAConfigurationFile) {
  const InstallationConfig installation = installation_of({});
  EXPECT_EQ(installation,
            (InstallationConfig{.name = "default",
                                .injected_containers = default_injected_containers()}));
}

TEST(AdHocSources, BecomeSources) {
  const InstallationConfig installation = installation_of({.compose = {"-"},
                                                           .environment = {"A=b=c", "B=", "A=d"},
                                                           .profiles = {"full"},
                                                           .manifests = {"/nowhere/*.yaml"},
                                                           .stage = "staging",
                                                           .release = "caracal",
                                                           .kubernetes_namespace = "prod"});
  EXPECT_EQ(installation.stage, DeploymentStage::staging);
  EXPECT_EQ(installation.compose->files, std::vector<std::string>{"-"});
  EXPECT_EQ(installation.compose->environment,
            (std::map<std::string, std::string>{{"A", "d"}, {"B", ""}}));
  EXPECT_EQ(installation.compose->profiles, std::vector<std::string>{"full"});
  EXPECT_EQ(installation.kubernetes->manifests, std::vector<std::string>{"/nowhere/*.yaml"});
  EXPECT_EQ(installation.kubernetes->release, "caracal");
  EXPECT_EQ(installation.kubernetes->default_namespace, "prod");
  EXPECT_FALSE(installation.secrets);
  EXPECT_FALSE(installation.runtime_cli);
}

TEST(AdHocSources, NameFilesThatExist) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("file", "x");
  const InstallationConfig installation = installation_of({.compose = {path},
                                                           .env_files = {path},
                                                           .secrets = {directory.path_of("")},
                                                           .runtime_cli_help = path});
  EXPECT_EQ(installation.compose->env_files, std::vector<std::string>{path});
  EXPECT_EQ(installation.secrets->directories, std::vector<std::string>{directory.path_of("")});
  EXPECT_EQ(installation.runtime_cli->help_file, path);
}

TEST(AdHocSources, RefusePathsThatDoNotExist) {
  EXPECT_EQ(refusal({.compose = {"/nowhere/c"}}), "--compose: /nowhere/c does not exist");
  EXPECT_EQ(refusal({.compose = {"-"}, .env_files = {"/nowhere/e"}}),
            "--env-file: /nowhere/e does not exist");
  EXPECT_EQ(refusal({.manifests = {"/nowhere/m"}}), "--manifests: /nowhere/m does not exist");
  EXPECT_EQ(refusal({.secrets = {"/nowhere/s"}}), "--secrets: /nowhere/s does not exist");
  EXPECT_EQ(refusal({.runtime_cli_help = "/nowhere/h"}),
            "--runtime-cli-help: /nowhere/h does not exist");
}

TEST(AdHocSources, NameEndpointsByComponent) {
  const InstallationConfig installation = installation_of(
      {.endpoints = {
           {"web", "https://a.example.net/x"}, {"sts", "http://10.0.0.1:8080"}, {"api", ""}}});
  EXPECT_EQ(installation.endpoints.list,
            (std::vector<EndpointConfig>{
                {.component = Component::sts, .url = "http://10.0.0.1:8080"},
                {.component = Component::web, .url = "https://a.example.net/x"}}));
}

TEST(AdHocSources, RefuseEndpointsWithoutShowingThem) {
  EXPECT_EQ(refusal({.endpoints = {{"web", "https://user:hunter2@a"}}}),
            "--web must be a URL without credentials, query and fragment");
  EXPECT_EQ(refusal({.endpoints = {{"gateway", "https://a?token=hunter2"}}}),
            "--gateway must be a URL without credentials, query and fragment");
  EXPECT_EQ(refusal({.endpoints = {{"sts", "sts.example.net"}}}),
            "--sts must be an http or https URL; this is no http or https URL");
}

TEST(AdHocSources, AreStandardInputOnlyWhereThatIsRead) {
  EXPECT_TRUE(config_from_flags({.compose = {"-"}}));
  EXPECT_TRUE(config_from_flags({.manifests = {"-"}}));
  EXPECT_TRUE(config_from_flags({.runtime_cli_help = "-"}));
  EXPECT_EQ(refusal({.compose = {"-"}, .env_files = {"-"}}), "--env-file: - does not exist");
  EXPECT_EQ(refusal({.secrets = {"-"}}), "--secrets: - does not exist");
}

TEST(AdHocSources, NameComponents) {
  const InstallationConfig installation = installation_of(
      {.public_components = {"web", "sts"}, .components = {"edge-console=web", "x=auth-migrate"}});
  EXPECT_EQ(installation.public_components, (std::vector{Component::web, Component::sts}));
  EXPECT_EQ(installation.components,
            (std::map<std::string, Component>{{"edge-console", Component::web},
                                              {"x", Component::auth_migrate}}));
}

TEST(AdHocSources, RefuseWhatIsNoComponent) {
  EXPECT_EQ(refusal({.public_components = {"console"}}), "--public: 'console' is not a component");
  EXPECT_EQ(refusal({.components = {"a=console"}}), "--component: 'console' is not a component");
  EXPECT_EQ(refusal({.components = {"a=installation"}}),
            "--component: 'installation' is not a component");
}

TEST(AdHocSources, RefuseAssignmentsThatAreNoneWithoutShowingThem) {
  for (const char* text : {"hunter2", "=hunter2", ""}) {
    EXPECT_EQ(refusal({.compose = {"-"}, .environment = {text}}), "--env takes NAME=VALUE");
    EXPECT_EQ(refusal({.components = {text}}), "--component takes NAME=VALUE");
    EXPECT_EQ(refusal({.policy = {text}}), "--policy takes NAME=VALUE");
  }
}

TEST(AdHocSources, SetThresholds) {
  const auto config = config_from_flags({.policy = {"secret_max_age=10d"}});
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().evaluation.policy.secret_max_age, std::chrono::days{10});
  EXPECT_EQ(refusal({.policy = {"secret_age=10d"}}).find("--policy"), 0U);
}

}  // namespace
}  // namespace compliance::test::ad_hoc_sources_test
