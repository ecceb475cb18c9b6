// Each control of the Pod Security Standards "restricted" (v1.37) is caught by one row.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
#include <set>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/facts.h"

namespace compliance::test::pod_security_test {
namespace {

struct ControlCase {
  const char* name;
  const char* caught_by;  // the only row of this area that fails; empty: the control allows it
  void (*change)(Container&);
};

// Failing rows of the area for one pod container, what goes beyond the standards left out.
std::set<std::string_view> failing_rows(const Container& container) {
  std::set<std::string_view> failing;
  for (const Check* check : catalogue()) {
    if (check->area == Area::containers && check->on_by_default &&
        status_of(check->id, container) == Outcome::fail) {
      failing.insert(check->id);
    }
  }
  return failing;
}

class PodSecurityRestricted : public testing::TestWithParam<ControlCase> {};

TEST_P(PodSecurityRestricted, IsCaughtByOneCheck) {
  Container container = hardened_pod_container(Component::api);
  GetParam().change(container);
  std::set<std::string_view> expected;
  if (*GetParam().caught_by != '\0') {
    expected.insert(GetParam().caught_by);
  }
  EXPECT_EQ(failing_rows(container), expected);
}

std::string case_name(const testing::TestParamInfo<ControlCase>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Baseline, PodSecurityRestricted,
    testing::Values(
        ControlCase{"Nothing", "", [](Container& /*c*/) {}},
        ControlCase{"HostProcess", "containers-not-privileged",
                    [](Container& c) { c.security.host_process = {.value = true}; }},
        ControlCase{"HostNetwork", "containers-host-namespaces",
                    [](Container& c) { c.namespaces = {{.kind = "network", .mode = "host"}}; }},
        ControlCase{"HostPid", "containers-host-namespaces",
                    [](Container& c) { c.namespaces = {{.kind = "pid", .mode = "host"}}; }},
        ControlCase{"HostIpc", "containers-host-namespaces",
                    [](Container& c) { c.namespaces = {{.kind = "ipc", .mode = "host"}}; }},
        ControlCase{"Privileged", "containers-not-privileged",
                    [](Container& c) { c.security.privileged = {.value = true}; }},
        ControlCase{"Capabilities", "containers-capabilities-dropped",
                    [](Container& c) { c.security.capabilities_added = {{.value = "NET_RAW"}}; }},
        ControlCase{"HostPathVolumes", "containers-host-paths",
                    [](Container& c) {
                      c.unmounted_volumes = {{.kind = MountKind::host_path, .source = "/srv"}};
                    }},
        ControlCase{"HostPorts", "containers-host-ports",
                    [](Container& c) { c.declared_ports = {{.host_port = {.value = 80}}}; }},
        ControlCase{"HostProbesAndLifecycleHooks", "containers-host-namespaces",
                    [](Container& c) { c.handler_hosts = {{.value = "127.0.0.1"}}; }},
        ControlCase{"AppArmor", "containers-security-modules",
                    [](Container& c) { c.security.app_armor = {.value = "Unconfined"}; }},
        ControlCase{"SeLinuxType", "containers-security-modules",
                    [](Container& c) {
                      c.security.selinux = {{.value = {.name = "type", .value = "spc_t"}}};
                    }},
        ControlCase{"SeLinuxUser", "containers-security-modules",
                    [](Container& c) {
                      c.security.selinux = {{.value = {.name = "user", .value = "root"}}};
                    }},
        ControlCase{"SeLinuxRole", "containers-security-modules",
                    [](Container& c) {
                      c.security.selinux = {{.value = {.name = "role", .value = "sysadm_r"}}};
                    }},
        ControlCase{"SeLinuxLevelIsFree", "",
                    [](Container& c) {
                      c.security.selinux = {{.value = {.name = "level", .value = "s0:c1"}}};
                    }},
        ControlCase{"ProcMount", "containers-security-modules",
                    [](Container& c) { c.security.proc_mount = {.value = "Unmasked"}; }},
        ControlCase{"SeccompUnconfined", "containers-seccomp",
                    [](Container& c) { c.security.seccomp = {.value = "Unconfined"}; }},
        ControlCase{"Sysctls", "containers-security-modules",
                    [](Container& c) {
                      c.security.sysctls = {{.value = {.name = "kernel.msgmax", .value = "1"}}};
                    }}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Restricted, PodSecurityRestricted,
    testing::Values(ControlCase{"VolumeTypes", "containers-host-paths",
                                [](Container& c) {
                                  c.mounts = {{.kind = MountKind::other_volume, .source = "nfs"}};
                                }},
                    ControlCase{"ImageVolumesAreFree", "",
                                [](Container& c) {
                                  c.mounts = {{.kind = MountKind::other_volume, .source = "image"}};
                                }},
                    ControlCase{"PrivilegeEscalation", "containers-no-new-privileges",
                                [](Container& c) { c.security.no_new_privileges = {}; }},
                    ControlCase{"RunningAsNonRoot", "containers-non-root",
                                [](Container& c) { c.security.run_as_non_root = {}; }},
                    ControlCase{"RunningAsNonRootUser", "containers-non-root",
                                [](Container& c) { c.security.run_as_user = {.value = 0}; }},
                    ControlCase{"RootInAUserNamespaceIsFree", "",
                                [](Container& c) {
                                  c.security.run_as_user = {.value = 0};
                                  c.security.run_as_non_root = {};
                                  c.namespaces = {{.kind = "user", .mode = "private"}};
                                }},
                    ControlCase{"ProcMountInAUserNamespace", "containers-security-modules",
                                [](Container& c) {
                                  c.security.proc_mount = {.value = "Unmasked"};
                                  c.namespaces = {{.kind = "user", .mode = "private"}};
                                }},
                    ControlCase{"SeccompNotSet", "containers-seccomp",
                                [](Container& c) { c.security.seccomp = {}; }},
                    ControlCase{"CapabilitiesNotDropped", "containers-capabilities-dropped",
                                [](Container& c) { c.security.capabilities_dropped.clear(); }},
                    ControlCase{"NetBindServiceIsFree", "",
                                [](Container& c) {
                                  c.security.capabilities_added = {{.value = "NET_BIND_SERVICE"}};
                                }},
                    ControlCase{"WindowsPodsAreFreeOfThree", "",
                                [](Container& c) {
                                  c.windows = true;
                                  c.security.seccomp = {};
                                  c.security.no_new_privileges = {};
                                  c.security.capabilities_dropped.clear();
                                }},
                    ControlCase{"EphemeralContainersCount", "containers-not-privileged",
                                [](Container& c) {
                                  c.role = ContainerRole::ephemeral;
                                  c.security.privileged = {.value = true};
                                }}),
    case_name);

}  // namespace
}  // namespace compliance::test::pod_security_test
