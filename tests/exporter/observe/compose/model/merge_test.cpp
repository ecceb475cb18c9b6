// Several files become one model (T54, T59).
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::merge_test {
namespace {

Container merged(const std::string& first, const std::string& second) {
  return container_named(
      facts_of(project({app_with(first), "services:\n  app:\n    " + second + "\n"})), "app");
}

std::vector<std::string> names_of(const std::vector<Located<std::string>>& list) {
  std::vector<std::string> names;
  for (const auto& item : list) {
    names.push_back(item.value);
  }
  return names;
}

std::string value_of(const Container& container, const std::string& name) {
  const Variable* variable = container.environment.find(name);
  return variable == nullptr ? "(none)" : variable->value.value_or("(unset)");
}

TEST(MergedFiles, ReplaceTexts) {
  const Container container =
      merged("user: a\nread_only: true", "image: example/other:2.0.0\n    read_only: false");
  EXPECT_EQ(container.image.repository, "example/other");
  EXPECT_EQ(container.image.origin, in_file(3, 12, "compose.1.yaml"));
  EXPECT_EQ(container.security.read_only_root.value, false);
  EXPECT_EQ(container.security.user.value, "a");
  EXPECT_EQ(container.origin, in_file(2, 3));
}

TEST(MergedFiles, AppendLists) {
  const Container container =
      merged("cap_drop: [A, B]\nsecurity_opt: [no-new-privileges:false]",
             "cap_drop: [B, C]\n    security_opt: [no-new-privileges:true]");
  EXPECT_EQ(names_of(container.security.capabilities_dropped),
            (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(container.security.no_new_privileges.value, true);
  EXPECT_EQ(container.security.no_new_privileges.origin, in_file(4, 20, "compose.1.yaml"));
}

TEST(MergedFiles, DoNotRepeatAnOptionThatIsThere) {
  const Container container =
      merged("security_opt: [no-new-privileges:true, no-new-privileges:false]",
             "security_opt: [no-new-privileges:true]");
  EXPECT_EQ(container.security.no_new_privileges.value, false);
}

TEST(MergedFiles, ReplaceCommands) {
  const Container container =
      merged("entrypoint: [a]\ncommand: [b, c]", "command: d e\n    entrypoint: [f]");
  EXPECT_EQ(container.command, (std::vector<std::string>{"f", "d", "e"}));
}

TEST(MergedFiles, MergeEnvironmentsOfBothForms) {
  const Container container = merged("environment: {A: 1, B: 1, C: 1}", "environment: [B=2, D=2]");
  EXPECT_EQ(value_of(container, "A"), "1");
  EXPECT_EQ(value_of(container, "B"), "2");
  EXPECT_EQ(value_of(container, "C"), "1");
  EXPECT_EQ(value_of(container, "D"), "2");
  EXPECT_EQ(value_of(merged("environment: [A=1, B=1]", "environment: {B: 2}"), "B"), "2");
  EXPECT_EQ(value_of(merged("environment: [A=1, B=1]", "environment: {B: 2}"), "A"), "1");
}

TEST(MergedFiles, ANullInAnEnvironmentTakesTheValueAway) {
  EXPECT_EQ(value_of(merged("environment: {A: 1}", "environment: {A: }"), "A"), "(none)");
}

TEST(MergedFiles, ANullElsewhereChangesNothing) {
  EXPECT_EQ(merged("cap_drop: [ALL]", "cap_drop:").security.capabilities_dropped.size(), 1U);
}

std::string mode_of(const Container& container, const std::string& kind) {
  for (const NamespaceMode& space : container.namespaces) {
    if (space.kind == kind) {
      return space.mode;
    }
  }
  return "(none)";
}

TEST(MergedFiles, ANullTextKeepsTheEarlierOne) {
  const Container container = merged(
      "pid: host\nipc: host\nuts: host\nuserns_mode: host\ncgroup: host\nnetwork_mode: host",
      "pid:\n    ipc: ~\n    uts: null\n    userns_mode:\n    cgroup:\n    network_mode: Null");
  for (const char* kind : {"pid", "ipc", "uts", "user", "cgroup", "network"}) {
    EXPECT_EQ(mode_of(container, kind), "host") << kind;
  }
}

TEST(MergedFiles, ANullServiceOrSectionKeepsTheEarlierOne) {
  const auto facts = facts_of(project(
      {app_with("privileged: true"), "services:\n  app:\n", "services:\nnetworks:\n", "name:\n"}));
  EXPECT_EQ(container_named(facts, "app").security.privileged.value, true);
}

TEST(MergedFiles, ANullCommandIsNoneWhatEarlierFilesSay) {
  EXPECT_EQ(merged("entrypoint: [a]\ncommand: [b]", "command:").command,
            std::vector<std::string>{"a"});
}

TEST(MergedFiles, ANullLimitKeepsTheEarlierOne) {
  const Container container =
      merged("mem_limit: 1g\ncpus: 1\npids_limit: 9", "mem_limit:\n    cpus: ~\n    pids_limit:");
  EXPECT_EQ(container.limits.memory.value, "1g");
  EXPECT_EQ(container.limits.cpu.value, "1");
  EXPECT_EQ(container.limits.pids.value, "9");
}

TEST(MergedFiles, ANullThatNothingStandsBehindIsRefused) {
  EXPECT_EQ(
      fault_of(project({app_with("init: true"), "services:\n  app:\n    ipc:\n"})).fault.reason,
      UnknownReason::unparsable);
}

TEST(MergedFiles, ReplaceVolumesAndSecretsOfOneTarget) {
  const Container container =
      merged("volumes: [\"./a:/x\", \"./b:/y\"]", "volumes: [\"./c:/x:ro\"]");
  ASSERT_EQ(container.mounts.size(), 2U);
  EXPECT_EQ(container.mounts[0].source, "/project/c");
  EXPECT_TRUE(container.mounts[0].read_only);
}

TEST(MergedFiles, AMountThatIsStatedAgainCountsAgain) {
  const auto facts = facts_of(
      project({app_with("volumes: [\"/a:/x\"]"), "services: {app: {volumes: [\"/b:/x\"]}}\n",
               "services: {app: {volumes: [\"/a:/x\"]}}\n"}));
  ASSERT_EQ(container_named(facts, "app").mounts.size(), 1U);
  EXPECT_EQ(container_named(facts, "app").mounts[0].source, "/a");
}

TEST(MergedFiles, AppendPorts) {
  const Container container = merged("ports: [\"127.0.0.1:80:80\"]", "ports: [\"80:80\"]");
  ASSERT_EQ(container.published_ports.size(), 2U);
  EXPECT_EQ(container.published_ports[1].host_address, "");
}

TEST(MergedFiles, MergeTextAndListOfTmpfs) {
  EXPECT_EQ(merged("tmpfs: /a", "tmpfs: [/b, /a]").mounts.size(), 2U);
  EXPECT_EQ(merged("tmpfs: [/a]", "tmpfs: /b").mounts.size(), 2U);
}

TEST(MergedFiles, MergeNetworksOfBothForms) {
  const auto facts =
      facts_of(project({app_with("networks: [one]") + "networks: {one: , two: }\n",
                        "services:\n  app:\n    networks: {two: {aliases: [x]}}\n"}));
  EXPECT_EQ(container_named(facts, "app").networks, (std::vector<std::string>{"one", "two"}));
}

TEST(MergedFiles, MergeLimitsDeeply) {
  const Container container = merged("deploy: {resources: {limits: {cpus: '1', memory: 1G}}}",
                                     "deploy: {resources: {limits: {memory: 2G}}}");
  EXPECT_EQ(container.limits.cpu.value, "1");
  EXPECT_EQ(container.limits.memory.value, "2G");
}

TEST(MergedFiles, RefuseAMappingWhereAListWas) {
  const auto fault =
      fault_of(project({app_with("cap_drop: [ALL]"), "services:\n  app:\n    cap_drop: {a: b}\n"}));
  EXPECT_EQ(fault.origin, in_file(3, 15, "compose.1.yaml"));
  EXPECT_EQ(
      fault_of(project({app_with("deploy: {}"), "services:\n  app:\n    deploy: [a]\n"})).origin,
      in_file(3, 13, "compose.1.yaml"));
}

TEST(MergedFiles, AddServicesAndSecrets) {
  const auto facts = facts_of(project({app_with("init: true") + "secrets: {a: {file: a}}\n",
                                       "services: {more: {image: x}}\nsecrets: {b: {file: b}}\n"}));
  EXPECT_EQ(facts.containers.size(), 2U);
  EXPECT_EQ(facts.secrets.size(), 2U);
}

TEST(MergedFiles, SeveralDocumentsOfOneFileAreMergedToo) {
  const auto facts = facts_of(
      project({app_with("read_only: true") + "---\nservices: {app: {read_only: false}}\n"}));
  EXPECT_EQ(container_named(facts, "app").security.read_only_root.value, false);
}

TEST(ResetTag, RemovesWhatEarlierFilesSay) {
  const Container container = merged(
      "ports: [\"80:80\"]\nprivileged: true\nenvironment: {A: 1, B: 2}",
      "ports: !reset []\n    privileged: !reset false\n    environment: {A: !reset null, C: 3}");
  EXPECT_TRUE(container.published_ports.empty());
  EXPECT_TRUE(container.security.privileged.absent());
  EXPECT_EQ(value_of(container, "A"), "(none)");
  EXPECT_EQ(value_of(container, "B"), "2");
  EXPECT_EQ(value_of(container, "C"), "3");
}

TEST(ResetTag, LeavesNothingWhereNothingWas) {
  EXPECT_TRUE(merged("init: true", "privileged: !reset true").security.privileged.absent());
  EXPECT_TRUE(app("privileged: !reset true\ncap_add: !reset [A]").security.privileged.absent());
}

TEST(ResetTag, DoesNotReachIntoAListOfVariables) {
  EXPECT_EQ(value_of(merged("environment: [A=1]", "environment: {A: !reset null}"), "A"), "1");
  EXPECT_EQ(value_of(merged("environment: [A=1]", "environment: !reset null"), "A"), "(none)");
  EXPECT_EQ(value_of(merged("environment: [A=1]", "environment: {A: !override 2}"), "A"), "2");
}

TEST(ResetTag, DoesNotReachIntoVariablesThatFilesHaveMerged) {
  const auto facts =
      facts_of(project({app_with("environment: {A: 1}"), "services: {app: {environment: {B: 1}}}\n",
                        "services: {app: {environment: {A: !reset null}}}\n"}));
  EXPECT_EQ(value_of(container_named(facts, "app"), "A"), "1");
}

TEST(ResetTag, ShowsWhatAMergeKeyBrings) {
  const std::string file =
      "x-base: &base {privileged: true, cap_add: [A]}\nservices:\n  app:\n    <<: *base\n"
      "    image: x\n    privileged: !reset false\n    cap_add: !reset []\n";
  EXPECT_EQ(container_named(facts_of(project({file})), "app").security.privileged.value, true);
  const Container over =
      container_named(facts_of(project({app_with("cap_add: [B]\ncap_drop: [C]"), file})), "app");
  EXPECT_EQ(names_of(over.security.capabilities_added), std::vector<std::string>{"A"});
  EXPECT_EQ(names_of(over.security.capabilities_dropped), std::vector<std::string>{"C"});
}

TEST(ResetTag, ActsFromWithinAMergedMapping) {
  const std::string file =
      "x-base: &base {cap_add: !reset [], cap_drop: !override [C]}\nservices:\n  app: {<<: "
      "*base}\n";
  const Container over =
      container_named(facts_of(project({app_with("cap_add: [B]\ncap_drop: [B]"), file})), "app");
  EXPECT_TRUE(over.security.capabilities_added.empty());
  EXPECT_EQ(names_of(over.security.capabilities_dropped), std::vector<std::string>{"C"});
}

TEST(ResetTag, ActsAlthoughAnOwnKeyHidesIt) {
  const std::string file =
      "x-base: &base {cap_add: !reset []}\nservices:\n  app: {<<: *base, cap_add: [D]}\n";
  EXPECT_EQ(names_of(container_named(facts_of(project({app_with("cap_add: [B]"), file})), "app")
                         .security.capabilities_added),
            std::vector<std::string>{"D"});
}

TEST(ResetTag, LeavesAnItemOfAListOut) {
  EXPECT_EQ(names_of(merged("cap_add: [A]", "cap_add: [!reset B, C]").security.capabilities_added),
            (std::vector<std::string>{"A", "C"}));
}

TEST(ResetTag, RemovesAService) {
  const auto facts = facts_of(project(
      {app_with("init: true") + "  gone: {image: x}\n", "services: {gone: !reset null}\n"}));
  EXPECT_EQ(facts.containers.size(), 1U);
}

TEST(OverrideTag, ReplacesInsteadOfAppending) {
  const Container container = merged("cap_drop: [A, B]\nenvironment: {A: 1, B: 2}",
                                     "cap_drop: !override [C]\n    environment: !override {C: 3}");
  EXPECT_EQ(names_of(container.security.capabilities_dropped), std::vector<std::string>{"C"});
  EXPECT_EQ(value_of(container, "A"), "(none)");
  EXPECT_EQ(value_of(container, "C"), "3");
}

TEST(ResetTag, OfAMappingThatAListMergesActsOnItselfAlone) {
  const std::string file =
      "x-base: &base {cap_add: !reset [A], cap_drop: [C]}\nservices:\n  app: {<<: [*base]}\n";
  const Container over =
      container_named(facts_of(project({app_with("cap_add: [B]"), file})), "app");
  EXPECT_EQ(names_of(over.security.capabilities_added), std::vector<std::string>{"B"});
  EXPECT_EQ(names_of(over.security.capabilities_dropped), std::vector<std::string>{"C"});
}

TEST(OverrideTag, GivesTagsInsideNoMeaning) {
  const Container container =
      merged("environment: {A: 1}", "environment: !override {A: !reset null, B: !reset 2}");
  EXPECT_EQ(value_of(container, "A"), "null");
  EXPECT_EQ(value_of(container, "B"), "2");
}

TEST(OverrideTag, MakesATextOfNull) {
  EXPECT_EQ(mode_of(merged("pid: host", "pid: !override null"), "pid"), "null");
}

TEST(OverrideTag, StandsWhereNothingWas) {
  EXPECT_EQ(names_of(merged("init: true", "cap_drop: !override [C]").security.capabilities_dropped),
            std::vector<std::string>{"C"});
}

TEST(MergeKeys, BringHardeningOverTwoLevels) {
  const auto facts = facts_of(project(
      {"x-security: &security\n  security_opt: [no-new-privileges:true]\n"
       "x-app: &app\n  <<: *security\n  read_only: true\n"
       "services:\n  one: {<<: *app, image: x}\n  two: {<<: *app, image: x, security_opt: []}\n"}));
  EXPECT_EQ(container_named(facts, "one").security.no_new_privileges.value, true);
  EXPECT_EQ(container_named(facts, "one").security.no_new_privileges.origin, in_file(2, 18));
  EXPECT_EQ(container_named(facts, "one").security.read_only_root.origin, in_file(5, 14));
  EXPECT_TRUE(container_named(facts, "two").security.no_new_privileges.absent());
}

}  // namespace
}  // namespace compliance::test::merge_test
