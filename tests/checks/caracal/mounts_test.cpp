// Which mount, and so which secret, provides a path in a container.
#include "checks/caracal/mounts.h"

#include <gtest/gtest.h>

#include "checks/facts/container.h"

namespace compliance::mounts_test {
namespace {

Container with_mounts(std::vector<Mount> mounts) {
  Container container;
  container.mounts = std::move(mounts);
  return container;
}

TEST(MountFor, IsTheNearestOneAboveThePath) {
  const Container container = with_mounts({{.source = "wide", .target = "/run"},
                                           {.source = "near", .target = "/run/secrets"},
                                           {.source = "beside", .target = "/run/secretsX"}});
  EXPECT_EQ(mount_for(container, "/run/secrets/key")->source, "near");
  EXPECT_EQ(mount_for(container, "/run/secrets")->source, "near");
  EXPECT_EQ(mount_for(container, "/run/other")->source, "wide");
  EXPECT_EQ(mount_for(container, "/runner"), nullptr);
}

TEST(MountFor, TheRootProvidesEveryPath) {
  EXPECT_NE(mount_for(with_mounts({{.source = "all", .target = "/"}}), "/run/x"), nullptr);
}

TEST(MountFor, AMountThatNobodyKnowsThePlaceOfProvidesNothing) {
  EXPECT_EQ(mount_for(with_mounts({{.source = "somewhere"}}), "/run/x"), nullptr);
}

Mount kubernetes_secret(std::string source, std::vector<MountedFile> files = {}) {
  return {.kind = MountKind::kubernetes_secret,
          .source = std::move(source),
          .target = "/run/secrets",
          .files = std::move(files)};
}

SecretIdentity identity(std::string secret, std::string key = {}) {
  return {.secret = std::move(secret), .key = std::move(key)};
}

TEST(SecretAt, NamesTheKeyBehindAnItem) {
  const Container container = with_mounts({kubernetes_secret("runtime", {{"k1", "a"}})});
  EXPECT_EQ(secret_at(container, "/run/secrets/a"), identity("runtime", "k1"));
  EXPECT_EQ(secret_at(container, "/elsewhere/a"), std::nullopt);
}

TEST(SecretAt, IsNothingWhereTheItemsLeaveThePathOut) {
  const Container container = with_mounts({kubernetes_secret("runtime", {{"b", "a"}})});
  EXPECT_EQ(secret_at(container, "/run/secrets/b"), std::nullopt);
}

TEST(SecretAt, IsTheKeyOfThatNameWithoutItems) {
  EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("runtime")}), "/run/secrets/b"),
            identity("runtime", "b"));
}

TEST(SecretAt, FollowsASubPath) {
  const Mount file{.kind = MountKind::kubernetes_secret,
                   .source = "runtime",
                   .target = "/run/key",
                   .sub_path = "a",
                   .files = {{"k1", "a"}}};
  EXPECT_EQ(secret_at(with_mounts({file}), "/run/key"), identity("runtime", "k1"));
  Mount directory = file;
  directory.sub_path = "deep";
  directory.files = {{"k2", "deep/b"}};
  EXPECT_EQ(secret_at(with_mounts({directory}), "/run/key/b"), identity("runtime", "k2"));
}

TEST(PathInVolume, IsWhatStandsBelowTheTarget) {
  EXPECT_EQ(path_in_volume({.target = "/run"}, "/run/a/b"), "a/b");
  EXPECT_EQ(path_in_volume({.target = "/run"}, "/run"), "");
  EXPECT_EQ(path_in_volume({.target = "/"}, "/run/a"), "run/a");
  EXPECT_EQ(path_in_volume({.target = "/run", .sub_path = "s"}, "/run/a"), "s/a");
  EXPECT_EQ(path_in_volume({.target = "/run", .sub_path = "s"}, "/run"), "s");
}

