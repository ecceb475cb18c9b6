// `caracal --help` -> list of commands.
#include "exporter/observe/runtime_cli/help_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::runtime_cli::help_text_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string june = R"(Usage: caracal <command> [options]

Caracal runtime command surface.

Stack
  up            Start the stack
  down          Stop the stack
  purge         Remove state, policy and credentials
    subcommands: stack, volumes, logs, config, secrets

Runtime
  run           Run a workload

Global options
  -h, --help      Show help
  -v, --version   Show version
)";

const std::string august = R"(Caracal CLI
Authority for agents.

Usage:
  caracal <command> [options]

STACK
  up           Start the stack
  allowlist    Who may sign in
    subcommands: add, remove, lock

RUNTIME
  run          Run a workload

GLOBAL OPTIONS
  -h, --help     Show help
)";

ParseResult<RuntimeCli> parse(const std::string& text) {
  return parse_help_text({.path = "help.txt", .text = text});
}

std::vector<std::string> values(const std::vector<Located<std::string>>& list) {
  std::vector<std::string> texts;
  for (const auto& element : list) {
    texts.push_back(element.value);
  }
  return texts;
}

std::vector<std::string> commands_in(const std::string& text) {
  const auto cli = parse(text);
  EXPECT_TRUE(cli) << text;
  return cli ? values(cli.value().commands) : std::vector<std::string>{};
}

std::vector<std::string> headings_in(const std::string& text) {
  const auto cli = parse(text);
  EXPECT_TRUE(cli) << text;
  return cli ? values(cli.value().headings) : std::vector<std::string>{};
}

TEST(HelpText, TheShapeOfJuneIsRead) {
  EXPECT_THAT(commands_in(june), ElementsAre("up", "down", "purge", "run"));
  EXPECT_THAT(headings_in(june), ElementsAre("Stack", "Runtime", "Global options"));
}

TEST(HelpText, TheShapeOfAugustIsRead) {
  EXPECT_THAT(commands_in(august), ElementsAre("up", "allowlist", "run"));
  EXPECT_THAT(headings_in(august),
              ElementsAre("Caracal CLI", "STACK", "RUNTIME", "GLOBAL OPTIONS"));
}

TEST(HelpText, SummariesAndSubcommandsAreNoCommands) {
  for (const std::string& command : commands_in(june)) {
    EXPECT_NE(command, "secrets");
    EXPECT_NE(command, "policy");
    EXPECT_NE(command, "subcommands");
  }
}

TEST(HelpText, EachCommandAndHeadingHasItsPlace) {
  const auto cli = parse(june);
  ASSERT_TRUE(cli);
  const Origin file{.source = Source::runtime_cli, .place = Location{"help.txt"}};
  EXPECT_EQ(cli.value().origin, file);
  EXPECT_EQ(cli.value().commands.front().origin,
            (Origin{.source = Source::runtime_cli, .place = file.place, .line = 6, .column = 3}));
  EXPECT_EQ(cli.value().headings.front().origin,
            (Origin{.source = Source::runtime_cli, .place = file.place, .line = 5, .column = 1}));
}

TEST(HelpText, GroupsOfManagementCommandsAreHeadings) {
  const std::string text = june +
                           "\nAdmin\n  zone          Manage zones\n\nMulti-agent:\n"
                           "  Requires CARACAL_COORDINATOR_TOKEN.\n  agent         Agents\n";
  EXPECT_THAT(headings_in(text),
              ElementsAre("Stack", "Runtime", "Global options", "Admin", "Multi-agent"));
  EXPECT_THAT(commands_in(text), ElementsAre("up", "down", "purge", "run", "zone", "agent"));
}

TEST(HelpText, ColoursAndCarriageReturnsMakeNoDifference) {
  std::string coloured;
  for (const char c : june) {
    coloured += c == '\n' ? "\x1b[0m\r\n" : std::string{c};
    if (c == '\n') {
      coloured += "\x1b[1;36m";
    }
  }
  EXPECT_EQ(commands_in(coloured), commands_in(june));
  EXPECT_EQ(headings_in(coloured), headings_in(june));
}

