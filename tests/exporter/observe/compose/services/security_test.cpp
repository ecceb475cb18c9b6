// What bounds a service's rights (T57, T60), and its namespaces.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::security_test {
namespace {

SecurityFacts security(const std::string& lines) { return app(lines).security; }

struct NewPrivilegesCase {
  const char* name;
  std::string list;
  std::optional<bool> value;
  Origin origin;
};

class NoNewPrivilegesForms : public testing::TestWithParam<NewPrivilegesCase> {};

TEST_P(NoNewPrivilegesForms, IsReadFromEveryForm) {
  const auto fact = security("security_opt: " + GetParam().list).no_new_privileges;
  EXPECT_EQ(fact.value, GetParam().value);
  EXPECT_EQ(fact.origin, GetParam().origin);
  EXPECT_EQ(fact.fault, std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, NoNewPrivilegesForms,
    testing::Values(NewPrivilegesCase{"EmptyList", "[]", std::nullopt, in_file(2, 3)},
                    NewPrivilegesCase{"OtherOption", "[seccomp=x]", std::nullopt, in_file(2, 3)},
                    NewPrivilegesCase{"Bare", "[no-new-privileges]", true, in_file(4, 20)},
                    NewPrivilegesCase{"Colon", "[no-new-privileges:true]", true, in_file(4, 20)},
                    NewPrivilegesCase{"Equals", "[no-new-privileges=true]", true, in_file(4, 20)},
                    NewPrivilegesCase{"One", "[no-new-privileges=1]", true, in_file(4, 20)},
                    NewPrivilegesCase{"False", "[no-new-privileges:false]", false, in_file(4, 20)},
                    NewPrivilegesCase{"Zero", "[no-new-privileges=0]", false, in_file(4, 20)},
                    NewPrivilegesCase{"LastWinsFalse",
                                      "[no-new-privileges, no-new-privileges:false]", false,
                                      in_file(4, 39)},
                    NewPrivilegesCase{"LastWinsTrue",
                                      "[no-new-privileges:false, no-new-privileges]", true,
                                      in_file(4, 45)}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(NoNewPrivileges, IsUndecidedByAnUnsetVariable) {
  const auto fact = security("security_opt: [\"no-new-privileges:${NO}\"]").no_new_privileges;
  EXPECT_EQ(fact.value, std::nullopt);
  EXPECT_EQ(fact.fault, unset("NO"));
  EXPECT_EQ(fact.origin, in_file(4, 20));
}

TEST(NoNewPrivileges, IsUndecidedAfterAnOptionThatMayBeAnything) {
  for (const char* list :
       {"[no-new-privileges, \"${NO}\"]", "[\"${NO}:false\"]", "[\"no-new${NO}\"]"}) {
    EXPECT_EQ(security(std::string{"security_opt: "} + list).no_new_privileges.fault, unset("NO"))
        << list;
  }
}

TEST(NoNewPrivileges, IsDecidedAgainByALaterOption) {
  const auto fact =
      security("security_opt: [\"${NO}\", \"no-new-privileges:true\"]").no_new_privileges;
  EXPECT_EQ(fact.value, true);
  EXPECT_EQ(fact.fault, std::nullopt);
}

TEST(NoNewPrivileges, IsDecidedWhenAnotherOptionIsNot) {
  const auto facts = security("security_opt: [no-new-privileges, \"seccomp=${NO}\"]");
  EXPECT_EQ(facts.no_new_privileges.value, true);
  EXPECT_EQ(facts.seccomp.fault, unset("NO"));
  EXPECT_EQ(facts.app_armor.fault, std::nullopt);
}

TEST(NoNewPrivileges, WithAnotherWordHasAFault) {
  const auto fact = security("security_opt: [\"no-new-privileges:yes\"]").no_new_privileges;
  EXPECT_EQ(fact.value, std::nullopt);
  ASSERT_TRUE(fact.fault);
  EXPECT_EQ(fact.fault->reason, UnknownReason::unparsable);
}

TEST(SecurityOptions, NameProfiles) {
  const auto facts = security(
      "security_opt: [\"seccomp:unconfined\", apparmor=unconfined, systempaths=unconfined]");
  EXPECT_EQ(facts.seccomp.value, "unconfined");
  EXPECT_EQ(facts.seccomp.origin, in_file(4, 20));
  EXPECT_EQ(facts.app_armor.value, "unconfined");
  EXPECT_EQ(facts.proc_mount.value, "Unmasked");
  EXPECT_EQ(security("security_opt: [seccomp=./my.json]").seccomp.value, "./my.json");
  EXPECT_EQ(security("security_opt: [\"apparmor:mine\"]").app_armor.value, "mine");
  EXPECT_TRUE(security("security_opt: [systempaths=x]").proc_mount.absent());
}

TEST(SecurityOptions, NameSelinuxLabels) {
  const auto labels =
      security("security_opt: [\"label:disable\", label=type:spc_t, \"label:user:x\", disable]")
          .selinux;
  ASSERT_EQ(labels.size(), 4U);
  EXPECT_EQ(labels[0].value, (NameValue{.name = "disable"}));
  EXPECT_EQ(labels[1].value, (NameValue{.name = "type", .value = "spc_t"}));
  EXPECT_EQ(labels[2].value, (NameValue{.name = "user", .value = "x"}));
  EXPECT_EQ(labels[3].value, (NameValue{.name = "disable"}));
}

TEST(SecurityOptions, AbsentOnesPointAtTheService) {
  const auto facts = security("init: true");
  for (const Origin& origin :
       {facts.privileged.origin, facts.host_process.origin, facts.no_new_privileges.origin,
        facts.read_only_root.origin, facts.run_as_non_root.origin, facts.user.origin,
        facts.seccomp.origin, facts.app_armor.origin, facts.proc_mount.origin,
        facts.run_as_user.origin}) {
    EXPECT_EQ(origin, in_file(2, 3));
  }
  EXPECT_TRUE(facts.privileged.absent());
  EXPECT_TRUE(facts.read_only_root.absent());
  EXPECT_TRUE(facts.no_new_privileges.absent());
}

struct BooleanCase {
  std::string text;
  bool value;
};

class Booleans : public testing::TestWithParam<BooleanCase> {};

TEST_P(Booleans, AreCastAsComposeCastsThem) {
  const auto facts = security("privileged: " + GetParam().text + "\nread_only: " + GetParam().text);
  EXPECT_EQ(facts.privileged.value, GetParam().value);
  EXPECT_EQ(facts.privileged.origin, in_file(4, 17));
  EXPECT_EQ(facts.read_only_root.value, GetParam().value);
  EXPECT_EQ(facts.read_only_root.origin, in_file(5, 16));
}

INSTANTIATE_TEST_SUITE_P(Words, Booleans,
                         testing::Values(BooleanCase{"true", true}, BooleanCase{"\"True\"", true},
                                         BooleanCase{"yes", true}, BooleanCase{"\"y\"", true},
                                         BooleanCase{"ON", true}, BooleanCase{"${NO:-true}", true},
                                         BooleanCase{"false", false}, BooleanCase{"'no'", false},
                                         BooleanCase{"n", false}, BooleanCase{"Off", false}));

TEST(Booleans, OfOtherWordsAreRefused) {
  for (const char* text : {"1", "\"\"", "perhaps", "${NO:-}"}) {
    EXPECT_EQ(app_fault(std::string{"privileged: "} + text).origin, in_file(4, 17)) << text;
    EXPECT_EQ(app_fault(std::string{"read_only: "} + text).origin, in_file(4, 16)) << text;
  }
}

TEST(Booleans, OfUnsetVariablesAreUndecided) {
  const auto facts = security("privileged: ${NO}\nread_only: ${NO}");
  EXPECT_EQ(facts.privileged.fault, unset("NO"));
  EXPECT_EQ(facts.read_only_root.fault, unset("NO"));
  EXPECT_EQ(facts.privileged.value, std::nullopt);
}

TEST(Capabilities, AreListedAsWrittenOnceEach) {
  const auto facts = security("cap_drop: [all, ALL, all]\ncap_add: [CHOWN]");
  ASSERT_EQ(facts.capabilities_dropped.size(), 2U);
  EXPECT_EQ(facts.capabilities_dropped[0].value, "all");
  EXPECT_EQ(facts.capabilities_dropped[0].origin, in_file(4, 26));
  EXPECT_EQ(facts.capabilities_dropped[1].value, "ALL");
  ASSERT_EQ(facts.capabilities_added.size(), 1U);
  EXPECT_EQ(facts.capabilities_added[0].value, "CHOWN");
  EXPECT_EQ(facts.capabilities_fault, std::nullopt);
}

TEST(Capabilities, OfUnsetVariablesAreUndecidedBesideTheOthers) {
  for (const char* key : {"cap_add", "cap_drop"}) {
    const auto facts = security(std::string{key} + ": [\"${NO}\", CHOWN]");
    EXPECT_EQ(facts.capabilities_fault, unset("NO")) << key;
    EXPECT_EQ(facts.capabilities_added.size() + facts.capabilities_dropped.size(), 1U) << key;
  }
}

TEST(User, IsTakenAsWritten) {
  EXPECT_EQ(security("user: \"1000:1000\"").user.value, "1000:1000");
  EXPECT_EQ(security("user: \"0\"").user.origin, in_file(4, 11));
  EXPECT_TRUE(security("user: \"\"").user.absent());
  EXPECT_EQ(security("user: ${NO}").user.fault, unset("NO"));
}

TEST(Sysctls, AreAMappingOrAList) {
  const auto mapping = security("sysctls:\n  net.ipv4.ip_forward: 1").sysctls;
  ASSERT_EQ(mapping.size(), 1U);
  EXPECT_EQ(mapping[0].value, (NameValue{.name = "net.ipv4.ip_forward", .value = "1"}));
  EXPECT_EQ(mapping[0].origin, in_file(5, 7));
  const auto list = security("sysctls: [a=1, b=2]").sysctls;
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].value, (NameValue{.name = "b", .value = "2"}));
}

TEST(Namespaces, AreThoseThatTheFileNames) {
  const auto modes =
      app("network_mode: host\npid: host\nipc: shareable\nuts: host\nuserns_mode: host").namespaces;
  ASSERT_EQ(modes.size(), 5U);
  EXPECT_EQ(modes[0], (NamespaceMode{.kind = "network", .mode = "host", .origin = in_file(4, 19)}));
  EXPECT_EQ(modes[1], (NamespaceMode{.kind = "pid", .mode = "host", .origin = in_file(5, 10)}));
  EXPECT_EQ(modes[2],
            (NamespaceMode{.kind = "ipc", .mode = "shareable", .origin = in_file(6, 10)}));
  EXPECT_EQ(modes[3], (NamespaceMode{.kind = "uts", .mode = "host", .origin = in_file(7, 10)}));
  EXPECT_EQ(modes[4], (NamespaceMode{.kind = "user", .mode = "host", .origin = in_file(8, 18)}));
  EXPECT_TRUE(app("init: true").namespaces.empty());
}

TEST(Namespaces, OfAnotherServiceKnowItsComponent) {
  const auto facts = facts_of(project(
      {"services:\n  redis: {image: redis}\n  app: {image: x, network_mode: \"service:redis\", "
       "pid: \"service:gone\", ipc: \"container:redis\"}\n"}));
  const auto modes = container_named(facts, "app").namespaces;
  ASSERT_EQ(modes.size(), 3U);
  EXPECT_EQ(modes[0].service_component, Component::redis);
  EXPECT_EQ(modes[1].service_component, std::nullopt);
  EXPECT_EQ(modes[2].service_component, std::nullopt);
}

TEST(Namespaces, OfUnsetVariablesAreUndecided) {
  const auto modes = app("network_mode: ${NO}").namespaces;
  ASSERT_EQ(modes.size(), 1U);
  EXPECT_EQ(modes[0].fault, unset("NO"));
}

TEST(WritableCgroups, IsReadAsTheEngineReadsIt) {
  const auto fact_of = [](const std::string& option) {
    return app("security_opt: [\"" + option + "\"]").security.writable_cgroups;
  };
  EXPECT_EQ(fact_of("writable-cgroups=true").value, true);
  EXPECT_EQ(fact_of("writable-cgroups:1").value, true);
  EXPECT_EQ(fact_of("writable-cgroups").value, true);
  EXPECT_EQ(fact_of("writable-cgroups=false").value, false);
  EXPECT_TRUE(fact_of("label=disable").absent());
  EXPECT_EQ(fact_of("writable-cgroups=${X}").fault, unset("X"));
  EXPECT_EQ(fact_of("${X}").fault, unset("X"));
  EXPECT_EQ(fact_of("writable-cgroups=perhaps").fault->reason, UnknownReason::unparsable);
}

TEST(Namespaces, OfControlGroupsAreRead) {
  const auto spaces = app("cgroup: host").namespaces;
  ASSERT_EQ(spaces.size(), 1U);
  EXPECT_EQ(spaces[0].kind, "cgroup");
  EXPECT_EQ(spaces[0].mode, "host");
}

TEST(Devices, AreNamedInFourPlaces) {
  const auto count = [](const std::string& lines) { return app(lines).devices.size(); };
  EXPECT_EQ(count("devices: [/dev/a, /dev/b]"), 2U);
  EXPECT_EQ(count("device_cgroup_rules: [\"c 1:3 mr\"]"), 1U);
  EXPECT_EQ(count("gpus: all"), 1U);
  EXPECT_EQ(count("gpus: [{driver: nvidia, count: 1}]"), 1U);
  EXPECT_EQ(count("deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}"), 1U);
  EXPECT_EQ(count("deploy: {resources: {limits: {cpus: 1}}}\ngpus: []"), 0U);
}

}  // namespace
}  // namespace compliance::test::security_test
