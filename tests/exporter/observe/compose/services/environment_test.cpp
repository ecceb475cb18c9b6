// The variables of a service (T46, T54).
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::environment_test {
namespace {

using Texts = std::map<std::string, std::string>;

Texts texts_of(const EnvironmentFacts& environment) {
  Texts texts;
  for (const Variable& variable : environment.variables) {
    texts[variable.name] = variable.value.value_or("?");
  }
  return texts;
}

compose::ComposeInput app_project(const std::string& lines, FilesByPath files = {}) {
  compose::ComposeInput input = project({app_with(lines)}, std::move(files));
  input.environment = {{"KNOWN", "known"}, {"BLANK", ""}};
  return input;
}

EnvironmentFacts environment(const std::string& lines, FilesByPath files = {}) {
  return container_named(facts_of(app_project(lines, std::move(files))), "app").environment;
}

TEST(Environment, IsAMappingWithTextsAsWritten) {
  const auto facts = environment(
      "environment:\n  TEXT: a b\n  NUMBER: 8080\n  QUOTED: '9090'\n  FLAG: true\n  EMPTY: \"\"\n  "
      "DOLLAR: a$$b");
  EXPECT_EQ(texts_of(facts), (Texts{{"TEXT", "a b"},
                                    {"NUMBER", "8080"},
                                    {"QUOTED", "9090"},
                                    {"FLAG", "true"},
                                    {"EMPTY", ""},
                                    {"DOLLAR", "a$b"}}));
  EXPECT_EQ(facts.variables.front().name, "DOLLAR");
  EXPECT_EQ(facts.find("TEXT")->origin, in_file(5, 13));
  EXPECT_EQ(facts.find("NUMBER")->from, ValueFrom::literal);
  EXPECT_EQ(facts.incomplete, std::nullopt);
}

TEST(Environment, IsAList) {
  const auto facts =
      environment("environment:\n  - A=1\n  - B=x=y\n  - C=\n  - A=2\n  - KNOWN\n  - NOBODY");
  EXPECT_EQ(texts_of(facts), (Texts{{"A", "2"}, {"B", "x=y"}, {"C", ""}, {"KNOWN", "known"}}));
  EXPECT_EQ(facts.find("A")->origin, in_file(8, 9));
}

TEST(Environment, PassesNullsThroughAndLeavesOutWhatIsNotSet) {
  const auto facts = environment("environment:\n  KNOWN:\n  BLANK: ~\n  NOBODY:");
  EXPECT_EQ(texts_of(facts), (Texts{{"KNOWN", "known"}, {"BLANK", ""}}));
  EXPECT_TRUE(facts.find("KNOWN")->interpolated);
  EXPECT_EQ(facts.find("KNOWN")->origin, in_file(5, 7));
}

TEST(Environment, MarksInterpolatedTexts) {
  const auto facts = environment("environment:\n  A: x${KNOWN}\n  B: ${NO:-}\n  C: x");
  EXPECT_EQ(texts_of(facts), (Texts{{"A", "xknown"}, {"B", ""}, {"C", "x"}}));
  EXPECT_TRUE(facts.find("A")->interpolated);
  EXPECT_TRUE(facts.find("B")->interpolated);
  EXPECT_FALSE(facts.find("C")->interpolated);
}

TEST(Environment, OfUnsetVariablesIsUndecidedAloneAmongOthers) {
  const auto facts = environment("environment:\n  A: x${NO}\n  B: ${NO:-}\n  C: x");
  EXPECT_EQ(facts.find("A")->fault, unset("NO"));
  EXPECT_EQ(facts.find("A")->value, std::nullopt);
  EXPECT_EQ(facts.find("B")->fault, std::nullopt);
  EXPECT_EQ(facts.find("C")->value, "x");
  EXPECT_EQ(facts.incomplete, std::nullopt);
}

TEST(Environment, ListValuesOfUnsetVariablesAreUndecided) {
  const auto facts = environment("environment:\n  - A=x${NO}\n  - B=1");
  EXPECT_EQ(facts.find("A")->fault, unset("NO"));
  EXPECT_EQ(facts.find("B")->value, "1");
}

TEST(Environment, IsIncompleteWhenAnUnsetVariableDecidesAName) {
  for (const char* entry : {"${NO}=x", "PREFIX_${NO}=x", "${NO}"}) {
    const auto facts = environment(std::string{"environment:\n  - "} + entry + "\n  - B=1");
    ASSERT_TRUE(facts.incomplete) << entry;
    EXPECT_EQ(facts.incomplete->reason, UnknownReason::unresolved_reference);
    EXPECT_EQ(texts_of(facts), (Texts{{"B", "1"}})) << entry;
  }
}

TEST(EnvFileOfAService, IsBelowEnvironment) {
  const FilesByPath files{{"/project/a.env", "A=file\nB=file\nC=${KNOWN}-$A\n"}};
  const auto facts = environment("env_file: a.env\nenvironment:\n  A: stated", files);
  EXPECT_EQ(texts_of(facts), (Texts{{"A", "stated"}, {"B", "file"}, {"C", "known-stated"}}));
  EXPECT_EQ(facts.find("B")->origin, in_file(2, 1, "/project/a.env"));
}

TEST(EnvFileOfAService, LaterFilesWinInEveryForm) {
  const FilesByPath files{{"/project/a.env", "A=1\nB=1\n"},
                          {"/project/sub/b.env", "B=2\nC=2\n"},
                          {"/abs.env", "C='3'\n"},
                          {"/project/raw.env", "D='4'\n"}};
  const auto facts = environment(
      "env_file:\n  - ./a.env\n  - path: sub/b.env\n  - {path: /abs.env, required: false}\n"
      "  - {path: raw.env, format: raw}",
      files);
  EXPECT_EQ(texts_of(facts), (Texts{{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", "'4'"}}));
}

TEST(EnvFileOfAService, IsHiddenByANullEvenWhenNothingIsPassedThrough) {
  const FilesByPath files{{"/project/a.env", "A=file\nB=file"}};
  EXPECT_EQ(texts_of(environment("env_file: a.env\nenvironment:\n  A:", files)),
            (Texts{{"B", "file"}}));
}

TEST(EnvFileOfAService, ThatIsMissingLeavesTheEnvironmentIncomplete) {
  const auto facts = facts_of(app_project("env_file: .env\nenvironment:\n  A: 1"));
  const auto found = container_named(facts, "app").environment;
  EXPECT_EQ(texts_of(found), (Texts{{"A", "1"}}));
  ASSERT_TRUE(found.incomplete);
  EXPECT_EQ(found.incomplete->reason, UnknownReason::missing_object);
  EXPECT_EQ(found.incomplete->message, "env_file: '.env' does not exist");
  ASSERT_EQ(facts.faults.size(), 1U);
  EXPECT_EQ(facts.faults[0].origin, in_file(4, 15));
  EXPECT_EQ(facts.faults[0].fault, *found.incomplete);
}

TEST(EnvFileOfAService, ThatIsMissingAndNotRequiredIsNoFault) {
  const auto facts = facts_of(app_project("env_file:\n  - {path: x.env, required: false}"));
  EXPECT_TRUE(facts.faults.empty());
  EXPECT_EQ(container_named(facts, "app").environment.incomplete, std::nullopt);
}

TEST(EnvFileOfAService, ThatIsBrokenNamesItsLineOnly) {
  const FilesByPath files{{"/project/a.env", "A=1\nnot hunter2\n"}};
  const auto facts = facts_of(app_project("env_file: a.env", files));
  ASSERT_EQ(facts.faults.size(), 1U);
  EXPECT_EQ(facts.faults[0].origin, in_file(2, 1, "/project/a.env"));
  EXPECT_EQ(facts.faults[0].fault.message.find("hunter2"), std::string::npos);
  EXPECT_TRUE(container_named(facts, "app").environment.incomplete);
}

TEST(EnvFileOfAService, WhosePathIsNotKnownLeavesTheEnvironmentIncomplete) {
  const auto facts = facts_of(app_project("env_file: ${NO}/a.env"));
  EXPECT_TRUE(facts.faults.empty());
  EXPECT_EQ(container_named(facts, "app").environment.incomplete, unset("NO"));
}

TEST(EnvFileOfAService, WhosePathComesFromAVariableIsNotShown) {
  auto input = app_project("env_file: ${PLACE}/a.env");
  input.environment["PLACE"] = "/hunter2";
  const auto facts = facts_of(input);
  ASSERT_EQ(facts.faults.size(), 1U);
  EXPECT_EQ(facts.faults[0].fault.message, "env_file: a path that variables give does not exist");
}

TEST(EnvFileOfAService, WithUnsetVariablesIsUndecidedThere) {
  const FilesByPath files{{"/project/a.env", "A=x$NO\nB=1"}};
  const auto facts = environment("env_file: a.env", files);
  EXPECT_EQ(facts.find("A")->fault, unset("NO"));
  EXPECT_EQ(facts.find("B")->value, "1");
}

TEST(EnvFileOfAService, IsRefusedInOtherForms) {
  EXPECT_EQ(app_fault("env_file:\n  - {required: true}").origin, in_file(5, 9));
  EXPECT_EQ(app_fault("env_file:\n  - {path: a, format: json}").origin, in_file(5, 27));
  EXPECT_EQ(app_fault("env_file:\n  - {path: a, required: perhaps}").origin, in_file(5, 29));
}

TEST(InterpolationEnvironment, IsDotEnvOfTheProjectWhereNoneIsNamed) {
  auto input = app_project("environment: {A: \"${A}\", K: \"${KNOWN}\"}",
                           {{"/project/.env", "A=dot\nKNOWN=dot\n"}});
  EXPECT_EQ(texts_of(container_named(facts_of(input), "app").environment),
            (Texts{{"A", "dot"}, {"K", "known"}}));
  input.env_files = {{.path = "one.env", .text = "A=one\nB=one"},
                     {.path = "two.env", .text = "B=two$A"}};
  input.files[0].text = app_with("environment: {A: \"${A}\", B: \"${B}\"}");
  EXPECT_EQ(texts_of(container_named(facts_of(input), "app").environment),
            (Texts{{"A", "one"}, {"B", "twoone"}}));
}

TEST(InterpolationEnvironment, ThatIsBrokenFailsTheSource) {
  auto input = app_project("init: true", {{"/project/.env", "A=1\n$hunter2"}});
  EXPECT_EQ(fault_of(input).origin, in_file(2, 1, "/project/.env"));
  input.env_files = {{.path = "one.env", .text = "'"}};
  EXPECT_EQ(fault_of(input).origin, in_file(1, 1, "one.env"));
}

TEST(InterpolationEnvironment, ThatCannotBeReadFailsTheSource) {
  auto input = app_project("init: true");
  input.read = [](const std::filesystem::path&) -> ReadResult<std::string> {
    return Fault{.reason = UnknownReason::permission_denied, .message = "no"};
  };
  const LocatedFault fault = fault_of(input);
  EXPECT_EQ(fault.fault.reason, UnknownReason::permission_denied);
  EXPECT_EQ(fault.origin.place.text(), "/project/.env");
}

TEST(InterpolationEnvironment, KnowsTheProjectsName) {
  const std::string lines = "environment: {A: \"${COMPOSE_PROJECT_NAME}\"}";
  EXPECT_EQ(environment(lines).find("A")->value, "project");
  auto input = project({"name: caracal-$X\n" + app_with(lines)});
  input.environment["X"] = "y";
  EXPECT_EQ(container_named(facts_of(input), "app").environment.find("A")->value, "caracal-y");
  input.environment["COMPOSE_PROJECT_NAME"] = "mine";
  EXPECT_EQ(container_named(facts_of(input), "app").environment.find("A")->value, "mine");
}

}  // namespace
}  // namespace compliance::test::environment_test
