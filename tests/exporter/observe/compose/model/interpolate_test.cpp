// Substitution of variables, form by form.
#include "exporter/observe/compose/model/interpolate.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/compose/model/env_file.h"

namespace compliance::compose::interpolate_test {
namespace {

const Variables& variables() {
  static const Variables known{{"SET", {.text = "value"}},
                               {"EMPTY", {.text = ""}},
                               {"_u9", {.text = "under"}},
                               {"DOLLAR", {.text = "$SET"}},
                               {"HALF", {.text = "half", .unset = {"GONE"}}}};
  return known;
}

Result<Interpolated, Fault> run(const std::string& text) {
  return interpolate(text, lookup_in(variables()));
}

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

class Interpolation : public testing::TestWithParam<Case> {};

TEST_P(Interpolation, GivesTheTextThatComposeGives) {
  const auto result = run(GetParam().text);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.value().text, GetParam().expected);
  EXPECT_TRUE(result.value().unset.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Interpolation,
    testing::Values(
        Case{"PlainText", "no variables", "no variables"}, Case{"NoText", "", ""},
        Case{"Bare", "$SET", "value"}, Case{"BareInText", "a $SET-b", "a value-b"},
        Case{"BareEndsAtTheFirstOtherCharacter", "$SET.x", "value.x"},
        Case{"NamesHaveDigitsAndUnderscores", "$_u9", "under"}, Case{"Braced", "${SET}x", "valuex"},
        Case{"TwoInARow", "${SET}${SET}", "valuevalue"},
        Case{"EscapedDollar", "$$SET $${SET}", "$SET ${SET}"},
        Case{"DollarBeforeADigit", "$1", "$1"}, Case{"DollarAtTheEnd", "cost 5$", "cost 5$"},
        Case{"DollarBeforeAnythingElse", "$-$ $(x)", "$-$ $(x)"},
        Case{"ColonDefaultWhenUnset", "${NO:-d}", "d"},
        Case{"ColonDefaultWhenEmpty", "${EMPTY:-d}", "d"},
        Case{"ColonDefaultWhenSet", "${SET:-d}", "value"}, Case{"DefaultWhenUnset", "${NO-d}", "d"},
        Case{"DefaultWhenEmpty", "${EMPTY-d}", ""}, Case{"DefaultWhenSet", "${SET-d}", "value"},
        Case{"EmptyDefault", "${NO:-}", ""}, Case{"EmptyDefaultWithoutColon", "${NO-}", ""},
        Case{"ColonReplacementWhenUnset", "${NO:+r}", ""},
        Case{"ColonReplacementWhenEmpty", "${EMPTY:+r}", ""},
        Case{"ColonReplacementWhenSet", "${SET:+r}", "r"},
        Case{"ReplacementWhenUnset", "${NO+r}", ""},
        Case{"ReplacementWhenEmpty", "${EMPTY+r}", "r"},
        Case{"ReplacementWhenSet", "${SET+r}", "r"}, Case{"RequiredWhenSet", "${SET:?e}", "value"},
        Case{"RequiredWhenEmptyIsAllowed", "${EMPTY?e}", ""},
        Case{"NestedDefault", "${NO:-${SET}}", "value"},
        Case{"NestedTwice", "${NO:-a${NO:-b${NO:-c}}d}e", "abcde"},
        Case{"NestedReplacement", "${SET:+<${SET}>}", "<value>"},
        Case{"DefaultWithOperators", "${NO:-a:-b?c+d}", "a:-b?c+d"},
        Case{"DefaultWithBraces", "${NO:-{\"a\": {}}}!", "{\"a\": {}}!"},
        Case{"DefaultWithOneOpeningBrace", "${NO:-a{b}", "a{b"},
        Case{"DefaultWithEscapedDollar", "${NO:-$$x}", "$x"},
        Case{"UnusedDefaultIsNotLookedAt", "${SET:-${}}", "value"},
        Case{"ValuesAreNotSubstitutedAgain", "$DOLLAR", "$SET"}),
    [](const auto& row) { return std::string{row.param.name}; });

class InvalidInterpolation : public testing::TestWithParam<Case> {};

TEST_P(InvalidInterpolation, IsRefused) {
  const auto result = run(GetParam().text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, UnknownReason::unparsable);
  EXPECT_EQ(result.error().message.find("secret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, InvalidInterpolation,
    testing::Values(Case{"NoName", "${}", {}}, Case{"NeverClosed", "${SET", {}},
                    Case{"NeverClosedDefault", "${NO:-secret", {}}, Case{"Digit", "${1}", {}},
                    Case{"Space", "${SET }", {}}, Case{"OtherOperator", "${SET:=secret}", {}},
                    Case{"ColonAlone", "${SET:}", {}}, Case{"OtherCharacter", "${SET/x/y}", {}},
                    Case{"DefaultOverTwoLines", "${NO:-a\nb}", {}},
                    Case{"InADefault", "${NO:-${}}", {}}),
    [](const auto& row) { return std::string{row.param.name}; });

class RequiredVariable : public testing::TestWithParam<Case> {};

TEST_P(RequiredVariable, IsNamedAndItsMessageIsNotShown) {
  const auto result = run(GetParam().text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.error().message, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RequiredVariable,
    testing::Values(
        Case{"ColonWhenUnset", "${NO:?secret}", "the variable NO is required and not set"},
        Case{"ColonWhenEmpty", "${EMPTY:?secret}", "the variable EMPTY is required and not set"},
        Case{"WhenUnset", "${NO?secret}", "the variable NO is required and not set"},
        Case{"WithoutMessage", "${NO?}", "the variable NO is required and not set"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(InterpolationOfUnsetVariables, LeavesAnEmptyTextAndSaysWhere) {
  const auto result = run("a${NO}b$NO2");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().text, "ab");
  EXPECT_EQ(result.value().unset,
            (std::vector<Unset>{{.name = "NO", .offset = 1}, {.name = "NO2", .offset = 2}}));
  EXPECT_TRUE(result.value().substituted);
}

TEST(InterpolationOfUnsetVariables, CountsTheInnerOneOfADefault) {
  const auto result = run("${NO:-x${NO2}}");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().unset, (std::vector<Unset>{{.name = "NO2", .offset = 1}}));
}

TEST(InterpolationOfUnsetVariables, FollowsVariablesThatDependOnThem) {
  for (const char* text :
       {"${HALF}", "$HALF", "${HALF:-d}", "${HALF-d}", "${HALF:+r}", "${HALF?}"}) {
    const auto result = run(text);
    ASSERT_TRUE(result) << text;
    EXPECT_EQ(result.value().unset, (std::vector<Unset>{{.name = "GONE", .offset = 0}})) << text;
  }
}

TEST(InterpolationMark, IsSetBySubstitutionOnly) {
  EXPECT_TRUE(run("${SET}").value().substituted);
  EXPECT_TRUE(run("${NO:-d}").value().substituted);
  EXPECT_FALSE(run("$$SET and $1").value().substituted);
  EXPECT_FALSE(run("text").value().substituted);
}

std::string nested(int depth) {
  std::string text = "x";
  for (int level = 0; level < depth; ++level) {
    text = "${NO:-" + text + "}";
  }
  return text;
}

TEST(InterpolationLimits, AllowAHundredLevels) {
  EXPECT_EQ(run(nested(100)).value().text, "x");
  const auto deeper = run(nested(101));
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().reason, UnknownReason::limit_exceeded);
}

TEST(InterpolationLimits, RefuseATextThatGrowsWithoutBound) {
  const Variables large{{"LARGE", {.text = std::string(1U << 20U, 'x')}}};
  EXPECT_TRUE(interpolate("$LARGE$LARGE$LARGE$LARGE", lookup_in(large)));
  const auto result = interpolate("$LARGE$LARGE$LARGE$LARGE$LARGE", lookup_in(large));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, UnknownReason::limit_exceeded);
}

}  // namespace
}  // namespace compliance::compose::interpolate_test
