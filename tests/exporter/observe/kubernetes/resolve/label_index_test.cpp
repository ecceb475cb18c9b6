// The index by which selectors find what they select.
#include "exporter/observe/kubernetes/resolve/label_index.h"

#include <gtest/gtest.h>

namespace compliance::kubernetes::label_index_test {
namespace {

using Numbers = std::vector<std::size_t>;

const std::vector<Labels> labels{{{"app", "a"}, {"tier", "x"}},
                                 {{"app", "b"}, {"tier", "x"}},
                                 {{"app", "a"}, {"tier", "y"}},
                                 {}};

LabelIndex index_of_all() {
  LabelIndex index;
  index.add("n", labels[0]);
  index.add("n", labels[1]);
  index.add("m", labels[2]);
  index.add("n", labels[3]);
  return index;
}

LabelRequirement is(const char* key, const char* value) { return {.key = key, .values = {value}}; }

TEST(LabelIndex, FindsWhatHasALabel) {
  EXPECT_EQ(index_of_all().matching("n", {{is("app", "a")}}), Numbers{0});
  EXPECT_EQ(index_of_all().matching("n", {{is("tier", "x")}}), (Numbers{0, 1}));
  EXPECT_EQ(index_of_all().matching("m", {{is("tier", "x")}}), Numbers{});
}

TEST(LabelIndex, FindsWhatHasAllOfThem) {
  EXPECT_EQ(index_of_all().matching("n", {{is("tier", "x"), is("app", "b")}}), Numbers{1});
  EXPECT_EQ(index_of_all().matching("n", {{is("app", "b"), is("tier", "x")}}), Numbers{1});
  EXPECT_EQ(index_of_all().matching("n", {{is("app", "b"), is("tier", "z")}}), Numbers{});
}

TEST(LabelIndex, LooksInEveryNamespaceWhenToldSo) {
  EXPECT_EQ(index_of_all().matching(std::nullopt, {{is("app", "a")}}), (Numbers{0, 2}));
  EXPECT_EQ(index_of_all().matching(std::nullopt, {}), (Numbers{0, 1, 2, 3}));
}

TEST(LabelIndex, FindsEverythingWithoutRequirements) {
  EXPECT_EQ(index_of_all().matching("n", {}), (Numbers{0, 1, 3}));
  EXPECT_EQ(index_of_all().matching("k", {}), Numbers{});
}

TEST(LabelIndex, FollowsOtherOperatorsToo) {
  const LabelRequirement either{.key = "app", .values = {"a", "b"}};
  const LabelRequirement neither{.key = "app", .op = LabelOperator::not_in, .values = {"a"}};
  const LabelRequirement some{.key = "app", .op = LabelOperator::exists};
  EXPECT_EQ(index_of_all().matching("n", {{either}}), (Numbers{0, 1}));
  EXPECT_EQ(index_of_all().matching("n", {{neither}}), (Numbers{1, 3}));
  EXPECT_EQ(index_of_all().matching("n", {{some}}), (Numbers{0, 1}));
  EXPECT_EQ(index_of_all().matching("n", {{neither, is("tier", "x")}}), Numbers{1});
}

}  // namespace
}  // namespace compliance::kubernetes::label_index_test
