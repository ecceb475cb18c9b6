// Services that extend others, files that include others.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::references_test {
namespace {

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

TEST(Extends, MergesAServiceOfTheSameFile) {
  const auto facts =
      facts_of(project({"services:\n  base:\n    image: base/image:1\n    cap_drop: [A]\n    "
                        "environment: {A: 1, B: 1}\n"
                        "  middle:\n    extends: {service: base}\n    cap_drop: [B]\n"
                        "  app:\n    extends: middle\n    environment: {B: 2}\n"}));
  const Container container = container_named(facts, "app");
  EXPECT_EQ(container.image.repository, "base/image");
  EXPECT_EQ(names_of(container.security.capabilities_dropped),
            (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(value_of(container, "A"), "1");
  EXPECT_EQ(value_of(container, "B"), "2");
  EXPECT_EQ(names_of(container_named(facts, "base").security.capabilities_dropped),
            std::vector<std::string>{"A"});
}

TEST(Extends, MergesAServiceOfAnotherFileWithPathsOfThatFile) {
  const FilesByPath files{
      {"/project/sub/base.yaml",
       "services:\n  root: {image: \"r:1\", volumes: [\"./data:/data\"], env_file: root.env}\n"
       "  base: {extends: root, privileged: true}\n"},
      {"/project/sub/root.env", "A=1\n"}};
  const auto facts = facts_of(
      project({"services:\n  app:\n    extends: {file: sub/base.yaml, service: base}\n"}, files));
  const Container container = container_named(facts, "app");
  ASSERT_EQ(container.mounts.size(), 1U);
  EXPECT_EQ(container.mounts[0].source, "/project/sub/data");
  EXPECT_EQ(container.security.privileged.origin, in_file(3, 37, "/project/sub/base.yaml"));
  EXPECT_EQ(value_of(container, "A"), "1");
  EXPECT_EQ(facts.containers.size(), 1U);
}

TEST(Extends, LetsTheServiceRemoveWhatItExtends) {
  const auto facts =
      facts_of(project({"services:\n  base: {image: x, ports: [\"80:80\"], cap_add: [A]}\n"
                        "  app: {extends: base, ports: !reset [], cap_add: !override [B]}\n"}));
  EXPECT_TRUE(container_named(facts, "app").published_ports.empty());
  EXPECT_EQ(names_of(container_named(facts, "app").security.capabilities_added),
            std::vector<std::string>{"B"});
  EXPECT_EQ(container_named(facts, "base").published_ports.size(), 1U);
}

// app extends `middle`, which extends `root` in the file of both.
Container over_a_chain(const std::string& root, const std::string& middle,
                       const std::string& own = "") {
  const FilesByPath files{
      {"/project/sub/base.yaml",
       "services:\n  root: {image: x, " + root + "}\n  middle: {extends: root, " + middle + "}\n"}};
  return container_named(
      facts_of(project(
          {"services:\n  app: {extends: {file: sub/base.yaml, service: middle}" + own + "}\n"},
          files)),
      "app");
}

TEST(Extends, ResetsWithinTheOtherFile) {
  EXPECT_TRUE(
      over_a_chain("cap_drop: [ALL]", "cap_drop: !reset []").security.capabilities_dropped.empty());
  EXPECT_TRUE(over_a_chain("ports: [\"80:80\"]", "ports: !reset []").published_ports.empty());
  EXPECT_TRUE(
      over_a_chain("privileged: true", "privileged: !reset x").security.privileged.absent());
}

TEST(Extends, OverridesWithinTheOtherFile) {
  const Container container =
      over_a_chain("ports: [\"80:80\"]", "ports: !override [\"127.0.0.1:80:80\"]");
  ASSERT_EQ(container.published_ports.size(), 1U);
  EXPECT_EQ(container.published_ports[0].host_address, "127.0.0.1");
}

TEST(Extends, ATagOfTheOtherFileDoesNotActOnTheService) {
  EXPECT_EQ(names_of(over_a_chain("cap_add: [A]", "cap_add: !reset []", ", cap_add: [B]")
                         .security.capabilities_added),
            std::vector<std::string>{"B"});
}

TEST(Extends, ANullKeepsWhatIsExtended) {
  EXPECT_EQ(
      over_a_chain("privileged: true", "privileged: ", ", privileged: ").security.privileged.value,
      true);
}

TEST(Extends, KeepsEnvFilesOfOneNameInTwoDirectories) {
  const FilesByPath files{
      {"/project/sub/base.yaml", "services: {base: {image: x, env_file: [app.env, more.env]}}\n"},
      {"/project/sub/app.env", "A=below\nB=below\n"},
      {"/project/sub/more.env", "C=more\n"},
      {"/project/app.env", "A=here\nC=here\n"}};
  const std::string file =
      "services: {app: {extends: {file: sub/base.yaml, service: base}, env_file: ";
  const auto with = [&](const std::string& env_file) {
    return container_named(facts_of(project({file + env_file + "}}\n"}, files)), "app");
  };
  EXPECT_EQ(value_of(with("app.env"), "A"), "here");
  EXPECT_EQ(value_of(with("[app.env]"), "B"), "below");
  // The same file under the name that Compose gives it: its place in the order is the first one.
  EXPECT_EQ(value_of(with("[app.env, sub/more.env]"), "C"), "here");
  EXPECT_EQ(value_of(with("[app.env, ./sub/more.env]"), "C"), "more");
}

TEST(Extends, KeepsBindsOfOneNameInTwoDirectories) {
  const FilesByPath files{
      {"/project/sub/base.yaml", "services: {base: {image: x, volumes: [\"./a:/x\"]}}\n"}};
  const Container container = container_named(
      facts_of(project({"services: {app: {extends: {file: sub/base.yaml, service: base}, volumes: "
                        "[\"./a:/x\"]}}\n"},
                       files)),
      "app");
  ASSERT_EQ(container.mounts.size(), 1U);
  EXPECT_EQ(container.mounts[0].source, "/project/a");
}

TEST(Extends, LeavesOtherServicesAloneWhereItFails) {
  const auto facts =
      partial_facts_of(project({"services:\n  a: {extends: {file: none.yaml, service: b}}\n  c: "
                                "{extends: a}\n  d: {image: x}\n"}));
  EXPECT_EQ(facts.unreadable.size(), 1U);
  EXPECT_EQ(facts.containers.size(), 1U);
}

struct FaultCase {
  const char* name;
  std::string text;
  Origin origin;
  UnknownReason reason = UnknownReason::unparsable;
};

class BadReferences : public testing::TestWithParam<FaultCase> {};

TEST_P(BadReferences, FailTheSource) {
  const FilesByPath files{
      {"/project/compose.yaml", GetParam().text},
      {"/project/circle.yaml", "include: [compose.yaml]\nservices: {}\n"},
      {"/project/a.yaml", "services: {a: {extends: {file: b.yaml, service: b}}}"},
      {"/project/b.yaml", "services: {b: {extends: {file: a.yaml, service: a}}}"},
      {"/project/none.yaml", "volumes: {}"},
      {"/project/list.yaml", "- a"},
      {"/project/broken.yaml", "services: [\n"}};
  auto input = project({GetParam().text}, files);
  input.files[0].path = "/project/compose.yaml";
  const LocatedFault fault = fault_of(input);
  EXPECT_EQ(fault.origin, GetParam().origin) << fault.origin.place.text() << fault.fault.message;
  EXPECT_EQ(fault.fault.reason, GetParam().reason);
}

Origin main_file(std::uint32_t line, std::uint32_t column) {
  return in_file(line, column, "/project/compose.yaml");
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BadReferences,
    testing::Values(
        FaultCase{"ExtendsItself", "services:\n  a:\n    extends: a\n", main_file(3, 5)},
        FaultCase{"ExtendsInACircle", "services:\n  a:\n    extends: b\n  b:\n    extends: a\n",
                  main_file(3, 5)},
        FaultCase{"ExtendsFilesInACircle",
                  "services:\n  a:\n    extends: {file: a.yaml, service: a}\n",
                  in_file(1, 15, "/project/a.yaml")},
        FaultCase{"ExtendsNobody", "services:\n  a:\n    extends: b\n", main_file(3, 14),
                  UnknownReason::missing_object},
        FaultCase{"ExtendsAMissingFile",
                  "services:\n  a:\n    extends: {file: x.yaml, service: a}\n", main_file(3, 21),
                  UnknownReason::missing_object},
        FaultCase{"ExtendsAFileWithoutServices",
                  "services:\n  a:\n    extends: {file: none.yaml, service: a}\n",
                  main_file(3, 21)},
        FaultCase{"ExtendsWithoutService", "services:\n  a:\n    extends: {file: none.yaml}\n",
                  main_file(3, 14)},
        FaultCase{"ExtendsAList", "services:\n  a:\n    extends: [b]\n", main_file(3, 14)},
        FaultCase{"ExtendsAnUnsetName", "services:\n  a:\n    extends: b${NO}\n", main_file(3, 14),
                  UnknownReason::unresolved_reference},
        FaultCase{"ExtendsAnUnsetFile",
                  "services:\n  a:\n    extends: {file: \"${NO}\", service: a}\n", main_file(3, 21),
                  UnknownReason::unresolved_reference},
        FaultCase{"IncludeAMissingFile", "include: [x.yaml]\n", main_file(1, 11),
                  UnknownReason::missing_object},
        FaultCase{"IncludeARemoteFile", "include: [\"https://u:p@host/x.yaml\"]\n",
                  main_file(1, 11), UnknownReason::missing_object},
        FaultCase{"IncludeAnUnsetFile", "include: [\"${NO}.yaml\"]\n", main_file(1, 11),
                  UnknownReason::unresolved_reference},
        FaultCase{"IncludeInACircle", "include: [circle.yaml]\n",
                  in_file(1, 11, "/project/circle.yaml")},
        FaultCase{"IncludeItself", "include: [compose.yaml]\n", main_file(1, 11)},
        FaultCase{"IncludeNoList", "include: circle.yaml\n", main_file(1, 10)},
        FaultCase{"IncludeWithoutPath", "include: [{env_file: x}]\n", main_file(1, 11)},
        FaultCase{"IncludeWithPathOfMappings", "include: [{path: [{}]}]\n", main_file(1, 11)},
        FaultCase{"IncludeWithEnvFileOfMappings", "include: [{path: none.yaml, env_file: [{}]}]\n",
                  main_file(1, 39)},
        FaultCase{"IncludeWithMissingEnvFile", "include: [{path: none.yaml, env_file: x.env}]\n",
                  main_file(1, 39), UnknownReason::missing_object},
        FaultCase{"IncludeWithDirectoryList",
                  "include: [{path: none.yaml, project_directory: []}]\n", main_file(1, 48)},
        FaultCase{"IncludeAList", "include: [list.yaml]\n", in_file(1, 1, "/project/list.yaml")}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(BadReferences, NeverShowTheUserOfARemoteFile) {
  EXPECT_EQ(fault_of(project({"include: [\"https://u:hunter2@host/x\"]\n"}))
                .fault.message.find("hunter2"),
            std::string::npos);
}

TEST(Include, BringsServicesWithTheirOwnDirectoryAndVariables) {
  const FilesByPath files{
      {"/project/sub/part.yaml",
       "services:\n  part:\n    image: \"p:${TAG}\"\n    volumes: [\"./data:/data\"]\n"
       "    environment: {OUTER: \"${OUTER:-none}\", TAG: }\nsecrets: {key: {file: key}}\n"},
      {"/project/sub/.env", "TAG=1.2.3\nOUTER=inner\n"},
      {"/project/.env", "OUTER=outer\n"}};
  const auto facts =
      facts_of(project({"include: [sub/part.yaml]\n" + app_with("init: true")}, files));
  ASSERT_EQ(facts.containers.size(), 2U);
  const Container part = container_named(facts, "part");
  EXPECT_EQ(part.image.tag, "1.2.3");
  EXPECT_EQ(part.mounts.at(0).source, "/project/sub/data");
  EXPECT_EQ(value_of(part, "OUTER"), "outer");
  EXPECT_EQ(value_of(part, "TAG"), "1.2.3");
  EXPECT_EQ(part.origin, in_file(2, 3, "/project/sub/part.yaml"));
  ASSERT_EQ(facts.secret_files.size(), 1U);
  EXPECT_EQ(facts.secret_files[0].path, "/project/sub/key");
}

TEST(Include, TakesPathsDirectoryAndEnvFilesInTheLongForm) {
  const FilesByPath files{
      {"/project/sub/a.yaml", "services: {part: {image: \"p:${TAG}\", volumes: [\"./x:/x\"]}}\n"},
      {"/project/sub/b.yaml", "services: {part: {privileged: true}}\n"},
      {"/project/one.env", "TAG=1\nB=1"},
      {"/project/two.env", "TAG=2"},
      {"/project/dir/.env", "TAG=9"}};
  const auto facts =
      facts_of(project({"include:\n  - path: [sub/a.yaml, sub/b.yaml]\n    project_directory: dir\n"
                        "    env_file: [one.env, /dev/null, two.env]\n"},
                       files));
  const Container part = container_named(facts, "part");
  EXPECT_EQ(part.image.tag, "2");
  EXPECT_EQ(part.security.privileged.value, true);
  EXPECT_EQ(part.mounts.at(0).source, "/project/dir/x");
}

TEST(Include, LetsTheFileChangeWhatItIncludes) {
  const FilesByPath files{
      {"/project/part.yaml", "services: {part: {image: x, cap_add: [A], ports: [\"80:80\"]}}\n"}};
  const auto facts = facts_of(project(
      {"include: [part.yaml]\nservices: {part: {cap_add: [B], ports: !reset []}}\n"}, files));
  const Container part = container_named(facts, "part");
  EXPECT_EQ(names_of(part.security.capabilities_added), (std::vector<std::string>{"A", "B"}));
  EXPECT_TRUE(part.published_ports.empty());
}

TEST(Include, OfOneFileOverTwoWaysIsNoConflict) {
  const FilesByPath files{
      {"/project/left.yaml", "include: [part.yaml]\nservices: {left: {image: x}}\n"},
      {"/project/right.yaml", "include: [part.yaml]\nservices: {right: {image: x}}\n"},
      {"/project/part.yaml", "services: {part: {image: x, ports: [\"80:80\"]}}\n"}};
  const auto facts = facts_of(project({"include: [left.yaml, right.yaml]\n"}, files));
  EXPECT_EQ(facts.containers.size(), 3U);
  EXPECT_EQ(container_named(facts, "part").published_ports.size(), 1U);
}

TEST(Include, BringsServicesThatCanBeExtended) {
  const FilesByPath files{
      {"/project/part.yaml", "services: {part: {image: x, privileged: true}}\n"}};
  const auto facts =
      facts_of(project({"include: [part.yaml]\nservices: {app: {extends: part}}\n"}, files));
  EXPECT_EQ(container_named(facts, "app").security.privileged.value, true);
}

TEST(Include, HasALimit) {
  FilesByPath files;
  files["/project/f0.yaml"] = "services: {part: {image: x}}\n";
  for (int level = 1; level < 12; ++level) {
    const std::string below = "f" + std::to_string(level - 1) + ".yaml";
    files["/project/f" + std::to_string(level) + ".yaml"] =
        "include: [" + below + ", " + below + "]\n";
  }
  EXPECT_EQ(fault_of(project({"include: [f11.yaml]\n"}, files)).fault.reason,
            UnknownReason::limit_exceeded);
}

}  // namespace
}  // namespace compliance::test::references_test
