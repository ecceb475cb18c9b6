// AppArmor, SELinux, the masks of /proc and sysctls stay as the engine sets them.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/pod_security.h"

namespace compliance::containers {
namespace {

constexpr auto selinux_expected = "no SELinux options but a container type and level";

// In Compose any named profile passes: it has to be loaded on the host to start at all.
bool keeps_app_armor(Platform platform, const Fact<std::string>& profile) {
  if (platform == Platform::compose) {
    return !profile.is("unconfined");
  }
  return profile.absent() || is_allowed_app_armor(*profile.value);
}

// Absent is fine: runtimes apply their own profile where the kernel has AppArmor.
Verdict app_armor_verdict(Platform platform, const Fact<std::string>& profile) {
  if (profile.fault) {
    return unknown(*profile.fault, profile.origin);
  }
  return keeps_app_armor(platform, profile)
             ? pass()
             : with_expected_observed(fail("is not confined by AppArmor", profile.origin),
                                      "the runtime's profile or one loaded on the node",
                                      "unconfined or an unknown type");
}

// Levels pass: they separate containers from one another, whatever their value.
Verdict selinux_verdict(const Located<NameValue>& option) {
  const auto& [name, value] = option.value;
  if (name == "disable") {
    return with_expected_observed(fail("turns SELinux separation off", option.origin),
                                  selinux_expected, "label disabled");
  }
  if ((name == "user" || name == "role") && !value.empty()) {
    return with_expected_observed(fail("sets an SELinux user or role", option.origin),
                                  selinux_expected, name);
  }
  if (name == "type" && !is_allowed_selinux_type(value)) {
    return with_expected_observed(
        fail("sets an SELinux type that does not confine containers", option.origin),
        selinux_expected, "another type");
  }
  return pass();
}

// Unmasked shows and opens parts of /proc that runtimes hide.
Verdict proc_mount_verdict(const Fact<std::string>& proc_mount) {
  if (proc_mount.fault) {
    return unknown(*proc_mount.fault, proc_mount.origin);
  }
  return proc_mount.absent() || proc_mount.is("Default")
             ? pass()
             : with_expected_observed(
                   fail("can see parts of /proc that are masked by default", proc_mount.origin),
                   "procMount Default or not set", "another type");
}

// Writable cgroups let a container change its own limits and, as root, more than that.
Verdict cgroups_verdict(const Fact<bool>& writable) {
  if (writable.fault) {
    return unknown(*writable.fault, writable.origin);
  }
  return writable.is(true)
             ? with_expected_observed(fail("can write to its control groups", writable.origin),
                                      "no writable-cgroups", "writable-cgroups")
             : pass();
}

// The name is shown: it is a kernel parameter and no secret.
Verdict sysctl_verdict(const Located<NameValue>& sysctl) {
  return is_safe_sysctl(sysctl.value.name)
             ? pass()
             : with_expected_observed(fail("sets a sysctl outside the safe set", sysctl.origin),
                                      "only sysctls of the safe set", sysctl.value.name);
}

// What the pod states and all containers override counts as if one took it.
Verdicts overridden_verdicts(const Container& container) {
  Verdicts verdicts;
  for (const Fact<std::string>& profile : container.overridden.app_armor) {
    verdicts.push_back(app_armor_verdict(container.platform, profile));
  }
  for (const Located<NameValue>& option : container.overridden.selinux) {
    verdicts.push_back(selinux_verdict(option));
  }
  return verdicts;
}

// systempaths=unconfined of Compose is the same as procMount Unmasked of Kubernetes.
Verdicts evaluate_security_modules(const Container& container, const Policy& /*policy*/) {
  const SecurityFacts& security = container.security;
  Verdicts verdicts{app_armor_verdict(container.platform, security.app_armor)};
  append(verdicts, overridden_verdicts(container));
  for (const Located<NameValue>& option : security.selinux) {
    verdicts.push_back(selinux_verdict(option));
  }
  verdicts.push_back(proc_mount_verdict(security.proc_mount));
  verdicts.push_back(cgroups_verdict(security.writable_cgroups));
  for (const Located<NameValue>& sysctl : security.sysctls) {
    verdicts.push_back(sysctl_verdict(sysctl));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check security_modules{
    .id = "containers-security-modules",
    .title =
        "Containers keep AppArmor, SELinux, a masked /proc, read-only cgroups and safe sysctls",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "These barriers hold when another one has failed; without them a container can read or "
        "change kernel settings that all containers share.",
    .remediation =
        "Remove apparmor:unconfined, label:disable, foreign SELinux options, procMount Unmasked, "
        "writable-cgroups and sysctls outside the safe set.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_security_modules},
};

}  // namespace compliance::containers
