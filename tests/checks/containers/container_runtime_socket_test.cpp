// containers-container-runtime-socket
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::container_runtime_socket_test {
namespace {

constexpr auto id = "containers-container-runtime-socket";

Mount mount_of(MountKind kind, const std::string& source) {
  return {.kind = kind, .source = source, .origin = at(Source::compose, 33, 9)};
}

Container with(Container container, const Mount& mount) {
  container.mounts.push_back(mount);
  return container;
}

TEST(ContainersContainerRuntimeSocket, PassesWithoutMounts) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersContainerRuntimeSocket, FailsWhenTheSocketIsBound) {
  const Finding finding = expect_fail(
      id,
      with(hardened_service(Component::edge), mount_of(MountKind::bind, "/var/run/docker.sock")),
      "can reach the control socket of the container runtime", at(Source::compose, 33, 9));
  EXPECT_EQ(finding.observed, "/var/run/docker.sock");
}

TEST(ContainersContainerRuntimeSocket, FailsWhenItIsBoundReadOnly) {
  Mount mount = mount_of(MountKind::bind, "/var/run/docker.sock");
  mount.read_only = true;
  expect_fail(id, with(hardened_service(Component::api), mount),
              "can reach the control socket of the container runtime", at(Source::compose, 33, 9));
}

TEST(ContainersContainerRuntimeSocket, FailsThroughADirectoryAboveIt) {
  expect_fail(
      id, with(hardened_service(Component::api), mount_of(MountKind::bind, "/var//lib/../run/")),
      "can reach the control socket of the container runtime", at(Source::compose, 33, 9));
}

TEST(ContainersContainerRuntimeSocket, FailsForVolumesOfPods) {
  const Mount mount = mount_of(MountKind::host_path, "/run/containerd/containerd.sock");
  expect_fail(id, with(hardened_pod_container(Component::api), mount),
              "can reach the control socket of the container runtime", at(Source::compose, 33, 9));
}

TEST(ContainersContainerRuntimeSocket, FailsForVolumesThatNoContainerMounts) {
  Container container = hardened_pod_container(Component::api);
  container.unmounted_volumes = {mount_of(MountKind::host_path, "/run/crio/crio.sock")};
  expect_fail(id, container, "can reach the control socket of the container runtime",
              at(Source::compose, 33, 9));
}

TEST(ContainersContainerRuntimeSocket, PassesForOtherPaths) {
  for (const char* path : {"/srv/caracal/control", "/var/lib/caracal", "/runner"}) {
    EXPECT_EQ(
        status_of(id, with(hardened_service(Component::api), mount_of(MountKind::bind, path))),
        Outcome::pass)
        << path;
  }
}

TEST(ContainersContainerRuntimeSocket, PassesForANamedVolumeOfThatName) {
  EXPECT_EQ(status_of(id, with(hardened_service(Component::api),
                               mount_of(MountKind::named_volume, "docker.sock"))),
            Outcome::pass);
}

TEST(ContainersContainerRuntimeSocket, IsUnknownWhenAnUnsetVariableDecides) {
  Mount mount = mount_of(MountKind::bind, "");
  mount.fault = unset_variable;
  expect_unknown(id, with(hardened_service(Component::api), mount), unset_variable,
                 at(Source::compose, 33, 9));
}

}  // namespace
}  // namespace compliance::test::container_runtime_socket_test