TEST(HelpText, OtherEscapeSequencesAreLeftOut) {
  const std::string line = "caracal <command> [options]\n";
  EXPECT_THAT(commands_in("\x1b]0;title\a" + line + "\x1b]0;t\a  z\x1b[1mo\x1b[0mne  x\n"),
              ElementsAre("zone"));
  EXPECT_THAT(commands_in(line + "\x1b"
                                 "c  up\n"),
              ElementsAre("up"));
  EXPECT_THAT(commands_in(line + "  up\x1b[1\n"), ElementsAre("up"));
  EXPECT_THAT(commands_in(line + "  up\x1b]title\n"), ElementsAre("up"));
  EXPECT_THAT(commands_in(line + "  up\x1b"), ElementsAre("up"));
}

struct Entry {
  const char* name;
  const char* line;
  std::vector<std::string> commands;
};

class Entries : public testing::TestWithParam<Entry> {};

TEST_P(Entries, AreReadByTheirIndentation) {
  const std::string text =
      std::string{"Usage: caracal <command> [options]\n  up\n"} + GetParam().line + "\n";
  std::vector<std::string> expected{"up"};
  expected.insert(expected.end(), GetParam().commands.begin(), GetParam().commands.end());
  EXPECT_EQ(commands_in(text), expected);
}

INSTANTIATE_TEST_SUITE_P(
    HelpText, Entries,
    testing::Values(
        Entry{"Alone", "  zone", {"zone"}}, Entry{"Hyphen", "  policy-set  x", {"policy-set"}},
        Entry{"Arguments", "  run <cmd>", {"run"}}, Entry{"Aliases", "  zone|zones", {"zone"}},
        Entry{"Comma", "  zone, z", {"zone"}}, Entry{"OneBlank", " zone", {}},
        Entry{"ThreeBlanks", "   zone", {}}, Entry{"FourBlanks", "    zone", {}},
        Entry{"Tab", "\tzone", {}}, Entry{"Option", "  -h, --help", {}},
        Entry{"Capital", "  Requires CARACAL_COORDINATOR_TOKEN.", {}}, Entry{"Digit", "  2nd", {}},
        Entry{"OnlyBlanks", "  ", {}}, Entry{"AtTheMargin", "zone", {}}),
    [](const auto& row) { return row.param.name; });

class OtherText : public testing::TestWithParam<const char*> {};

TEST_P(OtherText, IsUnexpected) {
  const auto cli = parse(GetParam());
  ASSERT_FALSE(cli);
  EXPECT_EQ(cli.error().fault.reason, UnknownReason::unexpected_response);
  EXPECT_EQ(cli.error().origin,
            (Origin{.source = Source::runtime_cli, .place = Location{"help.txt"}}));
}

INSTANTIATE_TEST_SUITE_P(
    HelpText, OtherText,
    testing::Values(
        "", "\n\n", "bash: caracal: command not found\n", "  up\n  zone\n",
        "Usage: caracal <command> [options]\n",
        "\xE2\x9C\x97 unknown command: zone\nUsage: caracal <command> [options]\n  up\n",
        "Usage: caracal <command>\n  up\n", "Usage: kubectl <command> [options]\n  up\n"));

TEST(HelpText, FaultsDoNotRepeatTheText) {
  const auto cli = parse("token=hunter2\n");
  ASSERT_FALSE(cli);
  EXPECT_EQ(cli.error().fault.message.find("hunter2"), std::string::npos);
  EXPECT_THAT(cli.error().fault.message, HasSubstr("caracal <command> [options]"));
}

TEST(HelpText, HugeLinesAndBytesOfAnyKindAreRead) {
  const std::string text = june + std::string(1U << 20U, '\x1b') + "\n" +
                           std::string(1U << 20U, 'x') + std::string("\0\xff\n", 3);
  EXPECT_THAT(commands_in(text), ElementsAre("up", "down", "purge", "run"));
}

TEST(HelpText, TheLastLineNeedsNoNewline) {
  EXPECT_THAT(commands_in("Usage: caracal <command> [options]\n  zone"), ElementsAre("zone"));
}

}  // namespace
}  // namespace compliance::runtime_cli::help_text_test
