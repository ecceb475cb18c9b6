// Containers drop all capabilities and add back only those that their component needs. ALL counts
// in any case (FACTS.md T60), single dropped ones are not enough: new kernels add more.
#include <algorithm>
#include <array>
#include <utility>

#include "checks/caracal/packaged_exceptions.h"
#include "checks/check.h"
#include "checks/formats/ascii.h"

namespace compliance::containers {
namespace {

// capabilities(7) of Linux 6.1; no kernel since has added one.
constexpr auto linux_capabilities = std::to_array<std::string_view>({
    "AUDIT_CONTROL",   "AUDIT_READ",   "AUDIT_WRITE",
    "BLOCK_SUSPEND",   "BPF",          "CHECKPOINT_RESTORE",
    "CHOWN",           "DAC_OVERRIDE", "DAC_READ_SEARCH",
    "FOWNER",          "FSETID",       "IPC_LOCK",
    "IPC_OWNER",       "KILL",         "LEASE",
    "LINUX_IMMUTABLE", "MAC_ADMIN",    "MAC_OVERRIDE",
    "MKNOD",           "NET_ADMIN",    "NET_BIND_SERVICE",
    "NET_BROADCAST",   "NET_RAW",      "PERFMON",
    "SETFCAP",         "SETGID",       "SETPCAP",
    "SETUID",          "SYSLOG",       "SYS_ADMIN",
    "SYS_BOOT",        "SYS_CHROOT",   "SYS_MODULE",
    "SYS_NICE",        "SYS_PACCT",    "SYS_PTRACE",
    "SYS_RAWIO",       "SYS_RESOURCE", "SYS_TIME",
    "SYS_TTY_CONFIG",  "WAKE_ALARM",
});

// The name as engines read an added capability: "cap_net_raw" is "NET_RAW".
std::string capability_name(std::string_view written) {
  std::string name = upper_case(written);
  constexpr std::string_view prefix = "CAP_";
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

// The name if Linux has such a capability. Other text is not repeated.
std::string shown_capability(std::string_view name) {
  const bool known =
      name == "ALL" || std::find(linux_capabilities.begin(), linux_capabilities.end(), name) !=
                           linux_capabilities.end();
  return known ? std::string{name} : "a name that Linux does not have";
}

// ALL in any case. Engines reject CAP_ALL, so it drops nothing.
bool drops_all(const std::vector<Located<std::string>>& dropped) {
  return std::any_of(dropped.begin(), dropped.end(), [](const Located<std::string>& capability) {
    return upper_case(capability.value) == "ALL";
  });
}

// Adding ALL fails like any capability that no component has. Admission in Kubernetes compares the
// text as it stands: CAP_NET_BIND_SERVICE is none that it allows.
Verdict added_verdict(const Container& container, const Located<std::string>& added) {
  const std::string name = capability_name(added.value);
  const bool injected = sets_up_network(container) && (name == "NET_ADMIN" || name == "NET_RAW");
  const bool allowed = injected || may_add_capability(container, name);
  if (allowed && container.platform == Platform::kubernetes && added.value != name) {
    return with_expected_observed(
        fail("adds a capability under a name that Kubernetes does not know", added.origin), name,
        "CAP_ in front, or small letters");
  }
  if (allowed) {
    return injected ? pass("adds " + name + " as an injected init container", added.origin)
                    : pass();
  }
  return with_expected_observed(fail("adds a capability that it does not need", added.origin),
                                "only the capabilities of the packaged component",
                                shown_capability(name));
}

// An engine drops nothing by itself: its default set has some fourteen capabilities.
Verdict dropped_verdict(const Container& container) {
  const SecurityFacts& security = container.security;
  if (security.capabilities_fault) {
    return unknown(*security.capabilities_fault, container.origin);
  }
  if (drops_all(security.capabilities_dropped)) {
    return pass();
  }
  return with_expected_observed(
      fail("does not drop all capabilities", container.origin), "ALL dropped",
      security.capabilities_dropped.empty() ? "none dropped" : "some dropped, but not ALL");
}

// Windows has no capabilities.
Verdicts evaluate_capabilities_dropped(const Container& container, const Policy& /*policy*/) {
  if (container.windows) {
    return {not_applicable()};
  }
  Verdicts verdicts{dropped_verdict(container)};
  for (const Located<std::string>& added : container.security.capabilities_added) {
    verdicts.push_back(added_verdict(container, added));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check capabilities_dropped{
    .id = "containers-capabilities-dropped",
    .title = "Containers drop all Linux capabilities",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Each capability is a part of root's power that a compromised process can use at once.",
    .remediation =
        "Drop ALL (Compose cap_drop, Kubernetes capabilities.drop) and remove added capabilities.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_capabilities_dropped},
};

}  // namespace compliance::containers
