// The real files of June 2026, read from where they lie beside the project.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "checks/caracal/mounts.h"
#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::june_files_test {
namespace {

const std::filesystem::path& directory() {
  static const std::filesystem::path path =
      std::filesystem::path{COMPLIANCE_SOURCE_DIR} / ".." / "shared" / "data" / "caracal-2026-06";
  return path;
}

std::string text_of(const std::string& name) {
  std::ifstream file{directory() / name};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class JuneFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(directory())) {
      GTEST_SKIP() << "the real files are not at " << directory();
    }
  }
};

compose::ComposeInput production() { return project({text_of("compose.yaml")}); }

TEST_F(JuneFiles, ProductionHasTenContainersOfTheirComponents) {
  const auto facts = facts_of(production());
  const std::map<std::string, Component> expected{{"api", Component::api},
                                                  {"audit", Component::audit},
                                                  {"coordinator", Component::coordinator},
                                                  {"dbMigrate", Component::migrate},
                                                  {"gateway", Component::gateway},
                                                  {"postgres", Component::postgres},
                                                  {"redis", Component::redis},
                                                  {"replayVolumeInit", Component::replay_init},
                                                  {"sts", Component::sts},
                                                  {"web", Component::web}};
  std::map<std::string, Component> found;
  for (const Container& container : facts.containers) {
    found[container.name] = container.component;
  }
  EXPECT_EQ(found, expected);
  EXPECT_TRUE(facts.faults.empty());
  EXPECT_EQ(facts.secrets.size(), 13U);
  ASSERT_EQ(facts.secret_files.size(), 13U);
  EXPECT_EQ(facts.secret_files.front().path, "/project/secrets/auditHmacKey");
}

TEST_F(JuneFiles, ProductionIsHardenedOverTwoLevelsOfMerges) {
  const auto facts = facts_of(production());
  for (const Container& container : facts.containers) {
    EXPECT_EQ(container.security.no_new_privileges.value, true) << container.name;
    ASSERT_EQ(container.security.capabilities_dropped.size(), 1U) << container.name;
    EXPECT_EQ(container.security.capabilities_dropped[0].value, "ALL") << container.name;
    EXPECT_TRUE(container.security.privileged.absent()) << container.name;
    const bool writable = container.name == "postgres" || container.name == "redis";
    EXPECT_EQ(container.security.read_only_root.absent(), writable) << container.name;
  }
  const Container sts = container_named(facts, "sts");
  EXPECT_EQ(sts.security.no_new_privileges.origin, in_file(16, 7));
  EXPECT_EQ(sts.security.capabilities_dropped[0].origin, in_file(18, 7));
  EXPECT_EQ(sts.security.read_only_root.origin, in_file(26, 14));
  EXPECT_EQ(sts.origin, in_file(194, 3));
  EXPECT_EQ(sts.networks, std::vector<std::string>{"caracalData"});
}

TEST_F(JuneFiles, ProductionAddsCapabilitiesWhereItMust) {
  const auto facts = facts_of(production());
  EXPECT_EQ(container_named(facts, "postgres").security.capabilities_added.size(), 5U);
  EXPECT_EQ(container_named(facts, "postgres").security.capabilities_added[4].origin,
            in_file(108, 9));
  EXPECT_EQ(container_named(facts, "replayVolumeInit").security.capabilities_added.size(), 3U);
  EXPECT_TRUE(container_named(facts, "sts").security.capabilities_added.empty());
  const auto modes = container_named(facts, "replayVolumeInit").namespaces;
  ASSERT_EQ(modes.size(), 1U);
  EXPECT_EQ(modes[0].mode, "none");
  EXPECT_TRUE(container_named(facts, "replayVolumeInit").networks.empty());
}

TEST_F(JuneFiles, ProductionWithoutItsVersionHasUndecidedImages) {
  const auto facts = facts_of(production());
  const Container sts = container_named(facts, "sts");
  EXPECT_EQ(sts.image.fault, unset("CARACAL_VERSION"));
  EXPECT_EQ(sts.image.repository, "ghcr.io/garudex-labs/caracal-go");
  EXPECT_EQ(sts.release, std::nullopt);
  EXPECT_EQ(sts.image.origin, in_file(196, 12));
  EXPECT_EQ(container_named(facts, "replayVolumeInit").image.fault, std::nullopt);
}

TEST_F(JuneFiles, ProductionWithItsVersionHasReleases) {
  auto input = production();
  input.env_files = {{.path = "caracal.env", .text = "CARACAL_VERSION=2026.06.25\n"}};
  const Container web = container_named(facts_of(input), "web");
  EXPECT_EQ(web.image.fault, std::nullopt);
  EXPECT_EQ(web.image.tag, "v2026.06.25");
  EXPECT_EQ(web.release, parse_release("v2026.06.25"));
}

