// Label selectors, as the API server matches them.
#include "checks/facts/label_selector.h"

#include <gtest/gtest.h>

namespace compliance::test::label_selector_test {
namespace {

struct RequirementCase {
  const char* name;
  LabelOperator op;
  std::vector<std::string> values;
  bool with_value;    // matches {app: api}
  bool with_another;  // matches {app: web}
  bool without;       // matches {team: x}
};

class Requirement : public testing::TestWithParam<RequirementCase> {};

TEST_P(Requirement, MatchesLabels) {
  const LabelRequirement requirement{
      .key = "app", .op = GetParam().op, .values = GetParam().values};
  EXPECT_EQ(matches(requirement, {{"app", "api"}}), GetParam().with_value);
  EXPECT_EQ(matches(requirement, {{"app", "web"}, {"team", "x"}}), GetParam().with_another);
  EXPECT_EQ(matches(requirement, {{"team", "x"}}), GetParam().without);
}

INSTANTIATE_TEST_SUITE_P(
    Operators, Requirement,
    testing::Values(
        RequirementCase{"In", LabelOperator::in, {"sts", "api"}, true, false, false},
        RequirementCase{"InNothing", LabelOperator::in, {}, false, false, false},
        RequirementCase{"NotIn", LabelOperator::not_in, {"sts", "api"}, false, true, true},
        RequirementCase{"NotInNothing", LabelOperator::not_in, {}, true, true, true},
        RequirementCase{"Exists", LabelOperator::exists, {}, true, true, false},
        RequirementCase{"DoesNotExist", LabelOperator::does_not_exist, {}, false, false, true}),
    [](const auto& row) { return row.param.name; });

TEST(LabelSelector, WantsEveryRequirement) {
  const LabelSelector selector{.requirements = {{.key = "app", .values = {"api"}},
                                                {.key = "team", .op = LabelOperator::exists}}};
  EXPECT_TRUE(matches(selector, {{"app", "api"}, {"team", "x"}}));
  EXPECT_FALSE(matches(selector, {{"app", "api"}}));
  EXPECT_FALSE(matches(selector, {{"team", "x"}}));
}

TEST(LabelSelector, MatchesEverythingWhenItIsEmptyAndNothingWhenItIsNull) {
  EXPECT_TRUE(matches(LabelSelector{}, {}));
  EXPECT_TRUE(matches(std::optional{LabelSelector{}}, {{"app", "api"}}));
  EXPECT_FALSE(matches(std::optional<LabelSelector>{}, {{"app", "api"}}));
  EXPECT_FALSE(
      matches(std::optional{LabelSelector{.requirements = {{.key = "app", .values = {"web"}}}}},
              {{"app", "api"}}));
}

}  // namespace
}  // namespace compliance::test::label_selector_test
