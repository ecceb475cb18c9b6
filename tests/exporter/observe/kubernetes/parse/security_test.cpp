// Effective values of security contexts.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::security_test {
namespace {

SecurityFacts security_of(const std::string& container, const std::string& pod = "") {
  return container_of(pod_with(container, pod)).security;
}

// What a pod of two containers states and none of them takes.
OverriddenByAll overridden_of(const std::string& pod_context, const std::string& first,
                              const std::string& second, const std::string& annotations = "") {
  const auto facts = facts_of("{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: {" +
                              annotations + "}}, spec: {securityContext: {" + pod_context +
                              "}, containers: [{name: a, securityContext: {" + first +
                              "}}, {name: b, securityContext: {" + second + "}}]}}");
  EXPECT_EQ(facts.containers.size(), 2U);
  EXPECT_EQ(facts.containers.back().overridden, OverriddenByAll{});
  return facts.containers.front().overridden;
}

TEST(OverriddenOptions, AreThoseThatEveryContainerReplaces) {
  EXPECT_TRUE(overridden_of("runAsNonRoot: false", "runAsNonRoot: true", "runAsNonRoot: true")
                  .run_as_non_root.is(false));
  EXPECT_TRUE(overridden_of("runAsUser: 0", "runAsUser: 5", "runAsUser: 5").run_as_user.is(0));
  EXPECT_TRUE(overridden_of("seccompProfile: {type: Unconfined}",
                            "seccompProfile: {type: RuntimeDefault}",
                            "seccompProfile: {type: Localhost}")
                  .seccomp.is("Unconfined"));
  EXPECT_TRUE(overridden_of("windowsOptions: {hostProcess: true}",
                            "windowsOptions: {hostProcess: false}",
                            "windowsOptions: {hostProcess: false}")
                  .host_process.is(true));
  const auto selinux = overridden_of("seLinuxOptions: {type: spc_t, level: s0}",
                                     "seLinuxOptions: {}", "seLinuxOptions: {type: container_t}")
                           .selinux;
  ASSERT_EQ(selinux.size(), 2U);
  EXPECT_EQ(selinux[0].value, (NameValue{.name = "type", .value = "spc_t"}));
}

TEST(OverriddenOptions, AreNoneThatAContainerTakes) {
  EXPECT_EQ(overridden_of("runAsNonRoot: false, runAsUser: 0", "", "runAsNonRoot: true"),
            OverriddenByAll{});
  EXPECT_EQ(overridden_of("runAsNonRoot: false", "runAsNonRoot: true", ""), OverriddenByAll{});
  EXPECT_EQ(overridden_of("seccompProfile: {type: Unconfined}",
                          "seccompProfile: {type: RuntimeDefault}", ""),
            OverriddenByAll{});
  EXPECT_EQ(overridden_of("seLinuxOptions: {type: spc_t}", "seLinuxOptions: {}", ""),
            OverriddenByAll{});
  EXPECT_EQ(overridden_of("appArmorProfile: {type: Unconfined}", "", ""), OverriddenByAll{});
}

TEST(OverriddenOptions, HoldAppArmorProfilesOfAllAnnotations) {
  const std::string prefix = "container.apparmor.security.beta.kubernetes.io/";
  const std::string own = "appArmorProfile: {type: RuntimeDefault}";
  const auto profiles = overridden_of("appArmorProfile: {type: Unconfined}", own, own,
                                      prefix + "a: unconfined, " + prefix + "z: localhost/x")
                            .app_armor;
  ASSERT_EQ(profiles.size(), 3U);
  EXPECT_TRUE(profiles[0].is("Unconfined"));
  EXPECT_TRUE(profiles[1].is("Unconfined"));
  EXPECT_TRUE(profiles[2].is("Localhost"));
  EXPECT_EQ(overridden_of("", "", own, prefix + "a: unconfined").app_armor.size(), 0U);
}

enum class Read : std::uint8_t { absent, yes, no, fault };

Read read(const Fact<bool>& fact) {
  if (fact.fault) {
    return Read::fault;
  }
  if (!fact.value) {
    return Read::absent;
  }
  return *fact.value ? Read::yes : Read::no;
}

struct BoolRow {
  const char* name;
  Fact<bool> SecurityFacts::*fact;
  const char* container;
  const char* pod;
  Read expected;
};

class BooleanFields : public testing::TestWithParam<BoolRow> {};

TEST_P(BooleanFields, AreReadAsTheApiServerReadsThem) {
  const BoolRow& row = GetParam();
  EXPECT_EQ(read(security_of(row.container, row.pod).*row.fact), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BooleanFields,
    testing::Values(BoolRow{"NothingSaid", &SecurityFacts::privileged, "", "", Read::absent},
                    BoolRow{"Privileged", &SecurityFacts::privileged,
                            "securityContext: {privileged: true}", "", Read::yes},
                    BoolRow{"PrivilegedYes", &SecurityFacts::privileged,
                            "securityContext: {privileged: yes}", "", Read::yes},
                    BoolRow{"NotPrivileged", &SecurityFacts::privileged,
                            "securityContext: {privileged: false}", "", Read::no},
                    BoolRow{"PrivilegedNull", &SecurityFacts::privileged,
                            "securityContext: {privileged: null}", "", Read::absent},
                    BoolRow{"PrivilegedQuoted", &SecurityFacts::privileged,
                            "securityContext: {privileged: \"true\"}", "", Read::fault},
                    BoolRow{"PrivilegedNumber", &SecurityFacts::privileged,
                            "securityContext: {privileged: 1}", "", Read::fault},
                    BoolRow{"PrivilegedOfThePodIsNoField", &SecurityFacts::privileged, "",
                            "securityContext: {privileged: true}", Read::absent},
                    BoolRow{"EscalationAbsent", &SecurityFacts::no_new_privileges,
                            "securityContext: {}", "", Read::absent},
                    BoolRow{"EscalationFalse", &SecurityFacts::no_new_privileges,
                            "securityContext: {allowPrivilegeEscalation: false}", "", Read::yes},
                    BoolRow{"EscalationTrue", &SecurityFacts::no_new_privileges,
                            "securityContext: {allowPrivilegeEscalation: true}", "", Read::no},
                    BoolRow{"EscalationQuoted", &SecurityFacts::no_new_privileges,
                            "securityContext: {allowPrivilegeEscalation: 'false'}", "",
                            Read::fault},
                    BoolRow{"EscalationOfThePodIsNoField", &SecurityFacts::no_new_privileges, "",
                            "securityContext: {allowPrivilegeEscalation: false}", Read::absent},
                    BoolRow{"ReadOnly", &SecurityFacts::read_only_root,
                            "securityContext: {readOnlyRootFilesystem: true}", "", Read::yes},
                    BoolRow{"ReadOnlyAbsent", &SecurityFacts::read_only_root, "", "", Read::absent},
                    BoolRow{"ReadOnlyOfThePodIsNoField", &SecurityFacts::read_only_root, "",
                            "securityContext: {readOnlyRootFilesystem: true}", Read::absent},
                    BoolRow{"NonRootAbsent", &SecurityFacts::run_as_non_root, "", "", Read::absent},
                    BoolRow{"NonRootOfThePod", &SecurityFacts::run_as_non_root, "",
                            "securityContext: {runAsNonRoot: true}", Read::yes},
                    BoolRow{"NonRootContainerOverPod", &SecurityFacts::run_as_non_root,
                            "securityContext: {runAsNonRoot: false}",
                            "securityContext: {runAsNonRoot: true}", Read::no},
                    BoolRow{"NonRootNullLeavesThePods", &SecurityFacts::run_as_non_root,
                            "securityContext: {runAsNonRoot: ~}",
                            "securityContext: {runAsNonRoot: true}", Read::yes},
                    BoolRow{"HostProcessAbsent", &SecurityFacts::host_process,
                            "securityContext: {windowsOptions: {}}", "", Read::absent},
                    BoolRow{"HostProcessOfThePod", &SecurityFacts::host_process, "",
                            "securityContext: {windowsOptions: {hostProcess: true}}", Read::yes},
                    BoolRow{"HostProcessContainerOverPod", &SecurityFacts::host_process,
                            "securityContext: {windowsOptions: {hostProcess: false}}",
                            "securityContext: {windowsOptions: {hostProcess: true}}", Read::no}),
    [](const auto& row) { return row.param.name; });

struct TextRow {
  const char* name;
  Fact<std::string> SecurityFacts::*fact;
  const char* container;
  const char* pod;
  const char* expected;  // null: a fault; empty: absent
};

class TextFields : public testing::TestWithParam<TextRow> {};

TEST_P(TextFields, TakeTheContainersWordOverThePods) {
  const TextRow& row = GetParam();
  const Fact<std::string> fact = security_of(row.container, row.pod).*row.fact;
  EXPECT_EQ(fact.fault.has_value(), row.expected == nullptr);
  EXPECT_EQ(fact.value.value_or(""), row.expected == nullptr ? "" : row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TextFields,
    testing::Values(
        TextRow{"SeccompAbsent", &SecurityFacts::seccomp, "securityContext: {}", "", ""},
        TextRow{"SeccompOfThePod", &SecurityFacts::seccomp, "",
                "securityContext: {seccompProfile: {type: RuntimeDefault}}", "RuntimeDefault"},
        TextRow{"SeccompContainerOverPod", &SecurityFacts::seccomp,
                "securityContext: {seccompProfile: {type: Unconfined}}",
                "securityContext: {seccompProfile: {type: RuntimeDefault}}", "Unconfined"},
        TextRow{"SeccompLocalhost", &SecurityFacts::seccomp,
                "securityContext: {seccompProfile: {type: Localhost, localhostProfile: a.json}}",
                "", "Localhost"},
        TextRow{"SeccompNullLeavesThePods", &SecurityFacts::seccomp,
                "securityContext: {seccompProfile: null}",
                "securityContext: {seccompProfile: {type: RuntimeDefault}}", "RuntimeDefault"},
        TextRow{"SeccompWithoutType", &SecurityFacts::seccomp,
                "securityContext: {seccompProfile: {}}", "", nullptr},
        TextRow{"SeccompTypeNumber", &SecurityFacts::seccomp,
                "securityContext: {seccompProfile: {type: 1}}", "", nullptr},
        TextRow{"AppArmorAbsent", &SecurityFacts::app_armor, "", "", ""},
        TextRow{"AppArmorOfThePod", &SecurityFacts::app_armor, "",
                "securityContext: {appArmorProfile: {type: Unconfined}}", "Unconfined"},
        TextRow{"AppArmorContainerOverPod", &SecurityFacts::app_armor,
                "securityContext: {appArmorProfile: {type: RuntimeDefault}}",
                "securityContext: {appArmorProfile: {type: Unconfined}}", "RuntimeDefault"},
        TextRow{"ProcMountAbsent", &SecurityFacts::proc_mount, "", "", ""},
        TextRow{"ProcMount", &SecurityFacts::proc_mount, "securityContext: {procMount: Unmasked}",
                "", "Unmasked"},
        TextRow{"ProcMountBoolean", &SecurityFacts::proc_mount,
                "securityContext: {procMount: true}", "", nullptr}),
    [](const auto& row) { return row.param.name; });

std::string annotated(const std::string& annotation, const std::string& container = "") {
  return "{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: {" + annotation +
         "}}, spec: {securityContext: {appArmorProfile: {type: Localhost}}, containers: [{name: c" +
         container + "}]}}";
}

struct AnnotationRow {
  const char* name;
  const char* annotation;
  const char* container;
  const char* expected;
};

class AppArmorAnnotations : public testing::TestWithParam<AnnotationRow> {};

TEST_P(AppArmorAnnotations, StandBetweenContainerAndPod) {
  const AnnotationRow& row = GetParam();
  const Container container = container_of(annotated(row.annotation, row.container));
  EXPECT_EQ(container.security.app_armor.value.value_or(""), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AppArmorAnnotations,
    testing::Values(
        AnnotationRow{"None", "a: b", "", "Localhost"},
        AnnotationRow{"OfAnotherContainer",
                      "container.apparmor.security.beta.kubernetes.io/d: unconfined", "",
                      "Localhost"},
        AnnotationRow{"Unconfined", "container.apparmor.security.beta.kubernetes.io/c: unconfined",
                      "", "Unconfined"},
        AnnotationRow{"RuntimeDefault",
                      "container.apparmor.security.beta.kubernetes.io/c: runtime/default", "",
                      "RuntimeDefault"},
        AnnotationRow{"Localhost",
                      "container.apparmor.security.beta.kubernetes.io/c: localhost/mine", "",
                      "Localhost"},
        AnnotationRow{"Unheard", "container.apparmor.security.beta.kubernetes.io/c: bogus", "",
                      "bogus"},
        AnnotationRow{"Empty", "container.apparmor.security.beta.kubernetes.io/c: ''", "",
                      "Localhost"},
        AnnotationRow{"FieldWins", "container.apparmor.security.beta.kubernetes.io/c: unconfined",
                      ", securityContext: {appArmorProfile: {type: RuntimeDefault}}",
                      "RuntimeDefault"}),
    [](const auto& row) { return row.param.name; });

TEST(SecurityContexts, IgnoreLegacySeccompAnnotations) {
  const Container container =
      container_of(annotated("seccomp.security.alpha.kubernetes.io/pod: runtime/default"));
  EXPECT_TRUE(container.security.seccomp.absent());
}

TEST(SecurityContexts, GiveUserNumbersWithTheirFaults) {
  EXPECT_TRUE(security_of("").run_as_user.absent());
  EXPECT_TRUE(security_of("securityContext: {runAsUser: 0}").run_as_user.is(0));
  EXPECT_TRUE(security_of("", "securityContext: {runAsUser: 65532}").run_as_user.is(65532));
  EXPECT_TRUE(security_of("securityContext: {runAsUser: 1}", "securityContext: {runAsUser: 0}")
                  .run_as_user.is(1));
  const auto fault = security_of("securityContext: {runAsUser: root}").run_as_user.fault;
  ASSERT_TRUE(fault);
  EXPECT_EQ(*fault, (Fault{UnknownReason::unparsable, "'runAsUser' is not a whole number"}));
}

TEST(SecurityContexts, KeepCapabilitiesAsWrittenWithPositions) {
  const SecurityFacts facts = security_of(
      "securityContext: {capabilities: {\n drop: [all,\n  CHOWN], add: [NET_BIND_SERVICE]}}");
  ASSERT_EQ(facts.capabilities_dropped.size(), 2U);
  EXPECT_EQ(facts.capabilities_dropped[0].value, "all");
  EXPECT_EQ(facts.capabilities_dropped[1],
            (Located<std::string>{.value = "CHOWN", .origin = origin_at(5, 3)}));
  ASSERT_EQ(facts.capabilities_added.size(), 1U);
  EXPECT_EQ(facts.capabilities_added[0].value, "NET_BIND_SERVICE");
  EXPECT_FALSE(facts.capabilities_fault);
}

TEST(SecurityContexts, NoteCapabilitiesThatAreNoNames) {
  EXPECT_TRUE(security_of("securityContext: {capabilities: {drop: [1]}}").capabilities_fault);
  EXPECT_TRUE(security_of("securityContext: {capabilities: {add: [[A]]}}").capabilities_fault);
}

TEST(SecurityContexts, ReplaceSelinuxOptionsAsAWhole) {
  const std::string pod =
      "securityContext: {seLinuxOptions: {user: u, role: r, type: t, level: l}}";
  EXPECT_EQ(security_of("", pod).selinux.size(), 4U);
  const auto own = security_of("securityContext: {seLinuxOptions: {type: spc_t, role: ''}}", pod);
  ASSERT_EQ(own.selinux.size(), 1U);
  EXPECT_EQ(own.selinux[0].value, (NameValue{.name = "type", .value = "spc_t"}));
  EXPECT_EQ(own.selinux[0].origin.line, 3U);
}

TEST(SecurityContexts, PutSysctlsOfThePodOnItsContainers) {
  const auto facts =
      security_of("", "securityContext: {sysctls: [{name: kernel.msgmax, value: '65536'}]}");
  ASSERT_EQ(facts.sysctls.size(), 1U);
  EXPECT_EQ(facts.sysctls[0].value, (NameValue{.name = "kernel.msgmax", .value = "65536"}));
  EXPECT_EQ(facts.sysctls[0].origin.line, 4U);
}

TEST(SecurityContexts, SayWhereTheDecidingValueStands) {
  const std::string text =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
      "  securityContext:\n"
      "    runAsNonRoot: true\n"
      "    seccompProfile:\n"
      "      type: RuntimeDefault\n"
      "  containers:\n"
      "    - name: c\n"
      "      securityContext:\n"
      "        privileged: false\n";
  const SecurityFacts facts = container_of(text).security;
  EXPECT_EQ(facts.run_as_non_root.origin, origin_at(6, 19));
  EXPECT_EQ(facts.seccomp.origin, origin_at(8, 13));
  EXPECT_EQ(facts.privileged.origin, origin_at(12, 21));
  EXPECT_EQ(facts.no_new_privileges.origin, origin_at(12, 9));
  EXPECT_EQ(facts.run_as_user.origin, origin_at(10, 7));
  EXPECT_EQ(facts.app_armor.origin, origin_at(10, 7));
}

}  // namespace
}  // namespace compliance::test::security_test