TEST_F(JuneFiles, ProductionPublishesOnLoopbackOnly) {
  const auto facts = facts_of(production());
  std::size_t count = 0;
  for (const Container& container : facts.containers) {
    for (const PublishedPort& port : container.published_ports) {
      EXPECT_EQ(port.host_address, "127.0.0.1") << container.name;
      ++count;
    }
  }
  EXPECT_EQ(count, 8U);
  const PublishedPort port = container_named(facts, "web").published_ports.at(0);
  EXPECT_EQ(port.host_first, 3001);
  EXPECT_EQ(port.container_first, 3002);
  EXPECT_EQ(port.origin, in_file(469, 9));
}

TEST_F(JuneFiles, ProductionHasItsVariables) {
  const auto facts = facts_of(production());
  const EnvironmentFacts sts = container_named(facts, "sts").environment;
  EXPECT_EQ(sts.variables.size(), 12U);
  EXPECT_EQ(sts.find("CARACAL_MODE")->value, "stable");
  EXPECT_EQ(sts.find("CARACAL_MODE")->origin, in_file(223, 21));
  EXPECT_EQ(sts.find("STS_ADMIN_TOKEN")->value, "");
  EXPECT_EQ(sts.find("PORT")->value, "8080");
  EXPECT_EQ(container_named(facts, "web").environment.find("CARACAL_AUTH_URL")->value,
            "http://localhost:3001");
}

TEST_F(JuneFiles, ProductionMountsItsSecretsAndState) {
  const auto facts = facts_of(production());
  const Container sts = container_named(facts, "sts");
  const Mount* key = mount_for(sts, "/run/secrets/zoneKek");
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->kind, MountKind::compose_secret);
  EXPECT_EQ(key->origin, in_file(212, 9));
  const Container api = container_named(facts, "api");
  const Mount* control = mount_for(api, "/run/caracal-control/enabled");
  ASSERT_NE(control, nullptr);
  EXPECT_EQ(control->source, "/project/control");
  EXPECT_TRUE(control->read_only);
  const Container redis = container_named(facts, "redis");
  const Mount* tmpfs = mount_for(redis, "/run/caracal");
  ASSERT_NE(tmpfs, nullptr);
  EXPECT_EQ(tmpfs->kind, MountKind::tmpfs);
}

TEST_F(JuneFiles, DevelopmentIsReadWithItsEnvFile) {
  auto input = project({text_of("compose.development.yaml")});
  input.env_files = {{.path = "development.env", .text = text_of("development.env")}};
  const auto facts = facts_of(input);
  ASSERT_EQ(facts.containers.size(), 10U);
  const Container api = container_named(facts, "api");
  EXPECT_EQ(api.environment.find("CARACAL_MODE")->value, "dev");
  EXPECT_EQ(api.image.repository, "localhost/caracal-node");
  EXPECT_EQ(api.image.tag, "2026.05.26-dev.shalocal");
  EXPECT_EQ(api.release, std::nullopt);
  EXPECT_EQ(api.limits.memory.value, "512M");
  EXPECT_EQ(api.limits.pids.value, "256");
  EXPECT_EQ(api.security.no_new_privileges.value, true);
  EXPECT_EQ(api.security.sysctls.size(), 3U);
  EXPECT_EQ(container_named(facts, "web").published_ports.at(0).host_first, 3001);
  EXPECT_EQ(facts.secret_files.front().path, "/secrets/files/auditHmacKey");
}

TEST_F(JuneFiles, UnhardenedIsReadAlthoughItsEnvFileIsMissing) {
  const auto facts = facts_of(project({text_of("compose.unhardened.yaml")}));
  ASSERT_EQ(facts.containers.size(), 7U);
  const Container lynx = container_named(facts, "lynx");
  ASSERT_TRUE(lynx.environment.incomplete);
  EXPECT_EQ(lynx.environment.incomplete->reason, UnknownReason::missing_object);
  EXPECT_EQ(lynx.published_ports.at(0).host_address, "");
  ASSERT_EQ(facts.faults.size(), 1U);
  EXPECT_EQ(facts.faults[0].origin, in_file(16, 15));
  EXPECT_EQ(container_named(facts, "caracal-sts").component, Component::sts);
  EXPECT_EQ(
      container_named(facts, "caracal-postgres").environment.find("POSTGRES_PASSWORD")->origin,
      in_file(36, 26));
  EXPECT_TRUE(container_named(facts, "caracal-sts").security.no_new_privileges.absent());
}

}  // namespace
}  // namespace compliance::test::june_files_test
