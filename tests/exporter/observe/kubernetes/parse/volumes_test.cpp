// Volumes and where containers mount them.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::volumes_test {
namespace {

std::vector<Mount> mounts_of(const std::string& volume, const std::string& mount = "") {
  return container_of(pod_with("volumeMounts: [{name: v, mountPath: /m" +
                                   (mount.empty() ? "" : ", " + mount) + "}]",
                               "volumes: [{name: v" + (volume.empty() ? "" : ", " + volume) + "}]"))
      .mounts;
}

struct TypeRow {
  const char* name;
  const char* volume;
  MountKind kind;
  const char* source;
};

class VolumeTypes : public testing::TestWithParam<TypeRow> {};

TEST_P(VolumeTypes, BecomeMounts) {
  const auto mounts = mounts_of(GetParam().volume);
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].kind, GetParam().kind);
  EXPECT_EQ(mounts[0].source, GetParam().source);
  EXPECT_EQ(mounts[0].target, "/m");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, VolumeTypes,
    testing::Values(
        TypeRow{"Secret", "secret: {secretName: s}", MountKind::kubernetes_secret, "s"},
        TypeRow{"ConfigMap", "configMap: {name: m}", MountKind::config_map, "m"},
        TypeRow{"CsiOfASecretsStore",
                "csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: "
                "p}}",
                MountKind::csi, "p"},
        TypeRow{"CsiOther", "csi: {driver: d}", MountKind::csi, "d"},
        TypeRow{"DownwardApi", "downwardAPI: {items: []}", MountKind::downward_api, "v"},
        TypeRow{"EmptyDir", "emptyDir: {}", MountKind::empty_dir, "v"},
        TypeRow{"EmptyDirOnDisk", "emptyDir: {medium: ''}", MountKind::empty_dir, "v"},
        TypeRow{"EmptyDirInMemory", "emptyDir: {medium: Memory}", MountKind::memory_dir, "v"},
        TypeRow{"HugePages", "emptyDir: {medium: HugePages}", MountKind::empty_dir, "v"},
        TypeRow{"NoType", "", MountKind::empty_dir, "v"},
        TypeRow{"NullType", "secret: null", MountKind::empty_dir, "v"},
        TypeRow{"HostPath", "hostPath: {path: /var/run}", MountKind::host_path, "/var/run"},
        TypeRow{"Claim", "persistentVolumeClaim: {claimName: c}", MountKind::persistent_claim, "c"},
        TypeRow{"Ephemeral", "ephemeral: {volumeClaimTemplate: {}}", MountKind::persistent_claim,
                "v"},
        TypeRow{"Nfs", "nfs: {server: a, path: /}", MountKind::other_volume, "nfs"},
        TypeRow{"GitRepo", "gitRepo: {repository: a}", MountKind::other_volume, "gitRepo"},
        TypeRow{"TokenProjected", "projected: {sources: [{serviceAccountToken: {path: t}}]}",
                MountKind::service_account, ""},
        TypeRow{"TokenForAnotherProjected",
                "projected: {sources: [{serviceAccountToken: {path: t, audience: vault}}]}",
                MountKind::service_account, "vault"},
        TypeRow{"TrustBundleProjected", "projected: {sources: [{clusterTrustBundle: {name: b}}]}",
                MountKind::config_map, "b"},
        TypeRow{"PodCertificateProjected", "projected: {sources: [{podCertificate: {}}]}",
                MountKind::pod_certificate, "v"},
        TypeRow{"DownwardApiProjected", "projected: {sources: [{downwardAPI: {}}]}",
                MountKind::downward_api, "v"},
        TypeRow{"UnheardProjected", "projected: {sources: [{news: {}}]}", MountKind::other_volume,
                "news"}),
    [](const auto& row) { return row.param.name; });

TEST(Mounts, NameTheFilesOfASecret) {
  const auto mounts =
      mounts_of("secret: {secretName: s, items: [{key: a, path: b}, {key: c, path: d/e}]}");
  ASSERT_EQ(mounts.at(0).files.size(), 2U);
  EXPECT_EQ(mounts[0].files[0], (MountedFile{.key = "a", .path = "b"}));
  EXPECT_EQ(mounts[0].files[1], (MountedFile{.key = "c", .path = "d/e"}));
  EXPECT_TRUE(mounts_of("secret: {secretName: s}").at(0).files.empty());
}

TEST(Mounts, AreOneForEachProjectedSource) {
  const auto mounts = mounts_of(
      "projected: {sources: [{secret: {name: s, items: [{key: k, path: p}]}},\n {configMap: {name: "
      "m}}]}",
      "readOnly: true");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].kind, MountKind::kubernetes_secret);
  EXPECT_EQ(mounts[0].source, "s");
  EXPECT_EQ(mounts[0].files.at(0).key, "k");
  EXPECT_EQ(mounts[0].target, "/m");
  EXPECT_TRUE(mounts[0].read_only);
  EXPECT_EQ(mounts[1].kind, MountKind::config_map);
  EXPECT_EQ(mounts[1].target, "/m");
  EXPECT_TRUE(mounts[1].read_only);
  EXPECT_EQ(mounts[1].origin.line, 5U);
}

