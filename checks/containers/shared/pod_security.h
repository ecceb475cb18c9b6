// What the Kubernetes Pod Security Standards allow, at version 1.37. Source: the checks of
// k8s.io/pod-security-admission/policy (restrictedVolumes, sysctls, seLinuxOptions,
// appArmorProfile, runAsNonRoot) and
// https://kubernetes.io/docs/concepts/security/pod-security-standards/.
#pragma once

#include <string_view>

#include "checks/facts/container.h"

namespace compliance {

// Restricted: configMap, csi, downwardAPI, emptyDir, ephemeral, image (since 1.33),
// persistentVolumeClaim, projected and secret.
bool is_allowed_volume(const Mount& volume);

// Baseline: sysctls that are namespaced and cannot harm other pods of the node.
bool is_safe_sysctl(std::string_view name);

// Baseline: the types that confine a container, and none at all.
bool is_allowed_selinux_type(std::string_view type);

// Baseline: RuntimeDefault, Localhost, and the values of the older annotation.
bool is_allowed_app_armor(std::string_view profile);

// hostUsers: false. Root in such a pod is nobody on the host, so restricted asks no more for a
// user other than root (since 1.35).
bool has_own_users(const Container& container);

}  // namespace compliance
