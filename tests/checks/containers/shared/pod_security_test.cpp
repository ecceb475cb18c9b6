// What the Kubernetes Pod Security Standards allow.
#include "checks/containers/shared/pod_security.h"

#include <gtest/gtest.h>

namespace compliance::test::pod_security_test {
namespace {

TEST(IsAllowedVolume, FollowsRestricted) {
  for (const MountKind kind :
       {MountKind::config_map, MountKind::csi, MountKind::downward_api, MountKind::empty_dir,
        MountKind::memory_dir, MountKind::persistent_claim, MountKind::service_account,
        MountKind::pod_certificate, MountKind::kubernetes_secret}) {
    EXPECT_TRUE(is_allowed_volume({.kind = kind, .source = "x"}));
  }
  EXPECT_FALSE(is_allowed_volume({.kind = MountKind::host_path, .source = "image"}));
}

TEST(IsAllowedVolume, AllowsImageVolumes) {
  EXPECT_TRUE(is_allowed_volume({.kind = MountKind::other_volume, .source = "image"}));
  for (const char* type : {"nfs", "gitRepo", "iscsi", ""}) {
    EXPECT_FALSE(is_allowed_volume({.kind = MountKind::other_volume, .source = type})) << type;
  }
}

TEST(IsSafeSysctl, IsTrueForTheSafeSet) {
  for (const char* name :
       {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_rmem", "net.ipv4.tcp_slow_start_after_idle",
        "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem"}) {
    EXPECT_TRUE(is_safe_sysctl(name)) << name;
  }
}

TEST(IsSafeSysctl, IsFalseForOthers) {
  for (const char* name : {"kernel.msgmax", "net.core.somaxconn", "net/ipv4/tcp_syncookies", ""}) {
    EXPECT_FALSE(is_safe_sysctl(name)) << name;
  }
}

TEST(IsAllowedSelinuxType, IsTrueForTypesThatConfine) {
  for (const char* type :
       {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}) {
    EXPECT_TRUE(is_allowed_selinux_type(type)) << type;
  }
  EXPECT_FALSE(is_allowed_selinux_type("spc_t"));
}

TEST(IsAllowedAppArmor, IsTrueForFieldsAndAnnotations) {
  for (const char* profile :
       {"", "RuntimeDefault", "Localhost", "runtime/default", "localhost/x"}) {
    EXPECT_TRUE(is_allowed_app_armor(profile)) << profile;
  }
  for (const char* profile : {"Unconfined", "unconfined", "localhost", "runtime/other"}) {
    EXPECT_FALSE(is_allowed_app_armor(profile)) << profile;
  }
}

TEST(HasOwnUsers, IsTrueForPodsWithAUserNamespace) {
  Container container{
      .platform = Platform::kubernetes,
      .namespaces = {{.kind = "pid", .mode = "host"}, {.kind = "user", .mode = "private"}}};
  EXPECT_TRUE(has_own_users(container));
  container.platform = Platform::compose;
  EXPECT_FALSE(has_own_users(container));
}

TEST(HasOwnUsers, IsFalseForOtherNamespacesAndModes) {
  Container container{.platform = Platform::kubernetes};
  EXPECT_FALSE(has_own_users(container));
  container.namespaces = {{.kind = "user", .mode = "host"}};
  EXPECT_FALSE(has_own_users(container));
  container.namespaces = {{.kind = "ipc", .mode = "private"}};
  EXPECT_FALSE(has_own_users(container));
}

}  // namespace
}  // namespace compliance::test::pod_security_test
