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

CheckResult bound(const std::string& path, bool read_only) {
  return result_with(hardened_service(Component::api), {.kind = MountKind::bind,
                                                        .source = path,
                                                        .read_only = read_only,
                                                        .origin = at(Source::compose, 18, 9)});
}

TEST(ContainersHostPaths, PassesWithoutMounts) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersHostPaths, FailsWhenTheWholeFileSystemIsBoundEvenReadOnly) {
  expect_fail(bound("/", true), "mounts a system directory of the host",
              at(Source::compose, 18, 9));
  expect_fail(bound("/", false), "mounts a system directory of the host",
              at(Source::compose, 18, 9));
  expect_fail(bound("//srv/..", true), "mounts a system directory of the host",
              at(Source::compose, 18, 9));
}

TEST(ContainersHostPaths, FailsWhenASystemDirectoryIsBoundWritable) {
  const Finding finding = expect_fail(
      result_with(hardened_service(Component::api), {.kind = MountKind::bind,
                                                     .source = "/etc/cron.d/",
                                                     .origin = at(Source::compose, 18, 9)}),
      "mounts a system directory of the host", at(Source::compose, 18, 9));
  EXPECT_EQ(finding.observed, "/etc/cron.d");
  EXPECT_EQ(finding.expected, "read-only, or not mounted");
}

TEST(ContainersHostPaths, PassesWhenASystemDirectoryIsBoundReadOnly) {
  EXPECT_EQ(bound("/etc/localtime", true).status, Outcome::pass);
  EXPECT_EQ(bound("/var", true).status, Outcome::pass);
}

TEST(ContainersHostPaths, PassesBelowDirectoriesThatAreGuardedAlone) {
  for (const char* path : {"/var/lib/caracal", "/home/caracal/control", "/varlib", "/srv"}) {
    EXPECT_EQ(bound(path, false).status, Outcome::pass) << path;
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
  EXPECT_EQ(result_with(hardened_service(Component::api),
                        {.kind = MountKind::bind, .fault = unset_variable})
                .status,
            Outcome::unknown);
}

TEST(ContainersHostPaths, IsUnknownWhenThePodDoesNotDeclareTheVolume) {
  const Fault unset_variable{.reason = UnknownReason::missing_object,
                             .message = "no volume of that name"};
  EXPECT_EQ(result_with(hardened_pod_container(Component::api),
                        {.kind = MountKind::other_volume, .fault = unset_variable})
                .status,
            Outcome::unknown);
}

TEST(ContainersHostPaths, PassesWhenOnlyATmpfsIsOpen) {
  EXPECT_EQ(result_with(hardened_service(Component::api),
                        {.kind = MountKind::tmpfs, .fault = unset_variable})
                .status,
            Outcome::pass);
}

TEST(ContainersHostPaths, FailsWhenAPodHasAnyHostPath) {
  const Finding finding = expect_fail(
      result_with(hardened_pod_container(Component::api),
                  {.kind = MountKind::host_path, .source = "/srv/caracal", .read_only = true}),
      "has a hostPath volume", Origin{});
  EXPECT_EQ(finding.observed, "hostPath");
}

TEST(ContainersHostPaths, FailsWhenAPodDeclaresAHostPathThatNoContainerMounts) {
  Container container = hardened_pod_container(Component::api);
  container.unmounted_volumes = {{.kind = MountKind::host_path, .source = "/srv"}};
  expect_fail(id, container, "has a hostPath volume", Origin{});
}

TEST(ContainersHostPaths, FailsWhenAPodHasAVolumeTypeThatRestrictedForbids) {
  const Finding finding =
      expect_fail(result_with(hardened_pod_container(Component::api),
                              {.kind = MountKind::other_volume, .source = "nfs"}),
                  "has a volume of a type that Pod Security restricted forbids", Origin{});
  EXPECT_EQ(finding.observed, "nfs");
}

}  // namespace
}  // namespace compliance::test::host_paths_test
