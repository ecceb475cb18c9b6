// Volumes, tmpfs, secrets and configs of a service (T61).
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::mounts_test {
namespace {

constexpr const char* definitions =
    "volumes:\n  data:\n  host: {driver: local, driver_opts: {type: none, o: \"bind,ro\", device: "
    "/var/run}}\n"
    "  nfs: {driver_opts: {type: nfs, o: \"addr=1.2.3.4\", device: \":/x\"}}\n"
    "secrets:\n  token: {file: ./secrets/token}\n  other: {file: ./secrets/other}\n"
    "configs:\n  settings: {content: x}\n";

std::vector<Mount> mounts(const std::string& lines) {
  return container_named(facts_of(project({app_with(lines) + definitions})), "app").mounts;
}

struct Case {
  const char* name;
  std::string entry;
  MountKind kind;
  std::string source;
  std::string target;
  bool read_only = false;
};

class Volume : public testing::TestWithParam<Case> {};

TEST_P(Volume, IsReadAsComposeReadsIt) {
  const std::vector<Mount> found = mounts("volumes:\n  - " + GetParam().entry);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, GetParam().kind);
  EXPECT_EQ(found[0].source, GetParam().source);
  EXPECT_EQ(found[0].target, GetParam().target);
  EXPECT_EQ(found[0].read_only, GetParam().read_only);
  EXPECT_EQ(found[0].fault, std::nullopt);
  EXPECT_EQ(found[0].origin, in_file(5, 9));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Volume,
    testing::Values(
        Case{"Named", "data:/data", MountKind::named_volume, "data", "/data"},
        Case{"NamedReadOnly", "data:/data:ro", MountKind::named_volume, "data", "/data", true},
        Case{"ReadOnlyAmongOptions", "data:/data:z,ro", MountKind::named_volume, "data", "/data",
             true},
        Case{"ReadWrite", "data:/data:rw", MountKind::named_volume, "data", "/data"},
        Case{"LastOfReadOnlyAndReadWrite", "data:/data:ro,rw", MountKind::named_volume, "data",
             "/data"},
        Case{"OtherOption", "data:/data:nocopy", MountKind::named_volume, "data", "/data"},
        Case{"Anonymous", "/cache", MountKind::named_volume, "", "/cache"},
        Case{"Absolute", "/srv/x:/x", MountKind::bind, "/srv/x", "/x"},
        Case{"Relative", "./control:/run/control:ro", MountKind::bind, "/project/control",
             "/run/control", true},
        Case{"RelativeUpwards", "../up:/up", MountKind::bind, "/up", "/up"},
        Case{"ProjectDirectory", ".:/x", MountKind::bind, "/project/", "/x"},
        Case{"Home", "~/x:/x", MountKind::bind, "~/x", "/x"},
        Case{"Socket", "/var/run/docker.sock:/var/run/docker.sock", MountKind::bind,
             "/var/run/docker.sock", "/var/run/docker.sock"},
        Case{"UncleanTarget", "data:/a/../data//b/", MountKind::named_volume, "data", "/data/b"},
        Case{"WindowsDrive", "'c:\\x:/x'", MountKind::bind, "c:\\x", "/x"},
        Case{"LongBind", "{type: bind, source: ./a, target: /a, read_only: true}", MountKind::bind,
             "/project/a", "/a", true},
        Case{"LongBindQuotedBoolean", "{type: bind, source: /a, target: /a, read_only: \"yes\"}",
             MountKind::bind, "/a", "/a", true},
        Case{"LongVolume", "{type: volume, source: data, target: /a}", MountKind::named_volume,
             "data", "/a"},
        Case{"LongTmpfs", "{type: tmpfs, target: /run/caracal, tmpfs: {mode: 1023}}",
             MountKind::tmpfs, "", "/run/caracal"},
        Case{"LongNpipe", "{type: npipe, source: x, target: /a}", MountKind::other_volume, "npipe",
             "/a"},
        Case{"LongCluster", "{type: cluster, source: x, target: /a}", MountKind::other_volume,
             "cluster", "/a"},
        Case{"LongImage", "{type: image, source: x, target: /a}", MountKind::other_volume, "image",
             "/a"},
        Case{"NamedVolumeThatBindsAHostDirectory", "host:/x", MountKind::bind, "/var/run", "/x",
             true},
        Case{"NamedVolumeWithOtherOptions", "nfs:/x", MountKind::named_volume, "nfs", "/x"}),
    [](const auto& row) { return std::string{row.param.name}; });

struct BadCase {
  const char* name;
  std::string lines;
};

class BadMount : public testing::TestWithParam<BadCase> {};

TEST_P(BadMount, IsRefused) {
  const LocatedFault fault = fault_of(project({app_with(GetParam().lines) + definitions}));
  EXPECT_EQ(fault.origin.line, 4U);
  EXPECT_EQ(fault.fault.reason, UnknownReason::unparsable);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BadMount,
    testing::Values(BadCase{"TooManyColons", "volumes: [\"/a:/b:ro:x\"]"},
                    BadCase{"EmptySection", "volumes: [\":/b\"]"},
                    BadCase{"EmptyTarget", "volumes: [\"/a:\"]"},
                    BadCase{"Empty", "volumes: [\"\"]"},
                    BadCase{"NoType", "volumes: [{target: /a}]"},
                    BadCase{"UnknownType", "volumes: [{type: x, target: /a}]"},
                    BadCase{"NoTarget", "volumes: [{type: volume, source: data}]"},
                    BadCase{"BindWithoutSource", "volumes: [{type: bind, target: /a}]"},
                    BadCase{"BadBoolean", "volumes: [{type: volume, target: /a, read_only: 1}]"},
                    BadCase{"UndefinedVolume", "volumes: [\"nobody:/a\"]"},
                    BadCase{"UndefinedSecret", "secrets: [nobody]"},
                    BadCase{"UndefinedConfig", "configs: [nobody]"},
                    BadCase{"SecretWithoutSource", "secrets: [{target: x}]"},
                    BadCase{"BadApiSocket", "use_api_socket: perhaps"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Volumes, OfOneTargetAreTheLaterOne) {
  const auto found = mounts("volumes:\n  - data:/x\n  - ./y:/y\n  - ./z:/x/");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].source, "/project/z");
  EXPECT_EQ(found[0].origin, in_file(7, 9));
  EXPECT_EQ(found[1].source, "/project/y");
}

TEST(Volumes, OfUnsetVariablesAreUndecided) {
  const auto found =
      mounts("volumes:\n  - ${NO}:/x\n  - {type: bind, source: \"${NO2}\", target: /y}");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, unset("NO"));
  EXPECT_EQ(found[0].target, "/x");
  EXPECT_EQ(found[1].fault, unset("NO2"));
  EXPECT_EQ(found[1].kind, MountKind::bind);
  EXPECT_EQ(found[1].target, "/y");
}

