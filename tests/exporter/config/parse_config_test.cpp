// The configuration file: defaults, every key, every refusal with its exact message.
#include "exporter/config/parse_config.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "exporter/config/sections.h"

namespace compliance::parse_config_test {
namespace {

using std::chrono_literals::operator""ms;

constexpr auto minimal =
    "installations:\n  - {name: production, compose: {files: [compose.yaml]}}\n";

std::string text_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(ParseConfig, GivesTheDefaultsOfTheContract) {
  const auto config = parse_config("/etc/exporter/exporter.yaml", minimal);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().interval, 60'000ms);
  EXPECT_EQ(config.value().limits.max_file_bytes, 16U << 20U);
  EXPECT_EQ(config.value().limits.max_source_bytes, 256U << 20U);
  EXPECT_EQ(config.value().limits.max_series, 200'000U);
  EXPECT_EQ(config.value().evaluation.policy.secret_max_age, std::chrono::days{90});
  const InstallationConfig& installation = config.value().installations.at(0);
  EXPECT_EQ(installation.stage, DeploymentStage::production);
  EXPECT_EQ(installation.public_components, std::vector{Component::web});
  EXPECT_EQ(installation.injected_containers, default_injected_containers());
}

TEST(ParseConfig, TakesRelativePathsAgainstTheFilesDirectory) {
  const auto config = parse_config("/etc/exporter/exporter.yaml", minimal);
  ASSERT_TRUE(config);
  EXPECT_EQ(config.value().installations.at(0).compose->files.at(0), "/etc/exporter/compose.yaml");
}

TEST(ParseConfig, LeavesAbsolutePathsAndStandardInputAlone) {
  const auto config = parse_config("/etc/x.yaml",
                                   "installations:\n  - {name: a, compose: {files: [/srv/c.yaml]}, "
                                   "kubernetes: {manifests: ['-']}}");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().installations.at(0).compose->files.at(0), "/srv/c.yaml");
  EXPECT_EQ(config.value().installations.at(0).kubernetes->manifests.at(0), "-");
}

TEST(ParseConfig, ReadsEveryKey) {
  const auto config = parse_config("/x/exporter.yaml", R"(
interval: 5m
installations:
  - name: production-1
    environment: staging
    public_components: [web, sts]
    components: {edge-console: web}
    injected_containers: [log-agent]
    compose:
      files: [a.yaml, b.yaml]
      env_files: [caracal.env]
      environment: {CARACAL_VERSION: 1.0.0}
      profiles: [full]
    kubernetes: {manifests: [rendered/], release: caracal, namespace: prod}
    secrets: {directories: [secrets/], names: {myAuditKey: auditHmacKey}}
    runtime_cli: {command: [/usr/local/bin/caracal, --help]}
policy: {secret_max_age: 30d, certificate_min_validity: 12h}
checks:
  containers-not-privileged: {severity: low, enabled: true, reason: "a reason"}
limits: {max_file_bytes: 1MiB, max_source_bytes: 2GiB, max_series: 7}
)");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().interval, 300'000ms);
  const InstallationConfig& installation = config.value().installations.at(0);
  EXPECT_EQ(installation.stage, DeploymentStage::staging);
  EXPECT_EQ(installation.public_components, (std::vector{Component::web, Component::sts}));
  EXPECT_EQ(installation.components.at("edge-console"), Component::web);
  EXPECT_EQ(installation.injected_containers.back(), "log-agent");
  EXPECT_EQ(installation.compose->files.size(), 2U);
  EXPECT_EQ(installation.compose->env_files.at(0), "/x/caracal.env");
  EXPECT_EQ(installation.compose->environment.at("CARACAL_VERSION"), "1.0.0");
  EXPECT_EQ(installation.compose->profiles.at(0), "full");
  EXPECT_EQ(installation.kubernetes->release, "caracal");
  EXPECT_EQ(installation.kubernetes->default_namespace, "prod");
  EXPECT_EQ(installation.secrets->names.at("myAuditKey"), "auditHmacKey");
  EXPECT_EQ(installation.runtime_cli->command.size(), 2U);
  EXPECT_EQ(config.value().evaluation.policy.secret_max_age, std::chrono::days{30});
  EXPECT_EQ(config.value().evaluation.policy.certificate_min_validity, std::chrono::hours{12});
  EXPECT_EQ(config.value().evaluation.checks.at("containers-not-privileged").severity,
            Severity::low);
  EXPECT_EQ(config.value().limits.max_file_bytes, 1U << 20U);
  EXPECT_EQ(config.value().limits.max_source_bytes, 2ULL << 30U);
  EXPECT_EQ(config.value().limits.max_series, 7U);
}

TEST(ParseConfig, TakesTheWaiversFileAgainstItsOwnDirectory) {
  const auto config =
      parse_config("/etc/x.yaml", std::string{minimal} + "waivers_file: w/../waivers.yaml\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().waivers_file, "/etc/waivers.yaml");
}

TEST(ParseConfig, SaysEverythingThatIsWrongInOneGo) {
  const auto config =
      parse_config("x.yaml", "interval: 1\nfoo: 2\ninstallations:\n  - {name: A}\n");
  ASSERT_FALSE(config);
  const std::string message = config.error().message;
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 3) << message;
}

struct Refusal {
  const char* file;
  const char* message;  // without the path in front
};

class ParseConfigRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseConfigRefuses, WithThisMessage) {
  const std::string path =
      std::string{COMPLIANCE_SOURCE_DIR "/tests/data/config/bad/"} + GetParam().file + ".yaml";
  const auto config = parse_config("bad.yaml", text_of(path));
  ASSERT_FALSE(config) << path;
  EXPECT_EQ(config.error().message, std::string{"bad.yaml:"} + GetParam().message);
}

constexpr auto refusals = std::to_array<Refusal>({
#include "tests/data/config/bad/messages.inc"
});

INSTANTIATE_TEST_SUITE_P(Files, ParseConfigRefuses, testing::ValuesIn(refusals),
                         [](const testing::TestParamInfo<Refusal>& refusal) {
                           return std::string{refusal.param.file};
                         });

TEST(ParsePolicy, ReadsTextsOfTheCommandLine) {
  const auto policy = parse_policy({{"secret_max_age", "10d"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy.value().policy.secret_max_age, std::chrono::days{10});
}

TEST(ParsePolicy, RefusesUnknownKeysWithoutAPosition) {
  const auto policy = parse_policy({{"secret_age", "10d"}});
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().message.rfind("unknown key 'secret_age' in policy; allowed:", 0), 0U);
}

TEST(InstallationName, IsALabelValueOfAtMost63Characters) {
  EXPECT_EQ(installation_name_problem("a"), "");
  EXPECT_EQ(installation_name_problem(std::string(63, 'a')), "");
  for (const std::string& name : {std::string{}, std::string(64, 'a'), std::string{"a_b"},
                                  std::string{"A"}, std::string{"a b"}, std::string{"exporter"}}) {
    EXPECT_NE(installation_name_problem(name), "") << name;
  }
}

}  // namespace
}  // namespace compliance::parse_config_test
