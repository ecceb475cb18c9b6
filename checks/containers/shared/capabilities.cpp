// Names of Linux capabilities.
#include "checks/containers/shared/capabilities.h"

#include <algorithm>
#include <array>

#include "checks/formats/ascii.h"

namespace compliance {
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

}  // namespace

std::string capability_name(std::string_view written) {
  std::string name = upper_case(written);
  constexpr std::string_view prefix = "CAP_";
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

std::string described_capability(std::string_view name) {
  const bool known =
      name == "ALL" || std::find(linux_capabilities.begin(), linux_capabilities.end(), name) !=
                           linux_capabilities.end();
  return known ? std::string{name} : "a name that Linux does not have";
}

bool drops_all(const std::vector<Located<std::string>>& dropped) {
  return std::any_of(dropped.begin(), dropped.end(), [](const Located<std::string>& capability) {
    return upper_case(capability.value) == "ALL";
  });
}

}  // namespace compliance
