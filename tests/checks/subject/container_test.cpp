// Which mount, and so which secret, provides a path in a container.
#include "checks/subject/container.h"

#include <gtest/gtest.h>

namespace compliance {
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

TEST(SecretAt, NamesTheKeyBehindAnItem) {
  const Container container = with_mounts({{.kind = MountKind::kubernetes_secret,
                                            .source = "runtime",
                                            .target = "/run/secrets",
                                            .files = {{.key = "k1", .path = "a"}}}});
  EXPECT_EQ(secret_at(container, "/run/secrets/a"),
            (SecretIdentity{.secret = "runtime", .key = "k1"}));
  EXPECT_EQ(secret_at(container, "/run/secrets/b"),
            (SecretIdentity{.secret = "runtime", .key = "b"}));
  EXPECT_EQ(secret_at(container, "/elsewhere/a"), std::nullopt);
}

TEST(SecretAt, OtherKindsOfMountsProvideNoSecret) {
  for (const MountKind kind : {MountKind::config_map, MountKind::tmpfs, MountKind::host_path,
                               MountKind::named_volume, MountKind::memory_dir}) {
    EXPECT_EQ(secret_at(with_mounts({{.kind = kind, .source = "s", .target = "/run"}}), "/run/a"),
              std::nullopt);
  }
}

}  // namespace
}  // namespace compliance
