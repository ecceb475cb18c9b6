// containers-security-modules
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::security_modules_test {
namespace {

constexpr auto id = "containers-security-modules";

TEST(ContainersSecurityModules, PassesWhenNothingIsSet) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersSecurityModules, ReportsEachChangeByItself) {
  Container container = hardened_service(Component::api);
  container.security.app_armor = {.value = "unconfined", .origin = at(Source::compose, 9, 7)};
  container.security.selinux = {{.value = {.name = "disable"}, .origin = at(Source::compose, 10)}};
  container.security.sysctls = {
      {.value = {.name = "kernel.msgmax", .value = "1"}, .origin = at(Source::compose, 11)}};
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 3U);
  EXPECT_EQ(result.findings[0].message, "is not confined by AppArmor");
  EXPECT_EQ(result.findings[0].expected, "the runtime's profile or one loaded on the node");
  EXPECT_EQ(result.findings[0].origin, at(Source::compose, 9, 7));
  EXPECT_EQ(result.findings[1].origin, at(Source::compose, 10));
  EXPECT_EQ(result.findings[2].observed, "kernel.msgmax");
}

Container with_app_armor(Container container, const char* profile) {
  container.security.app_armor = {.value = profile, .origin = at(Source::compose, 9, 7)};
  return container;
}

Container with_label(const char* name, const char* value) {
  Container container = hardened_service(Component::api);
  container.security.selinux = {
      {.value = {.name = name, .value = value}, .origin = at(Source::compose, 3)}};
  return container;
}

TEST(ContainersSecurityModules, FailsWithoutAnAppArmorProfileThatConfines) {
  const Container pod = hardened_pod_container(Component::api);
  for (const Container& container :
       {with_app_armor(hardened_service(Component::api), "unconfined"),
        with_app_armor(pod, "Unconfined"), with_app_armor(pod, "unconfined")}) {
    expect_fail(id, container, "is not confined by AppArmor", at(Source::compose, 9, 7));
  }
}

TEST(ContainersSecurityModules, PassesWithAnAppArmorProfileThatConfines) {
  const Container pod = hardened_pod_container(Component::api);
  for (const Container& container :
       {with_app_armor(hardened_service(Component::api), "docker-default"),
        with_app_armor(pod, "RuntimeDefault"), with_app_armor(pod, "localhost/caracal")}) {
    EXPECT_EQ(status_of(id, container), Outcome::pass);
  }
}

TEST(ContainersSecurityModules, FailsForSelinuxLabelsThatDoNotConfine) {
  struct Row {
    Container container;
    const char* message;
    const char* observed;
  };
  for (const auto& [container, message, observed] :
       {Row{with_label("disable", ""), "turns SELinux separation off", "label disabled"},
        Row{with_label("user", "system_u"), "sets an SELinux user or role", "user"},
        Row{with_label("role", "system_r"), "sets an SELinux user or role", "role"},
        Row{with_label("type", "spc_t"), "sets an SELinux type that does not confine containers",
            "another type"}}) {
    const Finding finding = expect_fail(id, container, message, at(Source::compose, 3));
    EXPECT_EQ(finding.expected, "no SELinux options but a container type and level");
    EXPECT_EQ(finding.observed, observed);
  }
}

TEST(ContainersSecurityModules, PassesForSelinuxLabelsThatConfine) {
  for (const Container& container :
       {with_label("user", ""), with_label("role", ""), with_label("type", "container_t"),
        with_label("type", ""), with_label("level", "s0:c1,c2")}) {
    EXPECT_EQ(status_of(id, container), Outcome::pass);
  }
}

TEST(ContainersSecurityModules, FailsForProcMountsOtherThanTheDefault) {
  Container container = hardened_pod_container(Component::api);
  container.security.proc_mount = {.value = "Default"};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.security.proc_mount = {.value = "Unmasked", .origin = at(Source::kubernetes, 4)};
  const Finding finding =
      expect_fail(id, container, "can see parts of /proc that are masked by default",
                  at(Source::kubernetes, 4));
  EXPECT_EQ(finding.expected, "procMount Default or not set");
}

TEST(ContainersSecurityModules, FailsForSysctlsOutsideTheSafeSet) {
  Container container = hardened_service(Component::redis);
  container.security.sysctls = {
      {.value = {.name = "net.ipv4.tcp_syncookies", .value = "1"}},
      {.value = {.name = "net.core.somaxconn", .value = "9"}, .origin = at(Source::compose, 8)}};
  const Finding finding =
      expect_fail(id, container, "sets a sysctl outside the safe set", at(Source::compose, 8));
  EXPECT_EQ(finding.expected, "only sysctls of the safe set");
  EXPECT_EQ(finding.observed, "net.core.somaxconn");
}

TEST(ContainersSecurityModules, FailsForOptionsOfThePodThatAllContainersOverride) {
  Container container = hardened_pod_container(Component::api);
  container.overridden.app_armor = {{.value = "Localhost"}, {.value = "RuntimeDefault"}};
  container.overridden.selinux = {{.value = {.name = "level", .value = "s0"}}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.overridden.app_armor.push_back(
      {.value = "Unconfined", .origin = at(Source::kubernetes, 3, 5)});
  expect_fail(id, container, "is not confined by AppArmor", at(Source::kubernetes, 3, 5));
  container.overridden.app_armor.clear();
  container.overridden.selinux.push_back(
      {.value = {.name = "type", .value = "spc_t"}, .origin = at(Source::kubernetes, 4, 5)});
  expect_fail(id, container, "sets an SELinux type that does not confine containers",
              at(Source::kubernetes, 4, 5));
}

TEST(ContainersSecurityModules, IsUnknownWhenAnUnsetVariableDecides) {
  Container by_profile = hardened_service(Component::api);
  by_profile.security.app_armor = {.origin = at(Source::compose, 9, 7), .fault = unset_variable};
  expect_unknown(id, by_profile, unset_variable, at(Source::compose, 9, 7));
  Container by_mount = hardened_pod_container(Component::api);
  by_mount.security.proc_mount = {.origin = at(Source::kubernetes, 2), .fault = unset_variable};
  expect_unknown(id, by_mount, unset_variable, at(Source::kubernetes, 2));
}

TEST(ContainersSecurityModules, FailsForWritableControlGroups) {
  Container container = hardened_service(Component::api);
  container.security.writable_cgroups = {.value = false, .origin = at(Source::compose, 9, 7)};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.security.writable_cgroups.value = true;
  expect_fail(id, container, "can write to its control groups", at(Source::compose, 9, 7));
  container.security.writable_cgroups = {.origin = at(Source::compose, 9, 7),
                                         .fault = unset_variable};
  expect_unknown(id, container, unset_variable, at(Source::compose, 9, 7));
}

}  // namespace
}  // namespace compliance::test::security_modules_test
