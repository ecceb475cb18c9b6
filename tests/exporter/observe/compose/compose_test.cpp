// Services, images, profiles and secrets of whole files.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::compose_test {
namespace {

TEST(Service, IsAContainerWithItsPlace) {
  const Container container = app("init: true");
  EXPECT_EQ(container.platform, Platform::compose);
  EXPECT_EQ(container.role, ContainerRole::main);
  EXPECT_EQ(container.name, "app");
  EXPECT_EQ(container.object, "service app");
  EXPECT_EQ(container.origin, in_file(2, 3));
  EXPECT_FALSE(container.injected);
  EXPECT_EQ(container.component, Component::other);
  EXPECT_EQ(container.service_account_token.origin, in_file(2, 3));
}

TEST(Service, NamesAreInOrder) {
  const auto facts =
      facts_of(project({"services: {c: {image: x}, a: {image: x}, b: {image: x}}\n"}));
  ASSERT_EQ(facts.containers.size(), 3U);
  EXPECT_EQ(facts.containers[0].name, "a");
  EXPECT_EQ(facts.containers[2].name, "c");
}

TEST(Component, ComesFromTheConfigurationTheCommandTheNameOrTheImage) {
  auto input =
      project({"services:\n  console: {image: x}\n  one: {image: x, command: /usr/local/bin/sts}\n"
               "  two: {image: x, entrypoint: [/bin/sh, /usr/local/bin/caracal-migrate]}\n"
               "  redis: {image: x}\n  four: {image: \"docker.io/library/postgres:17\"}\n  agent: "
               "{image: redis}\n"});
  input.components = {{"console", Component::web}};
  input.injected_containers = {"agent"};
  const auto facts = facts_of(input);
  EXPECT_EQ(container_named(facts, "console").component, Component::web);
  EXPECT_EQ(container_named(facts, "one").component, Component::sts);
  EXPECT_EQ(container_named(facts, "two").component, Component::migrate);
  EXPECT_EQ(container_named(facts, "redis").component, Component::redis);
  EXPECT_EQ(container_named(facts, "four").component, Component::postgres);
  EXPECT_EQ(container_named(facts, "agent").component, Component::other);
  EXPECT_TRUE(container_named(facts, "agent").injected);
  EXPECT_FALSE(container_named(facts, "redis").injected);
}

Container with_image(const std::string& image) {
  return container_named(facts_of(project({"services:\n  a:\n    image: " + image + "\n"})), "a");
}

TEST(Image, GivesTheRelease) {
  const Container container = with_image("ghcr.io/x/caracal-go:v2026.06.22-rc.1@sha256:ab");
  EXPECT_EQ(container.image.repository, "ghcr.io/x/caracal-go");
  EXPECT_EQ(container.image.tag, "v2026.06.22-rc.1");
  EXPECT_EQ(container.image.digest, "sha256:ab");
  EXPECT_EQ(container.image.origin, in_file(3, 12));
  EXPECT_EQ(container.release, parse_release("v2026.06.22-rc.1"));
  EXPECT_EQ(with_image("x:latest").release, std::nullopt);
  EXPECT_EQ(with_image("x").release, std::nullopt);
}

TEST(Image, WithAnUnsetTagHasARepositoryAndNoRelease) {
  const Container container = with_image("x/caracal-go:v${CARACAL_VERSION}");
  EXPECT_EQ(container.image.fault, unset("CARACAL_VERSION"));
  EXPECT_EQ(container.image.repository, "x/caracal-go");
  EXPECT_EQ(container.release, std::nullopt);
  EXPECT_EQ(with_image("x:v0.1.0${NO}").release, std::nullopt);
  EXPECT_EQ(with_image("x:${NO}v0.1.0").release, std::nullopt);
}

TEST(Image, WithAnUnsetRegistryHasARelease) {
  const Container container = with_image("${NO}caracal-go:v0.1.0@sha256:ab");
  EXPECT_EQ(container.image.fault, unset("NO"));
  EXPECT_EQ(container.release, parse_release("v0.1.0"));
}

TEST(Image, ThatIsNothingButAnUnsetVariableIsUndecided) {
  EXPECT_EQ(with_image("${NO}").image.fault, unset("NO"));
}

TEST(Image, SeveralUnsetVariablesAreAllNamedOnce) {
  EXPECT_EQ(with_image("${A}${B}${A}:${C}").image.fault->message,
            "the variables A, B and C are not set");
  EXPECT_EQ(with_image("${A}:${B}").image.fault->message, "the variables A and B are not set");
}

TEST(Image, IsBuiltLocallyWhenOnlyBuildIsGiven) {
  const auto facts =
      facts_of(project({"services:\n  a:\n    build: .\n  b:\n    build: {}\n    image: x:1\n"}));
  EXPECT_TRUE(container_named(facts, "a").image.built_locally);
  EXPECT_EQ(container_named(facts, "a").image.origin, in_file(3, 12));
  EXPECT_FALSE(container_named(facts, "b").image.built_locally);
  EXPECT_EQ(container_named(facts, "b").image.tag, "1");
}

TEST(Command, IsEntrypointThenCommand) {
  EXPECT_EQ(app("entrypoint: /bin/sh -c\ncommand: ['a b', c]").command,
            (std::vector<std::string>{"/bin/sh", "-c", "a b", "c"}));
  EXPECT_EQ(app("command: [\"$$HOME\"]").command, std::vector<std::string>{"$HOME"});
}

TEST(Devices, AreListedWithTheirRules) {
  const auto devices = app("devices:\n  - /dev/a:/dev/b\n  - {source: /dev/c}\n"
                           "device_cgroup_rules: [\"c 1:3 mr\"]\ngpus: all")
                           .devices;
  ASSERT_EQ(devices.size(), 4U);
  EXPECT_EQ(devices[0].value, "/dev/a:/dev/b");
  EXPECT_EQ(devices[0].origin, in_file(5, 9));
  EXPECT_EQ(devices[1].value, "/dev/c");
  EXPECT_EQ(devices[2].value, "c 1:3 mr");
  EXPECT_EQ(devices[3].value, "all");
  EXPECT_EQ(devices[3].origin, in_file(8, 11));
}

TEST(Limits, ComeFromDeployOrTheOlderKeys) {
  const auto older = app("mem_limit: 1g\ncpus: 0.5\npids_limit: 100").limits;
  EXPECT_EQ(older.memory.value, "1g");
  EXPECT_EQ(older.cpu.value, "0.5");
  EXPECT_EQ(older.pids.value, "100");
  EXPECT_EQ(older.memory.origin, in_file(4, 16));
  const auto newer =
      app("mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g, cpus: '2', pids: 50}}}").limits;
  EXPECT_EQ(newer.memory.value, "2g");
  EXPECT_EQ(newer.cpu.value, "2");
  EXPECT_EQ(newer.pids.value, "50");
  const auto none = app("init: true").limits;
  EXPECT_TRUE(none.memory.absent() && none.cpu.absent() && none.pids.absent());
  EXPECT_EQ(none.memory.origin, in_file(2, 3));
  EXPECT_EQ(app("mem_limit: ${NO}").limits.memory.fault, unset("NO"));
}

TEST(Networks, AreNamedOrDefault) {
  const std::string networks = "networks: {one: , two: }\n";
  const auto names = [&networks](const std::string& lines) {
    return container_named(facts_of(project({app_with(lines) + networks})), "app").networks;
  };
  EXPECT_EQ(names("init: true"), std::vector<std::string>{"default"});
  EXPECT_EQ(names("networks: [one, two]"), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(names("networks: {two: {aliases: [x]}}"), std::vector<std::string>{"two"});
  EXPECT_TRUE(names("network_mode: none").empty());
}

TEST(Profiles, EnableServices) {
  const std::string text =
      "services:\n  always: {image: x, depends_on: [extra]}\n  extra: {image: x, profiles: [a, "
      "b]}\n"
      "  other: {image: x, profiles: [c]}\n  empty: {image: x, profiles: []}\n  bad: {profiles: "
      "[never]}\n";
  auto input = project({text});
  const auto names = [&input] {
    std::string result;
    for (const Container& container : facts_of(input).containers) {
      result += container.name + " ";
    }
    return result;
  };
  EXPECT_EQ(names(), "always empty ");
  input.profiles = {"b"};
  EXPECT_EQ(names(), "always empty extra ");
  input.profiles = {"x", "c"};
  EXPECT_EQ(names(), "always empty other ");
  input.profiles = {};
  input.environment = {{"COMPOSE_PROFILES", "a, c"}};
  EXPECT_EQ(names(), "always empty extra other ");
  input.profiles = {"b"};
  EXPECT_EQ(names(), "always empty extra ");
}

TEST(Profiles, AreAllEnabledByAStar) {
  auto input = project({"services:\n  extra: {image: x, profiles: [a]}\n"});
  input.profiles = {"*"};
  EXPECT_EQ(facts_of(input).containers.size(), 1U);
}

TEST(Providers, AreNoContainers) {
  EXPECT_TRUE(facts_of(project({"services:\n  a: {provider: {type: x}}\n"})).containers.empty());
}

TEST(Secrets, HaveASource) {
  const auto facts = facts_of(project(
      {"services: {}\nsecrets:\n  f: {file: ./x}\n  e: {environment: X}\n  c: {content: x}\n"
       "  x: {external: true}\n  n: {external: {name: y}}\n  d: {driver: x}\n  no: {external: "
       "false, file: y}\n"}));
  std::map<std::string, ComposeSecretSource> sources;
  for (const ComposeSecret& secret : facts.secrets) {
    sources[secret.name] = secret.source;
  }
  EXPECT_EQ(sources,
            (std::map<std::string, ComposeSecretSource>{{"f", ComposeSecretSource::file},
                                                        {"e", ComposeSecretSource::environment},
                                                        {"c", ComposeSecretSource::content},
                                                        {"x", ComposeSecretSource::external},
                                                        {"n", ComposeSecretSource::external},
                                                        {"d", ComposeSecretSource::unstated},
                                                        {"no", ComposeSecretSource::file}}));
  EXPECT_EQ(facts.secrets.front().name, "c");
  EXPECT_EQ(facts.secrets.front().origin, in_file(5, 3));
}

TEST(SecretFiles, AreAgainstTheProjectDirectory) {
  const auto facts =
      facts_of(project({"services: {}\nsecrets:\n  b: {file: \"${DIR:-./secrets}/b\"}\n  a: {file: "
                        "/abs/a}\n  u: {file: \"${NO}/u\"}\n"}));
  ASSERT_EQ(facts.secret_files.size(), 2U);
  EXPECT_EQ(facts.secret_files[0].name, "a");
  EXPECT_EQ(facts.secret_files[0].path, "/abs/a");
  EXPECT_EQ(facts.secret_files[1].path, "/project/secrets/b");
  EXPECT_EQ(facts.secret_files[1].origin, in_file(3, 13));
}

}  // namespace
}  // namespace compliance::test::compose_test
