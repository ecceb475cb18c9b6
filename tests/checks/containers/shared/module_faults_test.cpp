// What a container changes about the security modules of the kernel.
#include "checks/containers/shared/module_faults.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::module_faults_test {
namespace {

const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

std::size_t faults_with_app_armor(Container container, const char* profile) {
  container.security.app_armor = {.value = profile};
  return module_faults(container).size();
}

std::vector<ModuleFault> faults_with_label(const char* name, const char* value) {
  Container container = hardened_service(Component::api);
  container.security.selinux = {
      {.value = {.name = name, .value = value}, .origin = at(Source::compose, 3)}};
  return module_faults(container);
}

TEST(ModuleFaults, AreNoneWhenNothingIsSaid) {
  EXPECT_TRUE(module_faults(hardened_service(Component::api)).empty());
  EXPECT_TRUE(module_faults(hardened_pod_container(Component::api)).empty());
}

TEST(ModuleFaults, HoldServicesThatAppArmorDoesNotConfine) {
  EXPECT_EQ(faults_with_app_armor(hardened_service(Component::api), "unconfined"), 1U);
  EXPECT_EQ(faults_with_app_armor(hardened_service(Component::api), "docker-default"), 0U);
}

TEST(ModuleFaults, HoldPodsThatAppArmorDoesNotConfine) {
  const Container pod = hardened_pod_container(Component::api);
  EXPECT_EQ(faults_with_app_armor(pod, "Unconfined"), 1U);
  EXPECT_EQ(faults_with_app_armor(pod, "unconfined"), 1U);
  EXPECT_EQ(faults_with_app_armor(pod, "RuntimeDefault"), 0U);
  EXPECT_EQ(faults_with_app_armor(pod, "localhost/caracal"), 0U);
}

TEST(ModuleFaults, HoldSelinuxLabelsThatDoNotConfine) {
  const auto disabled = faults_with_label("disable", "");
  ASSERT_EQ(disabled.size(), 1U);
  EXPECT_EQ(disabled.front().message, "turns SELinux separation off");
  EXPECT_EQ(disabled.front().observed, "label disabled");
  EXPECT_EQ(disabled.front().origin, at(Source::compose, 3));
  for (const char* name : {"user", "role"}) {
    const auto faults = faults_with_label(name, "system_u");
    ASSERT_EQ(faults.size(), 1U) << name;
    EXPECT_EQ(faults.front().message, "sets an SELinux user or role");
    EXPECT_EQ(faults.front().observed, name);
    EXPECT_EQ(faults.front().origin, at(Source::compose, 3));
  }
  const auto type = faults_with_label("type", "spc_t");
  ASSERT_EQ(type.size(), 1U);
  EXPECT_EQ(type.front().message, "sets an SELinux type that does not confine containers");
  EXPECT_EQ(type.front().observed, "another type");
  EXPECT_EQ(type.front().expected, "no SELinux options but a container type and level");
  EXPECT_EQ(type.front().origin, at(Source::compose, 3));
}

TEST(ModuleFaults, LeaveSelinuxLabelsOutThatConfine) {
  EXPECT_TRUE(faults_with_label("user", "").empty());
  EXPECT_TRUE(faults_with_label("role", "").empty());
  EXPECT_TRUE(faults_with_label("type", "container_t").empty());
  EXPECT_TRUE(faults_with_label("type", "").empty());
  EXPECT_TRUE(faults_with_label("level", "s0:c1,c2").empty());
}

TEST(ModuleFaults, HoldProcMountsOtherThanTheDefault) {
  Container container = hardened_pod_container(Component::api);
  container.security.proc_mount = {.value = "Default"};
  EXPECT_TRUE(module_faults(container).empty());
  container.security.proc_mount = {.value = "Unmasked", .origin = at(Source::kubernetes, 4)};
  const auto faults = module_faults(container);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().message, "sees parts of /proc that are masked by default");
  EXPECT_EQ(faults.front().expected, "procMount Default or not set");
  EXPECT_EQ(faults.front().origin, at(Source::kubernetes, 4));
}

TEST(ModuleFaults, HoldSysctlsOutsideTheSafeSet) {
  Container container = hardened_service(Component::redis);
  container.security.sysctls = {
      {.value = {.name = "net.ipv4.tcp_syncookies", .value = "1"}},
      {.value = {.name = "net.core.somaxconn", .value = "9"}, .origin = at(Source::compose, 8)}};
  const auto faults = module_faults(container);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().message, "sets a sysctl outside the safe set");
  EXPECT_EQ(faults.front().expected, "sysctls of the safe set only");
  EXPECT_EQ(faults.front().observed, "net.core.somaxconn");
  EXPECT_EQ(faults.front().origin, at(Source::compose, 8));
}

TEST(ModuleFaults, SayWhatCannotBeDecided) {
  Container container = hardened_pod_container(Component::api);
  container.security.app_armor = {.origin = at(Source::kubernetes, 1), .fault = unset};
  container.security.proc_mount = {.origin = at(Source::kubernetes, 2), .fault = unset};
  const auto faults = module_faults(container);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].fault, unset);
  EXPECT_EQ(faults[0].origin, at(Source::kubernetes, 1));
  EXPECT_EQ(faults[1].fault, unset);
  EXPECT_EQ(faults[1].origin, at(Source::kubernetes, 2));
}

}  // namespace
}  // namespace compliance::test::module_faults_test