TEST(Mounts, SayPathSubPathAndReadOnly) {
  EXPECT_FALSE(mounts_of("emptyDir: {}").at(0).read_only);
  EXPECT_FALSE(mounts_of("emptyDir: {}", "readOnly: false").at(0).read_only);
  EXPECT_TRUE(mounts_of("emptyDir: {}", "readOnly: yes").at(0).read_only);
  EXPECT_TRUE(mounts_of("csi: {driver: d, readOnly: true}").at(0).read_only);
  EXPECT_EQ(mounts_of("emptyDir: {}", "subPath: a").at(0).sub_path, "a");
  EXPECT_EQ(mounts_of("emptyDir: {}", "subPathExpr: $(A)").at(0).sub_path, "$(A)");
  const auto root =
      container_of(pod_with("volumeMounts: [{name: v, mountPath: /}, {name: v, mountPath: /a/b//}]",
                            "volumes: [{name: v}]"));
  EXPECT_EQ(root.mounts.at(0).target, "/");
  EXPECT_EQ(root.mounts.at(1).target, "/a/b");
}

TEST(Mounts, StandWhereTheTypeIsWritten) {
  const auto mounts = mounts_of("\n   hostPath: {path: /}");
  EXPECT_EQ(mounts.at(0).origin, origin_at(5, 4));
}

TEST(Mounts, OfNoVolumeAreKept) {
  const auto container = container_of(pod_with("volumeMounts: [{name: gone, mountPath: /m}]"));
  ASSERT_EQ(container.mounts.size(), 1U);
  EXPECT_EQ(container.mounts[0].kind, MountKind::other_volume);
  EXPECT_EQ(container.mounts[0].source, "missing");
  EXPECT_EQ(container.mounts[0].target, "/m");
  EXPECT_EQ(container.mounts[0].origin.line, 3U);
}

TEST(Mounts, OfClaimTemplatesComeBeforeVolumesOfTheSameName) {
  const auto text = [](const std::string& kind) {
    return "{apiVersion: apps/v1, kind: " + kind +
           ", metadata: {name: x}, spec: {volumeClaimTemplates: [{metadata: {name: v}}], template: "
           "{spec: {volumes: [{name: v, hostPath: {path: /}}], containers: [{name: c, "
           "volumeMounts: [{name: v, mountPath: /m}]}]}}}}";
  };
  const auto mounts = container_of(text("StatefulSet")).mounts;
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].kind, MountKind::persistent_claim);
  EXPECT_EQ(mounts[0].source, "v");
  EXPECT_EQ(container_of(text("Deployment")).mounts.at(0).kind, MountKind::host_path);
}

struct SharedRow {
  const char* name;
  const char* volume;
  const char* other;
  bool shared;
};

class SharedVolumes : public testing::TestWithParam<SharedRow> {};

TEST_P(SharedVolumes, AreMountedByAnotherContainer) {
  const auto facts =
      facts_of(pod_with("volumeMounts: [{name: v, mountPath: /m}, {name: v, mountPath: /n}]",
                        std::string{"volumes: [{name: v, "} + GetParam().volume +
                            "}, {name: w}], initContainers: "
                            "[{name: i, volumeMounts: [" +
                            GetParam().other + "]}]"));
  ASSERT_EQ(facts.containers.size(), 2U);
  EXPECT_EQ(facts.containers[0].mounts.at(0).shared_in_pod, GetParam().shared);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SharedVolumes,
    testing::Values(
        SharedRow{"ByNobodyElse", "emptyDir: {}", "", false},
        SharedRow{"OfAnotherName", "emptyDir: {}", "{name: w, mountPath: /m}", false},
        SharedRow{"OnDisk", "emptyDir: {}", "{name: v, mountPath: /x}", true},
        SharedRow{"InMemory", "emptyDir: {medium: Memory}", "{name: v, mountPath: /x}", true},
        SharedRow{"NoScratch", "configMap: {name: m}", "{name: v, mountPath: /x}", false}),
    [](const auto& row) { return row.param.name; });

TEST(UnmountedVolumes, AreOnTheFirstContainerOnly) {
  const auto facts = facts_of(
      pod_with("volumeMounts: [{name: a, mountPath: /m}]",
               "volumes: [{name: a}, {name: b, hostPath: {path: /run}}, {name: c}, {name: d}], "
               "initContainers: [{name: i, volumeMounts: [{name: c, mountPath: /m}], "
               "volumeDevices: [{name: d, devicePath: /dev/x}]}]"));
  ASSERT_EQ(facts.containers.size(), 2U);
  const auto& unmounted = facts.containers[0].unmounted_volumes;
  ASSERT_EQ(unmounted.size(), 1U);
  EXPECT_EQ(unmounted[0].kind, MountKind::host_path);
  EXPECT_EQ(unmounted[0].source, "/run");
  EXPECT_EQ(unmounted[0].target, "");
  EXPECT_TRUE(facts.containers[1].unmounted_volumes.empty());
}

}  // namespace
}  // namespace compliance::test::volumes_test
