// What the Kubernetes Pod Security Standards allow.
#include "checks/containers/shared/pod_security.h"

#include <algorithm>
#include <array>

namespace compliance {
namespace {

// sysctls_restricted of the baseline level.
constexpr auto safe_sysctls = std::to_array<std::string_view>({
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_notsent_lowat",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
});

// Types that policies of container-selinux confine.
constexpr auto selinux_types = std::to_array<std::string_view>(
    {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"});

// The field's types, and the values of the annotation before Kubernetes 1.30.
constexpr auto app_armor_profiles =
    std::to_array<std::string_view>({"", "RuntimeDefault", "Localhost", "runtime/default"});

template <std::size_t Count>
bool holds(const std::array<std::string_view, Count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_allowed_volume(const Mount& volume) {
  if (volume.kind == MountKind::other_volume) {
    return volume.source == "image";
  }
  return volume.kind != MountKind::host_path;
}

bool is_safe_sysctl(std::string_view name) { return holds(safe_sysctls, name); }

bool is_allowed_selinux_type(std::string_view type) { return holds(selinux_types, type); }

bool is_allowed_app_armor(std::string_view profile) {
  return holds(app_armor_profiles, profile) || profile.starts_with("localhost/");
}

bool has_own_users(const Container& container) {
  return container.platform == Platform::kubernetes &&
         std::any_of(container.namespaces.begin(), container.namespaces.end(),
                     [](const NamespaceMode& space) {
                       return space.kind == "user" && space.mode == "private";
                     });
}

}  // namespace compliance
