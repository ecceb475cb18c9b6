// containers-host-paths
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::host_paths_test {
namespace {

constexpr auto id = "containers-host-paths";

CheckResult result_with(Container container, const Mount& mount) {
  container.mounts.push_back(mount);
  return result_of(id, container.platform == Platform::compose
                           ? compose_installation({container})
                           : kubernetes_installation({container}));
}

Outcome bound(const std::string& path, bool read_only) {
  return result_with(hardened_service(Component::api),
                     {.kind = MountKind::bind, .source = path, .read_only = read_only})
      .status;
}

TEST(ContainersHostPaths, PassesWithoutMounts) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersHostPaths, FailsWhenTheWholeFileSystemIsBoundEvenReadOnly) {
  EXPECT_EQ(bound("/", true), Outcome::fail);
  EXPECT_EQ(bound("/", false), Outcome::fail);
  EXPECT_EQ(bound("//srv/..", true), Outcome::fail);
}

TEST(ContainersHostPaths, FailsWhenASystemDirectoryIsBoundWritable) {
  const CheckResult result = result_with(
      hardened_service(Component::api),
      {.kind = MountKind::bind, .source = "/etc/cron.d/", .origin = at(Source::compose, 18, 9)});
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 18, 9));
  EXPECT_EQ(result.findings.front().observed, "/etc/cron.d");
  EXPECT_EQ(result.findings.front().expected, "read-only, or not mounted");
}

TEST(ContainersHostPaths, PassesWhenASystemDirectoryIsBoundReadOnly) {
  EXPECT_EQ(bound("/etc/localtime", true), Outcome::pass);
  EXPECT_EQ(bound("/var", true), Outcome::pass);
}

TEST(ContainersHostPaths, PassesBelowDirectoriesThatAreGuardedAlone) {
  for (const char* path : {"/var/lib/caracal", "/home/caracal/control", "/varlib", "/srv"}) {
    EXPECT_EQ(bound(path, false), Outcome::pass) << path;
  }
}

TEST(ContainersHostPaths, PassesWhenAServiceHasOtherVolumes) {
  for (const MountKind kind : {MountKind::named_volume, MountKind::tmpfs, MountKind::compose_secret,
                               MountKind::compose_config}) {
    EXPECT_EQ(
        result_with(hardened_service(Component::api), {.kind = kind, .source = "/etc"}).status,
        Outcome::pass);
  }
}

TEST(ContainersHostPaths, IsUnknownWhenAnUnsetVariableDecides) {
  const Fault fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(result_with(hardened_service(Component::api), {.kind = MountKind::bind, .fault = fault})
                .status,
            Outcome::unknown);
}

TEST(ContainersHostPaths, IsUnknownWhenThePodDoesNotDeclareTheVolume) {
  const Fault fault{.reason = UnknownReason::missing_object, .message = "no volume of that name"};
  EXPECT_EQ(result_with(hardened_pod_container(Component::api),
                        {.kind = MountKind::other_volume, .fault = fault})
                .status,
            Outcome::unknown);
}

TEST(ContainersHostPaths, PassesWhenOnlyATmpfsIsOpen) {
  const Fault fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(
      result_with(hardened_service(Component::api), {.kind = MountKind::tmpfs, .fault = fault})
          .status,
      Outcome::pass);
}

TEST(ContainersHostPaths, FailsWhenAPodHasAnyHostPath) {
  const CheckResult result =
      result_with(hardened_pod_container(Component::api),
                  {.kind = MountKind::host_path, .source = "/srv/caracal", .read_only = true});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "has a volume that is a path of the node");
  EXPECT_EQ(result.findings.front().observed, "hostPath");
}

TEST(ContainersHostPaths, FailsWhenAPodDeclaresAHostPathThatNobodyMounts) {
  Container container = hardened_pod_container(Component::api);
  container.unmounted_volumes = {{.kind = MountKind::host_path, .source = "/srv"}};
  EXPECT_EQ(status_of(id, container), Outcome::fail);
}

TEST(ContainersHostPaths, FailsWhenAPodHasAVolumeTypeThatRestrictedForbids) {
  const CheckResult result = result_with(hardened_pod_container(Component::api),
                                         {.kind = MountKind::other_volume, .source = "nfs"});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message,
            "has a volume of a type that restricted pods may not have");
  EXPECT_EQ(result.findings.front().observed, "nfs");
}

}  // namespace
}  // namespace compliance::test::host_paths_test
