// Paths of the host that a container may be given.
#include "checks/containers/shared/host_path.h"

#include <gtest/gtest.h>

namespace compliance::test::host_path_test {
namespace {

TEST(VolumesOf, AreMountsAndThenUnmountedVolumes) {
  Container container;
  container.mounts = {{.source = "a"}, {.source = "b"}};
  container.unmounted_volumes = {{.source = "c"}};
  std::string sources;
  for (const Mount* volume : volumes_of(container)) {
    sources += volume->source;
  }
  EXPECT_EQ(sources, "abc");
}

TEST(MayBeHostPath, IsTrueForBindsAndHostPaths) {
  EXPECT_TRUE(may_be_host_path({.kind = MountKind::bind}));
  EXPECT_TRUE(may_be_host_path({.kind = MountKind::host_path}));
}

TEST(MayBeHostPath, IsTrueForVolumesWhoseSourceIsOpen) {
  for (const MountKind kind : {MountKind::named_volume, MountKind::other_volume}) {
    EXPECT_FALSE(may_be_host_path({.kind = kind}));
    EXPECT_TRUE(may_be_host_path({.kind = kind, .fault = Fault{}}));
  }
  EXPECT_FALSE(may_be_host_path({.kind = MountKind::tmpfs, .fault = Fault{}}));
  EXPECT_FALSE(may_be_host_path({.kind = MountKind::compose_secret, .fault = Fault{}}));
}

TEST(NormalPath, HasOneFormForEachDirectory) {
  EXPECT_EQ(normal_path("/var/run"), "/var/run");
  EXPECT_EQ(normal_path("/var/run/"), "/var/run");
  EXPECT_EQ(normal_path("//var///run//"), "/var/run");
  EXPECT_EQ(normal_path("/var/./lib/../run"), "/var/run");
  EXPECT_EQ(normal_path("/../.."), "/");
  EXPECT_EQ(normal_path("/../etc"), "/etc");
  EXPECT_EQ(normal_path("/"), "/");
  EXPECT_EQ(normal_path(""), "/");
  EXPECT_EQ(normal_path("/..data/...x"), "/..data/...x");
}

TEST(ReachesRuntimeSocket, IsTrueForSocketsOfTheRuntimes) {
  for (const char* path :
       {"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock",
        "/var/run/containerd/containerd.sock", "/run/crio/crio.sock", "/var/run/crio/crio.sock",
        "/run/podman/podman.sock", "/run/k3s/containerd/containerd.sock", "/run/cri-dockerd.sock",
        "/run/user/1000/docker.sock", "/run/user/1000/podman/podman.sock"}) {
    EXPECT_TRUE(reaches_runtime_socket(path)) << path;
  }
}

TEST(ReachesRuntimeSocket, IsTrueForDirectoriesAboveThem) {
  for (const char* path : {"/", "/run", "/var", "/var/run", "/run/containerd", "/run/crio",
                           "/var/run/crio", "/run/podman", "/run/k3s", "/run/k3s/containerd",
                           "/run/user", "/run/user/1000", "/run/user/1000/podman"}) {
    EXPECT_TRUE(reaches_runtime_socket(path)) << path;
  }
}

TEST(ReachesRuntimeSocket, IsTrueForSocketsThatLieElsewhere) {
  for (const char* path :
       {"/home/me/.docker/run/docker.sock", "/srv/dockerd.sock", "/srv/containerd.sock",
        "/run/containerd/containerd.sock.ttrpc", "/srv/crio.sock", "/srv/podman.sock"}) {
    EXPECT_TRUE(reaches_runtime_socket(path)) << path;
  }
}

TEST(ReachesRuntimeSocket, IsFalseForOtherPaths) {
  for (const char* path :
       {"/runner", "/run/caracal", "/var/lib", "/var/lib/docker", "/run/containerd2",
        "/run/docker.sock.d", "/run/user/1000/bus", "/run/postgresql", "/srv/other.sock"}) {
    EXPECT_FALSE(reaches_runtime_socket(path)) << path;
  }
}

TEST(IsSystemPath, IsTrueForDirectoriesThatAreGuardedAlone) {
  for (const char* path : {"/", "/root", "/home", "/var", "/run", "/var/run"}) {
    EXPECT_TRUE(is_system_path(path)) << path;
  }
  for (const char* path : {"/root/x", "/home/x", "/var/lib", "/run/x", "/var/run/x", "/varlib"}) {
    EXPECT_FALSE(is_system_path(path)) << path;
  }
}

TEST(IsSystemPath, IsTrueForDirectoriesThatAreGuardedWithAllBelow) {
  for (const char* directory : {"/etc", "/proc", "/sys", "/dev", "/boot", "/usr"}) {
    EXPECT_TRUE(is_system_path(directory)) << directory;
    EXPECT_TRUE(is_system_path(std::string{directory} + "/x/y")) << directory;
    EXPECT_FALSE(is_system_path(std::string{directory} + "x")) << directory;
    EXPECT_FALSE(is_system_path("/srv" + std::string{directory})) << directory;
  }
}

}  // namespace
}  // namespace compliance::test::host_path_test
