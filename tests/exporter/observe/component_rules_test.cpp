// Which component a container is, and the parts of an image reference.
#include "exporter/observe/component_rules.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::component_rules_test {
namespace {

Component named(const std::string& name) { return component_of({.name = name}, {}); }

Component labelled(const std::string& label) { return component_of({.label = label}, {}); }

Component running(const std::vector<std::string>& command) {
  return component_of({.command = command}, {});
}

Component from_image(const std::string& repository) {
  return component_of({.image_repository = repository}, {});
}

TEST(ComponentOfNothing, IsOther) { EXPECT_EQ(component_of({}, {}), Component::other); }

TEST(ComponentByName, KnowsWhatCaracalShips) {
  const std::vector<std::pair<const char*, Component>> cases{
      {"web", Component::web},
      {"api", Component::api},
      {"sts", Component::sts},
      {"gateway", Component::gateway},
      {"audit", Component::audit},
      {"coordinator", Component::coordinator},
      {"postgres", Component::postgres},
      {"redis", Component::redis},
      {"migrate", Component::migrate},
      {"dbMigrate", Component::migrate},
      {"db-migrate", Component::migrate},
      {"auth-migrate", Component::auth_migrate},
      {"authMigrate", Component::auth_migrate},
      {"replayVolumeInit", Component::replay_init},
      {"replay-init", Component::replay_init},
      {"replay_volume_init", Component::replay_init},
      {"STS", Component::sts},
      {"Co_Ordinator", Component::coordinator},
  };
  for (const auto& [name, component] : cases) {
    EXPECT_EQ(named(name), component) << name;
  }
}

TEST(ComponentByName, CaracalMayStandInFront) {
  for (const char* name : {"caracal-sts", "caracal_sts", "caracalSts", "Caracal-STS",
                           "caracal-caracal-sts", "production-caracal-sts"}) {
    EXPECT_EQ(named(name), Component::sts) << name;
  }
  EXPECT_EQ(named("caracal-caracal-auth-migrate"), Component::auth_migrate);
  EXPECT_EQ(named("caracal-dbMigrate"), Component::migrate);
}

TEST(ComponentByName, ANameThatOnlyContainsOneIsOther) {
  for (const char* name : {"web-scraper",
                           "my-web",
                           "webs",
                           "postgres-exporter",
                           "redis-commander",
                           "api-docs",
                           "gateway-proxy",
                           "production-sts",
                           "auditor",
                           "caracal",
                           "caracal-",
                           "caracal-web-scraper",
                           "caracal-sts-caracal",
                           "migrate-users",
                           "replay",
                           "init",
                           "edge",
                           "other",
                           "installation",
                           "sts1",
                           "auth",
                           ""}) {
    EXPECT_EQ(named(name), Component::other) << name;
  }
}

TEST(ComponentByLabel, KnowsTheLabelsOfTheChart) {
  const std::vector<std::pair<const char*, Component>> cases{
      {"web", Component::web},         {"api", Component::api},
      {"sts", Component::sts},         {"gateway", Component::gateway},
      {"audit", Component::audit},     {"coordinator", Component::coordinator},
      {"migrate", Component::migrate}, {"auth-migrate", Component::auth_migrate},
  };
  for (const auto& [label, component] : cases) {
    EXPECT_EQ(labelled(label), component) << label;
  }
}

TEST(ComponentByLabel, AnUnknownLabelLeavesTheRestToDecide) {
  EXPECT_EQ(component_of({.name = "api", .label = "backend"}, {}), Component::api);
  EXPECT_EQ(component_of({.name = "api", .label = "other"}, {}), Component::api);
  EXPECT_EQ(labelled("web-scraper"), Component::other);
}

TEST(ComponentByCommand, KnowsTheProgramsOfTheImages) {
  const std::vector<std::pair<std::vector<std::string>, Component>> cases{
      {{"/usr/local/bin/sts"}, Component::sts},
      {{"/usr/local/bin/gateway"}, Component::gateway},
      {{"/usr/local/bin/audit"}, Component::audit},
      {{"/app/api/dist/main.js"}, Component::api},
      {{"/app/coordinator/dist/main.js"}, Component::coordinator},
      {{"/app/auth/dist/server.js"}, Component::web},
      {{"/bin/sh", "/usr/local/bin/caracal-migrate"}, Component::migrate},
      {{"caracal-migrate"}, Component::migrate},
      {{"node", "--enable-source-maps", "/app/api/dist/main.js"}, Component::api},
      {{"sh", "-c", "set -e; exec /usr/local/bin/sts --verbose"}, Component::sts},
      {{"sh", "-c", "(/usr/local/bin/audit&)"}, Component::audit},
      {{"sh", "-c", "sleep 1\n'/usr/local/bin/gateway'\n"}, Component::gateway},
  };
  for (const auto& [command, component] : cases) {
    EXPECT_EQ(running(command), component) << command.back();
  }
}

TEST(ComponentByCommand, ProgramsThatOnlyLookAlikeAreOther) {
  for (const char* command :
       {"/usr/local/bin/stsd", "/usr/bin/sts", "sts", "gateway", "/usr/local/bin/sts/x",
        "--file=/usr/local/bin/sts", "/app/auth/dist/main.js", "/app/api/dist/server.js",
        "/srv/app/api/dist/main.js", "main.js", "my-caracal-migrate", "caracal-migrate.sh", "",
        "  "}) {
    EXPECT_EQ(running({command}), Component::other) << command;
  }
}

TEST(ComponentByImage, KnowsOwnAndStockImages) {
  const std::vector<std::pair<const char*, Component>> cases{
      {"ghcr.io/garudex-labs/caracal-web", Component::web},
      {"ghcr.io/garudex-labs/caracal-postgres", Component::postgres},
      {"localhost/caracal-redis", Component::redis},
      {"caracal-redis", Component::redis},
      {"registry.example:5000/x/caracal-sts", Component::sts},
      {"ghcr.io/garudex-labs/caracal-coordinator", Component::coordinator},
      {"postgres", Component::postgres},
      {"docker.io/library/postgres", Component::postgres},
      {"bitnami/postgresql", Component::postgres},
      {"redis", Component::redis},
      {"valkey/valkey", Component::redis},
      {"caddy", Component::edge},
      {"library/traefik", Component::edge},
      {"nginx", Component::edge},
      {"nginxinc/nginx-unprivileged", Component::edge},
      {"haproxy", Component::edge},
      {"haproxytech/haproxy-alpine", Component::edge},
      {"envoyproxy/envoy", Component::edge},
      {"cloudflare/cloudflared", Component::edge},
  };
  for (const auto& [repository, component] : cases) {
    EXPECT_EQ(from_image(repository), component) << repository;
  }
}

TEST(ComponentByImage, ImagesThatHoldSeveralOrOtherProgramsAreOther) {
  for (const char* repository :
       {"ghcr.io/garudex-labs/caracal-go", "ghcr.io/garudex-labs/caracal-node",
        "ghcr.io/garudex-labs/caracal-runtime", "prometheuscommunity/postgres-exporter",
        "rediscommander/redis-commander", "nginx/nginx-prometheus-exporter", "traefik/whoami",
        "postgres/tools", "web", "api", "example/gateway", "busybox", "caracal-web/tools", ""}) {
    EXPECT_EQ(from_image(repository), Component::other) << repository;
  }
}

TEST(ComponentRules, TheFirstThatMatchesDecides) {
  ComponentClues clues{.name = "redis",
                       .workload = "shop",
                       .label = "sts",
                       .command = {"/usr/local/bin/audit"},
                       .image_repository = "postgres"};
  EXPECT_EQ(component_of(clues, {{"shop", Component::web}, {"redis", Component::edge}}),
            Component::edge);
  EXPECT_EQ(component_of(clues, {{"shop", Component::web}}), Component::web);
  EXPECT_EQ(component_of(clues, {{"sts", Component::web}}), Component::sts);
  clues.label.clear();
  EXPECT_EQ(component_of(clues, {}), Component::audit);
  clues.command.clear();
  EXPECT_EQ(component_of(clues, {}), Component::redis);
  clues.name = "storage";
  EXPECT_EQ(component_of(clues, {}), Component::postgres);
}

TEST(ComponentRules, TheConfigurationMaySayOther) {
  EXPECT_EQ(component_of({.name = "redis"}, {{"redis", Component::other}}), Component::other);
}

TEST(ComponentRules, TheConfigurationMeansTheExactName) {
  EXPECT_EQ(component_of({.name = "Edge-Console"}, {{"edge-console", Component::web}}),
            Component::other);
}

TEST(ParseImage, TakesTheReferenceApart) {
  struct Case {
    const char* reference;
    const char* repository;
    const char* tag;
    const char* digest;
  };
  const std::vector<Case> cases{
      {"redis", "redis", "", ""},
      {"redis:8", "redis", "8", ""},
      {"ghcr.io/x/y:v1@sha256:ab", "ghcr.io/x/y", "v1", "sha256:ab"},
      {"busybox:1.37.0@sha256:95", "busybox", "1.37.0", "sha256:95"},
      {"ghcr.io/x/y@sha256:ab", "ghcr.io/x/y", "", "sha256:ab"},
      {"localhost:5000/caracal-go", "localhost:5000/caracal-go", "", ""},
      {"localhost:5000/caracal-go:v1", "localhost:5000/caracal-go", "v1", ""},
      {"localhost:5000/caracal-go@sha256:ab", "localhost:5000/caracal-go", "", "sha256:ab"},
      {"registry:5000/x/y:v2@sha256:ab", "registry:5000/x/y", "v2", "sha256:ab"},
      {"redis:", "redis", "", ""},
      {"", "", "", ""},
  };
  for (const Case& expected : cases) {
    const Image image = parse_image(expected.reference);
    EXPECT_EQ(image.repository, expected.repository) << expected.reference;
    EXPECT_EQ(image.tag, expected.tag) << expected.reference;
    EXPECT_EQ(image.digest, expected.digest) << expected.reference;
    EXPECT_FALSE(image.fault);
    EXPECT_FALSE(image.built_locally);
  }
}

}  // namespace
}  // namespace compliance::test::component_rules_test
