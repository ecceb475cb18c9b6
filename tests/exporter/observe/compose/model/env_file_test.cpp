// Env files, line by line.
#include "exporter/observe/compose/model/env_file.h"

#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/compose/model/escapes.h"

namespace compliance::compose::env_file_test {
namespace {

using Texts = std::map<std::string, std::string>;

const Variables& outside() {
  static const Variables known{{"OUTER", {.text = "outer"}}};
  return known;
}

Texts texts_of(const Variables& variables) {
  Texts texts;
  for (const auto& [name, value] : variables) {
    texts[name] = value.text;
  }
  return texts;
}

ParseResult<Variables> parse(const std::string& text) {
  return parse_env_file({.path = "my.env", .text = text}, {}, lookup_in(outside()));
}

struct Case {
  const char* name;
  std::string text;
  Texts expected;
};

class EnvFile : public testing::TestWithParam<Case> {};

TEST_P(EnvFile, GivesTheVariablesThatComposeGives) {
  const auto result = parse(GetParam().text);
  ASSERT_TRUE(result) << result.error().origin.line << ": " << result.error().fault.message;
  EXPECT_EQ(texts_of(result.value()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, EnvFile,
    testing::Values(
        Case{"Nothing", "", {}}, Case{"EmptyLines", "\n \n\t\n", {}},
        Case{"Comments", "# a\n  # b=c\nA=1 # d\n", {{"A", "1"}}},
        Case{"Simple", "A=1\nB=two words\n", {{"A", "1"}, {"B", "two words"}}},
        Case{"NoNewlineAtTheEnd", "A=1", {{"A", "1"}}},
        Case{"EmptyValue", "A=\nB=2", {{"A", ""}, {"B", "2"}}},
        Case{"SpacesAround", "  A = 1  \n", {{"A", "1"}}},
        Case{"CarriageReturns", "A=1\r\nB=\r\nC='3'\r\n", {{"A", "1"}, {"B", ""}, {"C", "3"}}},
        Case{"ByteOrderMark",
             "\xEF\xBB\xBF"
             "A=1",
             {{"A", "1"}}},
        Case{"Export",
             "export A=1\nexport\tB=2\nexported=3",
             {{"A", "1"}, {"B", "2"}, {"exported", "3"}}},
        Case{"Colon", "A: 1", {{"A", "1"}}}, Case{"EqualsInTheValue", "A=b=c", {{"A", "b=c"}}},
        Case{"NamesWithPunctuation", "a.b-c_d[0]=1", {{"a.b-c_d[0]", "1"}}},
        Case{"HashWithoutSpace", "A=x#y", {{"A", "x#y"}}},
        Case{"LaterLineWins", "A=1\nA=2", {{"A", "2"}}},
        Case{"SingleQuotes", R"(A='x # $OUTER \n')", {{"A", R"(x # $OUTER \n)"}}},
        Case{"QuoteInSingleQuotes", R"(A='it\'s')", {{"A", "it's"}}},
        Case{"DoubleQuotes", "A=\"x # y\" # z", {{"A", "x # y"}}},
        Case{"EscapesInDoubleQuotes", R"(A="a\nb\t\"\\c\q")", {{"A", "a\nb\t\"\\c\\q"}}},
        Case{"OctalInDoubleQuotes", R"(A="\0101\0999")", {{"A", "A\\0999"}}},
        Case{"EscapedDollarInDoubleQuotes", R"(A="\$OUTER $$x")", {{"A", "$OUTER $x"}}},
        Case{"SeveralLinesInDoubleQuotes", "A=\"one\ntwo\"\nB=3", {{"A", "one\ntwo"}, {"B", "3"}}},
        Case{"SeveralLinesInSingleQuotes", "A='one\ntwo'\nB=3", {{"A", "one\ntwo"}, {"B", "3"}}},
        Case{"InterpolatesUnquoted", "A=1\nB=${A}-$OUTER", {{"A", "1"}, {"B", "1-outer"}}},
        Case{"InterpolatesDoubleQuoted", "A=1\nB=\"<$A>\"", {{"A", "1"}, {"B", "<1>"}}},
        Case{"OnlyEarlierLines", "B=${A:-none}\nA=1", {{"A", "1"}, {"B", "none"}}},
        Case{"OuterWinsInInterpolation",
             "OUTER=mine\nB=$OUTER",
             {{"OUTER", "mine"}, {"B", "outer"}}},
        Case{"BareName", "OUTER\nNOBODY\nA=1", {{"OUTER", "outer"}, {"A", "1"}}},
        Case{"QuoteInsideAnUnquotedValue", "A=it's", {{"A", "it's"}}}),
    [](const auto& row) { return std::string{row.param.name}; });

struct BrokenCase {
  const char* name;
  std::string text;
  std::uint32_t line;
};

class BrokenEnvFile : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenEnvFile, SaysTheLineAndNotWhatStandsThere) {
  const auto result = parse(GetParam().text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().origin.place.text(), "my.env");
  EXPECT_EQ(result.error().origin.line, GetParam().line);
  EXPECT_EQ(result.error().fault.reason, UnknownReason::unparsable);
  EXPECT_EQ(result.error().fault.message.find("hunter2"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BrokenEnvFile,
    testing::Values(BrokenCase{"NoName", "A=1\n\n$hunter2\n", 3},
                    BrokenCase{"SpaceInTheName", "A=1\nTHE hunter2=x\n", 2},
                    BrokenCase{"QuotesNeverClosed", "A=1\nB=\"hunter2\nC=3\n", 2},
                    BrokenCase{"SingleQuotesNeverClosed", "B='hunter2", 1},
                    BrokenCase{"LineAfterSeveralLinesInQuotes", "A=\"1\n2\n3\"\n!hunter2", 4},
                    BrokenCase{"InvalidInterpolation", "A=1\nB=${hunter2:}\n", 2}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(EnvFileVariable, KnowsItsLine) {
  const auto result = parse("# x\nA=\"1\n2\"\nB=3");
  ASSERT_TRUE(result);
  EXPECT_EQ(
      result.value().at("A").origin,
      (Origin{.source = Source::compose, .place = Location{"my.env"}, .line = 2, .column = 1}));
  EXPECT_EQ(result.value().at("B").origin.line, 4U);
}

TEST(EnvFileVariable, RemembersWhichUnsetVariablesTookPart) {
  const auto result = parse("A=x$NOBODY\nB=$A\nC='$NOBODY'\nD=$OUTER");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().at("A").unset, std::vector<std::string>{"NOBODY"});
  EXPECT_EQ(result.value().at("B").unset, std::vector<std::string>{"NOBODY"});
  EXPECT_TRUE(result.value().at("C").unset.empty());
  EXPECT_FALSE(result.value().at("C").interpolated);
  EXPECT_TRUE(result.value().at("D").interpolated);
}

TEST(EnvFileVariable, OfALaterFileWins) {
  const Variables earlier{{"A", {.text = "1"}}, {"B", {.text = "2"}}};
  const auto result = parse_env_file({.path = "x", .text = "A=9\nC=$B"}, earlier, lookup_in({}));
  ASSERT_TRUE(result);
  EXPECT_EQ(texts_of(result.value()), (Texts{{"A", "9"}, {"B", "2"}, {"C", "2"}}));
}

TEST(RawEnvFile, TakesLinesAsTheyStand) {
  const auto result =
      parse_raw_env_file({.path = "x",
                          .text = "\xEF\xBB\xBF"
                                  "A=\"q\" # $OUTER \r\n  # c\n\n  B='1'\nOUTER\nNOBODY\nC="},
                         {}, lookup_in(outside()));
  ASSERT_TRUE(result);
  EXPECT_EQ(texts_of(result.value()),
            (Texts{{"A", "\"q\" # $OUTER "}, {"B", "'1'"}, {"C", ""}, {"OUTER", "outer"}}));
  EXPECT_EQ(result.value().at("B").origin.line, 4U);
}

TEST(RawEnvFile, RefusesNamesWithSpacesAndNoNames) {
  for (const char* text : {"A=1\nB C=hunter2", "A=1\n=hunter2", "A=1\nhunter2 x"}) {
    const auto result = parse_raw_env_file({.path = "x", .text = text}, {}, lookup_in(outside()));
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().origin.line, 2U);
    EXPECT_EQ(result.error().fault.message.find("hunter2"), std::string::npos);
  }
}

struct CommandCase {
  const char* name;
  std::string text;
  std::vector<std::string> expected;
};

class CommandText : public testing::TestWithParam<CommandCase> {};

TEST_P(CommandText, IsSplitIntoWords) {
  EXPECT_EQ(split_command(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, CommandText,
    testing::Values(CommandCase{"Nothing", "", {}}, CommandCase{"Spaces", "  a   b ", {"a", "b"}},
                    CommandCase{"SingleQuotes", R"(sh -c 'a "b" \n')", {"sh", "-c", R"(a "b" \n)"}},
                    CommandCase{
                        "DoubleQuotes", R"(sh -c "a \"b\" 'c'")", {"sh", "-c", "a \"b\" 'c'"}},
                    CommandCase{"EmptyWord", R"(a "" b)", {"a", "", "b"}},
                    CommandCase{"QuotesInsideAWord", R"(--x="a b"c)", {"--x=a bc"}},
                    CommandCase{"EscapedSpace", R"(a\ b)", {"a b"}},
                    CommandCase{"EndsBeforeASemicolon", "a b; c", {"a", "b"}},
                    CommandCase{"EndsBeforeAPipe", "a | b", {"a"}},
                    CommandCase{"QuotedSemicolonStays", "a ';'", {"a", ";"}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(CommandText, WithAnOpenQuoteIsNone) {
  EXPECT_EQ(split_command("a 'b"), std::nullopt);
  EXPECT_EQ(split_command("a \"b"), std::nullopt);
  EXPECT_EQ(split_command("a\\"), std::nullopt);
}

}  // namespace
}  // namespace compliance::compose::env_file_test
