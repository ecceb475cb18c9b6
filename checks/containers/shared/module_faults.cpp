// What a container changes about the security modules of the kernel.
#include "checks/containers/shared/module_faults.h"

#include <algorithm>
#include <array>

#include "checks/containers/shared/pod_security.h"

namespace compliance {
namespace {

constexpr std::string_view selinux_expected = "no SELinux options but a container type and level";

bool keeps_app_armor(Platform platform, const Fact<std::string>& profile) {
  if (platform == Platform::compose) {
    return !profile.is("unconfined");
  }
  return profile.absent() || is_allowed_app_armor(*profile.value);
}

void add_app_armor(const Container& container, std::vector<ModuleFault>& faults) {
  const Fact<std::string>& profile = container.security.app_armor;
  if (profile.fault) {
    faults.push_back({.origin = profile.origin, .fault = profile.fault});
  } else if (!keeps_app_armor(container.platform, profile)) {
    faults.push_back({.message = "is not confined by AppArmor",
                      .expected = "the runtime's profile or one of the node",
                      .observed = "unconfined or an unknown type",
                      .origin = profile.origin});
  }
}

void add_selinux(const Located<NameValue>& option, std::vector<ModuleFault>& faults) {
  const NameValue& set = option.value;
  if (set.name == "disable") {
    faults.push_back({.message = "turns SELinux separation off",
                      .expected = selinux_expected,
                      .observed = "label disabled",
                      .origin = option.origin});
  } else if ((set.name == "user" || set.name == "role") && !set.value.empty()) {
    faults.push_back({.message = "sets an SELinux user or role",
                      .expected = selinux_expected,
                      .observed = set.name,
                      .origin = option.origin});
  } else if (set.name == "type" && !is_allowed_selinux_type(set.value)) {
    faults.push_back({.message = "sets an SELinux type that does not confine containers",
                      .expected = selinux_expected,
                      .observed = "another type",
                      .origin = option.origin});
  }
}

void add_proc_mount(const Fact<std::string>& proc_mount, std::vector<ModuleFault>& faults) {
  if (proc_mount.fault) {
    faults.push_back({.origin = proc_mount.origin, .fault = proc_mount.fault});
  } else if (!proc_mount.absent() && !proc_mount.is("Default")) {
    faults.push_back({.message = "sees parts of /proc that are masked by default",
                      .expected = "procMount Default or not set",
                      .observed = "another type",
                      .origin = proc_mount.origin});
  }
}

}  // namespace

std::vector<ModuleFault> module_faults(const Container& container) {
  std::vector<ModuleFault> faults;
  add_app_armor(container, faults);
  for (const Located<NameValue>& option : container.security.selinux) {
    add_selinux(option, faults);
  }
  add_proc_mount(container.security.proc_mount, faults);
  for (const Located<NameValue>& sysctl : container.security.sysctls) {
    if (!is_safe_sysctl(sysctl.value.name)) {
      faults.push_back({.message = "sets a sysctl outside the safe set",
                        .expected = "sysctls of the safe set only",
                        .observed = sysctl.value.name,
                        .origin = sysctl.origin});
    }
  }
  return faults;
}

}  // namespace compliance