TEST(Volumes, KeepTheirSubPath) {
  EXPECT_EQ(
      mounts("volumes:\n  - {type: volume, source: data, target: /x, volume: {subpath: a/b}}")[0]
          .sub_path,
      "a/b");
}

TEST(Tmpfs, IsATextOrAList) {
  const auto single = mounts("tmpfs: /tmp:size=64m,mode=1777");
  ASSERT_EQ(single.size(), 1U);
  EXPECT_EQ(single[0].kind, MountKind::tmpfs);
  EXPECT_EQ(single[0].target, "/tmp");
  EXPECT_FALSE(single[0].read_only);
  const auto list = mounts("tmpfs:\n  - /tmp\n  - /run:ro");
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].origin, in_file(5, 9));
  EXPECT_EQ(list[1].target, "/run");
  EXPECT_TRUE(list[1].read_only);
}

TEST(SecretMounts, StandBelowRunSecrets) {
  const auto found = mounts(
      "secrets:\n  - token\n  - {source: other}\n  - {source: token, target: renamed}\n"
      "  - {source: token, target: /etc/token}");
  ASSERT_EQ(found.size(), 4U);
  for (const Mount& mount : found) {
    EXPECT_EQ(mount.kind, MountKind::compose_secret);
    EXPECT_TRUE(mount.read_only);
  }
  EXPECT_EQ(found[0].source, "token");
  EXPECT_EQ(found[0].target, "/run/secrets/token");
  EXPECT_EQ(found[0].origin, in_file(5, 9));
  EXPECT_EQ(found[1].target, "/run/secrets/other");
  EXPECT_EQ(found[2].target, "/run/secrets/renamed");
  EXPECT_EQ(found[2].source, "token");
  EXPECT_EQ(found[3].target, "/etc/token");
}

TEST(SecretMounts, OfOneTargetAreTheLaterOne) {
  const auto found = mounts("secrets:\n  - token\n  - {source: other, target: token}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].source, "other");
}

TEST(SecretMounts, OfUnsetVariablesAreUndecided) {
  const auto found = mounts("secrets:\n  - ${NO}\n  - {source: token, target: \"${NO2}\"}");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, unset("NO"));
  EXPECT_EQ(found[1].fault, unset("NO2"));
}

TEST(ConfigMounts, StandBelowTheRoot) {
  const auto found = mounts(
      "configs:\n  - settings\n  - {source: settings, target: etc/x}\n  - {source: settings, "
      "target: /y}");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].kind, MountKind::compose_config);
  EXPECT_EQ(found[0].target, "/settings");
  EXPECT_EQ(found[1].target, "/etc/x");
  EXPECT_EQ(found[2].target, "/y");
  EXPECT_TRUE(found[0].read_only);
}

TEST(ApiSocket, IsAMountOfTheEnginesSocket) {
  const auto found = mounts("use_api_socket: true");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, MountKind::bind);
  EXPECT_EQ(found[0].source, "/var/run/docker.sock");
  EXPECT_TRUE(mounts("use_api_socket: false").empty());
  EXPECT_EQ(mounts("use_api_socket: ${NO}").at(0).fault, unset("NO"));
}

}  // namespace
}  // namespace compliance::test::mounts_test
