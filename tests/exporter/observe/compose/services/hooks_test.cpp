// pre_start steps, jobs and lifecycle hooks: what runs beside the services themselves.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::hooks_test {
namespace {

TEST(PreStart, StepsAreContainersOfTheirOwn) {
  const auto facts = facts_of(project({app_with(
      "read_only: true\ncap_drop: [ALL]\npre_start:\n"
      "  - {image: \"other:2.0.0\", user: root, privileged: true, read_only: false}\n  - {}")}));
  ASSERT_EQ(facts.containers.size(), 3U);
  const Container first = container_named(facts, "service app pre_start 1");
  EXPECT_EQ(first.object, "service app pre_start 1");
  EXPECT_EQ(first.role, ContainerRole::init);
  EXPECT_EQ(first.image.repository, "other");
  EXPECT_EQ(first.security.user.value, "root");
  EXPECT_EQ(first.security.privileged.value, true);
  EXPECT_EQ(first.security.read_only_root.value, false);
  EXPECT_EQ(first.security.capabilities_dropped.size(), 1U);
  EXPECT_EQ(first.origin, in_file(7, 9));
  const Container second = container_named(facts, "service app pre_start 2");
  EXPECT_EQ(second.image.repository, "example/app");
  EXPECT_EQ(second.security.read_only_root.value, true);
}

TEST(PreStart, StepsTakeTheMountsOfTheirServiceAndNoPorts) {
  const auto facts = facts_of(project(
      {app_with("ports: [\"80:80\"]\ndeploy: {resources: {limits: {memory: 1g}}}\ntmpfs: /t\n"
                "volumes: [\"/a:/x\", \"/b:/y:ro\"]\npre_start:\n  - {volumes: [\"/c:/x\"]}")}));
  const Container step = container_named(facts, "service app pre_start 1");
  EXPECT_TRUE(step.published_ports.empty());
  EXPECT_TRUE(step.limits.memory.absent());
  ASSERT_EQ(step.mounts.size(), 3U);
  EXPECT_EQ(step.mounts[0].source, "/c");
  EXPECT_EQ(step.mounts[1].kind, MountKind::tmpfs);
  EXPECT_EQ(step.mounts[2].source, "/b");
  EXPECT_TRUE(step.mounts[2].read_only);
}

TEST(PreStart, StepsHaveTheComponentOfTheirServiceOnlyWithItsImage) {
  const auto facts =
      facts_of(project({"services:\n  api:\n    image: example/caracal-node:1.0.0\n    pre_start: "
                        "[{command: x}, {image: "
                        "busybox}]\n"}));
  EXPECT_EQ(container_named(facts, "service api pre_start 1").component, Component::api);
  EXPECT_EQ(container_named(facts, "service api pre_start 2").component, Component::other);
}

TEST(PreStart, AStepThatCannotBeReadHidesNeitherTheServiceNorTheOthers) {
  const auto facts = partial_facts_of(project({app_with(
      "privileged: true\npre_start: [{privileged: [x]}, {volumes: [\"::\"]}, {user: root}]")}));
  EXPECT_EQ(facts.unreadable.size(), 2U);
  EXPECT_EQ(container_named(facts, "app").security.privileged.value, true);
  EXPECT_EQ(container_named(facts, "service app pre_start 3").security.user.value, "root");
}

TEST(PreStart, StepsReadAnEnvFileOnceUnderEitherOfItsNames) {
  const auto facts =
      facts_of(project({app_with("env_file: [./a.env, b.env]\npre_start: [{env_file: "
                                 "[b.env, a.env]}]")},
                       {{"/project/a.env", "A=a\n"}, {"/project/b.env", "A=b\n"}}));
  const Container step = container_named(facts, "service app pre_start 1");
  ASSERT_NE(step.environment.find("A"), nullptr);
  EXPECT_EQ(step.environment.find("A")->value, "b");
}

TEST(PreStart, StepsOfSeveralFilesAreAppended) {
  const auto facts = facts_of(
      project({app_with("pre_start: [{user: a}]"), "services: {app: {pre_start: [{user: b}]}}\n"}));
  EXPECT_EQ(container_named(facts, "service app pre_start 1").security.user.value, "a");
  EXPECT_EQ(container_named(facts, "service app pre_start 2").security.user.value, "b");
}

TEST(LifecycleHooks, HaveRightsAndVariablesOfTheirOwn) {
  const Container container =
      app("environment: {A: 1}\npost_start:\n  - {command: x, user: root, privileged: true}\n"
          "pre_stop:\n  - {command: [y], environment: [B=2]}");
  ASSERT_EQ(container.hooks.size(), 2U);
  EXPECT_EQ(container.hooks[0].user.value, "root");
  EXPECT_EQ(container.hooks[0].privileged.value, true);
  EXPECT_EQ(container.hooks[0].privileged.origin, in_file(6, 46));
  EXPECT_TRUE(container.hooks[0].environment.variables.empty());
  EXPECT_TRUE(container.hooks[1].user.absent());
  EXPECT_TRUE(container.hooks[1].privileged.absent());
  ASSERT_NE(container.hooks[1].environment.find("B"), nullptr);
  EXPECT_EQ(container.hooks[1].environment.find("A"), nullptr);
}

TEST(LifecycleHooks, AreRefusedWhereComposeRefusesThem) {
  EXPECT_EQ(app_fault("post_start: [x]").fault.reason, UnknownReason::unparsable);
  EXPECT_EQ(app_fault("pre_stop: [{command: x, privileged: maybe}]").origin, in_file(4, 41));
  EXPECT_EQ(app_fault("pre_stop: {command: x}").origin, in_file(4, 15));
}

TEST(Jobs, AreContainersToo) {
  const auto facts = facts_of(project(
      {app_with("") + "jobs:\n  sweep: {image: x, privileged: true, pre_start: [{user: root}]}\n"
                      "  off: {image: x, profiles: [p]}\n"}));
  ASSERT_EQ(facts.containers.size(), 3U);
  EXPECT_EQ(container_named(facts, "sweep").object, "job sweep");
  EXPECT_EQ(container_named(facts, "sweep").security.privileged.value, true);
  EXPECT_EQ(container_named(facts, "job sweep pre_start 1").security.user.value, "root");
}

TEST(Jobs, AreMergedAndExtendedAsServicesAre) {
  const auto facts = facts_of(project(
      {app_with("") +
           "jobs:\n  base: {image: x, cap_add: [A]}\n  sweep: {extends: base, cap_add: [B]}\n",
       "jobs: {sweep: {cap_add: !override [C], pid: host}}\n"}));
  const Container sweep = container_named(facts, "sweep");
  ASSERT_EQ(sweep.security.capabilities_added.size(), 1U);
  EXPECT_EQ(sweep.security.capabilities_added[0].value, "C");
  EXPECT_EQ(sweep.namespaces.size(), 1U);
}

TEST(Jobs, MayStandAloneAndHideNothingWhenTheyCannotBeRead) {
  EXPECT_EQ(facts_of(project({"jobs: {sweep: {image: x}}\n"})).containers.size(), 1U);
  const auto facts =
      partial_facts_of(project({app_with("") + "jobs: {a: {ports: x}, b: 1, c: {image: y}}\n"}));
  EXPECT_EQ(facts.containers.size(), 2U);
  EXPECT_EQ(facts.unreadable.size(), 2U);
}

TEST(UnreadableServices, HideNoOtherService) {
  const std::string good = "  good: {image: x, privileged: true}\n";
  for (const char* bad :
       {"{image: x, ports: [\"x:y\"]}", "{image: x, cap_add: ALL}", "x", "", "{user: x}",
        "{image: x, privileged: perhaps}", "{image: \"${NO:?x}\"}", "{image: \"${\"}",
        "{extends: nobody, image: x}", "{image: x, networks: [none]}", "{image: x, profiles: x}",
        "{image: x, post_start: [1]}", "{image: x, env_file: [{}]}"}) {
    SCOPED_TRACE(bad);
    const auto facts =
        partial_facts_of(project({"services:\n  bad: " + std::string{bad} + "\n" + good}));
    ASSERT_EQ(facts.unreadable.size(), 1U);
    EXPECT_EQ(facts.unreadable[0].origin.line, 2U);
    ASSERT_EQ(facts.containers.size(), 1U);
    EXPECT_EQ(facts.containers[0].security.privileged.value, true);
  }
}

TEST(UnreadableServices, HideNoOtherServiceInAMerge) {
  const auto facts = partial_facts_of(
      project({"services:\n  bad: {image: x, cap_add: [A]}\n  good: {image: x}\n",
               "services:\n  bad: {cap_add: {A: 1}}\n  good: {privileged: true}\n"}));
  ASSERT_EQ(facts.unreadable.size(), 1U);
  EXPECT_EQ(facts.unreadable[0].origin, in_file(2, 18, "compose.1.yaml"));
  EXPECT_EQ(container_named(facts, "good").security.privileged.value, true);
}

TEST(UnreadableServices, StayUnreadableUnderALaterFile) {
  const auto facts = partial_facts_of(project(
      {"services: {bad: {image: \"${\"}}\n", "services: {bad: {image: y, ports: !reset []}}\n"}));
  EXPECT_EQ(facts.unreadable.size(), 1U);
  EXPECT_TRUE(facts.containers.empty());
}

TEST(UnreadableSecrets, HideNoOther) {
  const auto facts = partial_facts_of(project(
      {app_with("") + "secrets: {a: {file: x, environment: y}, b: 1, c: {environment: z}}\n"}));
  EXPECT_EQ(facts.unreadable.size(), 2U);
  ASSERT_EQ(facts.secrets.size(), 1U);
  EXPECT_EQ(facts.secrets[0].name, "c");
  EXPECT_EQ(facts.containers.size(), 1U);
}

}  // namespace
}  // namespace compliance::test::hooks_test