TEST(SecretAt, LooksAtEverySourceOfAProjectedVolume) {
  const Mount settings{.kind = MountKind::config_map,
                       .source = "settings",
                       .target = "/run/secrets",
                       .files = {{"s", "s"}}};
  for (const auto& mounts :
       {std::vector{kubernetes_secret("runtime", {{"k1", "a"}}), settings},
        std::vector{settings, kubernetes_secret("runtime", {{"k1", "a"}})},
        std::vector{kubernetes_secret("runtime", {{"k1", "a"}}),
                    kubernetes_secret("other", {{"k2", "b"}})},
        std::vector{kubernetes_secret("runtime", {{"k1", "a"}}), kubernetes_secret("other")},
        std::vector{kubernetes_secret("other"), kubernetes_secret("runtime", {{"k1", "a"}})}}) {
    EXPECT_EQ(secret_at(with_mounts(mounts), "/run/secrets/a"), identity("runtime", "k1"));
  }
}

TEST(SecretAt, IsNotShakenByATokenInTheSameVolume) {
  const Mount token{.kind = MountKind::service_account, .target = "/run/secrets"};
  EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("one"), token}), "/run/secrets/a"),
            identity("one", "a"));
}

TEST(SecretAt, IsNothingWhereTwoWholeSourcesMayProvideThePath) {
  EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("one"), kubernetes_secret("two")}),
                      "/run/secrets/a"),
            std::nullopt);
  const Mount settings{
      .kind = MountKind::config_map, .source = "settings", .target = "/run/secrets"};
  EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("one"), settings}), "/run/secrets/a"),
            std::nullopt);
}

TEST(SecretAt, IsNothingWhereAMountThatMayBeTheNearestIsUndecided) {
  const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  for (const std::string target : {"", "/run/secrets", "/run/secrets/a"}) {
    const Mount open{.kind = MountKind::bind, .target = target, .fault = unset};
    EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("one"), open}), "/run/secrets/a"),
              std::nullopt)
        << target;
  }
  const Mount elsewhere{.kind = MountKind::bind, .target = "/var", .fault = unset};
  EXPECT_EQ(secret_at(with_mounts({kubernetes_secret("one"), elsewhere}), "/run/secrets/a"),
            identity("one", "a"));
}

TEST(SecretAt, IsTheFileOnTheHostHoweverItIsBound) {
  const Mount directory{.kind = MountKind::bind, .source = "/srv/keys", .target = "/run/secrets"};
  const Mount file{.kind = MountKind::bind, .source = "/srv/keys/a", .target = "/run/secrets/a"};
  EXPECT_EQ(secret_at(with_mounts({directory}), "/run/secrets/a"), identity("/srv/keys/a"));
  EXPECT_EQ(secret_at(with_mounts({file}), "/run/secrets/a"), identity("/srv/keys/a"));
}

TEST(SecretAt, IsTheComposeSecretAndTheCsiClass) {
  const Mount secret{
      .kind = MountKind::compose_secret, .source = "key", .target = "/run/secrets/a"};
  EXPECT_EQ(secret_at(with_mounts({secret}), "/run/secrets/a"), identity("key"));
  EXPECT_EQ(secret_at(with_mounts({secret}), "/run/secrets/a/b"), std::nullopt);
  const Mount csi{.kind = MountKind::csi, .source = "class", .target = "/run/secrets"};
  EXPECT_EQ(secret_at(with_mounts({csi}), "/run/secrets/a"), identity("class", "a"));
}

TEST(SecretAt, OtherKindsOfMountsProvideNoSecret) {
  for (const MountKind kind : {MountKind::config_map, MountKind::tmpfs, MountKind::host_path,
                               MountKind::named_volume, MountKind::memory_dir}) {
    EXPECT_EQ(secret_at(with_mounts({{.kind = kind, .source = "s", .target = "/run"}}), "/run/a"),
              std::nullopt);
  }
}

}  // namespace
}  // namespace compliance::mounts_test
