// What the packaged files give to single components.
#include "checks/caracal/packaged_exceptions.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::packaged_exceptions_test {
namespace {

TEST(MayAddCapability, FollowsThePackagedFiles) {
  for (const char* name : {"CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"}) {
    EXPECT_TRUE(may_add_capability(hardened_service(Component::postgres), name)) << name;
    EXPECT_FALSE(may_add_capability(hardened_service(Component::redis), name)) << name;
  }
  for (const char* name : {"CHOWN", "DAC_OVERRIDE", "FOWNER"}) {
    EXPECT_TRUE(may_add_capability(hardened_service(Component::replay_init), name)) << name;
    EXPECT_FALSE(may_add_capability(hardened_service(Component::migrate), name)) << name;
  }
  EXPECT_FALSE(may_add_capability(hardened_service(Component::postgres), "DAC_OVERRIDE"));
  EXPECT_FALSE(may_add_capability(hardened_service(Component::replay_init), "SETUID"));
}

TEST(MayAddCapability, LetsPodsAndTheEdgeBindLowPorts) {
  EXPECT_TRUE(may_add_capability(hardened_pod_container(Component::other), "NET_BIND_SERVICE"));
  EXPECT_TRUE(may_add_capability(hardened_service(Component::edge), "NET_BIND_SERVICE"));
  EXPECT_FALSE(may_add_capability(hardened_service(Component::postgres), "NET_BIND_SERVICE"));
}

TEST(MayAddCapability, LeavesSidecarsOfALabelledPodOut) {
  Container container = hardened_pod_container(Component::postgres);
  container.name = "postgres-exporter";
  EXPECT_FALSE(may_add_capability(container, "CHOWN"));
  container.image.repository = "registry:5000/prometheus/postgres-exporter";
  EXPECT_FALSE(may_add_capability(container, "CHOWN"));
}

TEST(MayAddCapability, KnowsTheComponentInItsPodByContainerOrImage) {
  struct Case {
    Component component;
    const char* name;
    const char* repository;
  };
  for (const Case& named : {
           Case{Component::postgres, "Postgres", "x"},
           Case{Component::postgres, "caracal-postgres", "x"},
           Case{Component::postgres, "db", "ghcr.io/garudex-labs/caracal-postgres"},
           Case{Component::postgres, "db", "docker.io/bitnami/postgresql"},
           Case{Component::postgres, "db", "postgres"},
           Case{Component::replay_init, "replay-init", "busybox"},
           Case{Component::replay_init, "replay_volume_init", "busybox"},
       }) {
    Container container = hardened_pod_container(named.component);
    container.name = named.name;
    container.image.repository = named.repository;
    EXPECT_TRUE(may_add_capability(container, "CHOWN")) << named.name << named.repository;
  }
}

TEST(MayWriteRoot, IsForPostgresAndRedis) {
  EXPECT_TRUE(may_write_root(hardened_service(Component::postgres)));
  EXPECT_TRUE(may_write_root(hardened_service(Component::redis)));
  EXPECT_FALSE(may_write_root(hardened_service(Component::replay_init)));
  EXPECT_FALSE(may_write_root(hardened_service(Component::other)));
}

TEST(MayWriteRoot, KnowsRedisInItsPod) {
  Container container = hardened_pod_container(Component::redis);
  EXPECT_TRUE(may_write_root(container));
  container.name = "cache";
  EXPECT_FALSE(may_write_root(container));
  container.image.repository = "docker.io/valkey/valkey";
  EXPECT_TRUE(may_write_root(container));
}

TEST(MayStartAsRoot, IsForThreeServicesOfCompose) {
  for (const Component component :
       {Component::postgres, Component::migrate, Component::replay_init}) {
    EXPECT_TRUE(may_start_as_root(hardened_service(component)));
    EXPECT_FALSE(may_start_as_root(hardened_pod_container(component)));
  }
  EXPECT_FALSE(may_start_as_root(hardened_service(Component::redis)));
  EXPECT_FALSE(may_start_as_root(hardened_service(Component::auth_migrate)));
}

TEST(SetsUpNetwork, IsForInjectedInitContainers) {
  Container container = hardened_pod_container(Component::other);
  container.injected = true;
  EXPECT_FALSE(sets_up_network(container));
  container.role = ContainerRole::init;
  EXPECT_TRUE(sets_up_network(container));
  container.injected = false;
  EXPECT_FALSE(sets_up_network(container));
}

}  // namespace
}  // namespace compliance::test::packaged_exceptions_test
