// The index by which policies find their pods.
#include <algorithm>

#include <gtest/gtest.h>

#include "exporter/observe/kubernetes/resolve/peer_scope.h"

namespace compliance::kubernetes::pod_index_test {
namespace {

using Numbers = std::vector<std::uint32_t>;

const std::vector<Labels> labels{{{"app", "a"}, {"tier", "x"}},
                                 {{"app", "b"}, {"tier", "x"}},
                                 {{"app", "a"}, {"tier", "y"}},
                                 {}};

PodIndex index_of_all() {
  PodIndex index;
  EXPECT_EQ(index.add("n", labels[0]), 0U);
  EXPECT_EQ(index.add("n", labels[1]), 1U);
  EXPECT_EQ(index.add("m", labels[2]), 2U);
  EXPECT_EQ(index.add("n", labels[3]), 3U);
  return index;
}

Numbers selected(const std::string& ns, const LabelSelector& selector) {
  const PodIndex index = index_of_all();
  Numbers numbers = index.selected(ns, selector);
  EXPECT_EQ(index.selects_any(ns, selector), !numbers.empty());
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

LabelRequirement requirement(const char* key, LabelOperator op,
                             std::vector<std::string> values = {}) {
  return {.key = key, .op = op, .values = std::move(values)};
}

LabelRequirement is(const char* key, const char* value) {
  return requirement(key, LabelOperator::in, {value});
}

TEST(PodIndex, FindsPodsOfTheNamespaceAlone) {
  EXPECT_EQ(selected("n", {{is("app", "a")}}), Numbers{0});
  EXPECT_EQ(selected("m", {{is("app", "a")}}), Numbers{2});
  EXPECT_EQ(selected("k", {{is("app", "a")}}), Numbers{});
}

TEST(PodIndex, FindsEveryPodWithoutRequirements) {
  EXPECT_EQ(selected("n", {}), (Numbers{0, 1, 3}));
  EXPECT_EQ(selected("k", {}), Numbers{});
}

TEST(PodIndex, FindsWhatMeetsAllRequirements) {
  EXPECT_EQ(selected("n", {{is("tier", "x")}}), (Numbers{0, 1}));
  EXPECT_EQ(selected("n", {{is("tier", "x"), is("app", "b")}}), Numbers{1});
  EXPECT_EQ(selected("n", {{is("app", "b"), is("tier", "x")}}), Numbers{1});
  EXPECT_EQ(selected("n", {{is("app", "b"), is("tier", "y")}}), Numbers{});
}

TEST(PodIndex, FindsEachPodOnceWhateverIsRepeated) {
  EXPECT_EQ(selected("n", {{requirement("app", LabelOperator::in, {"a", "b", "a"})}}),
            (Numbers{0, 1}));
}

TEST(PodIndex, FollowsEveryOperator) {
  EXPECT_EQ(selected("n", {{requirement("app", LabelOperator::in, {"a", "c"})}}), Numbers{0});
  EXPECT_EQ(selected("n", {{requirement("app", LabelOperator::not_in, {"a"})}}), (Numbers{1, 3}));
  EXPECT_EQ(selected("n", {{requirement("app", LabelOperator::exists)}}), (Numbers{0, 1}));
  EXPECT_EQ(selected("n", {{requirement("app", LabelOperator::does_not_exist)}}), Numbers{3});
  EXPECT_EQ(selected("n", {{is("tier", "x"), requirement("app", LabelOperator::not_in, {"a"})}}),
            Numbers{1});
}

TEST(PodIndex, KnowsWhichValuesPodsHave) {
  const PodIndex index = index_of_all();
  const auto has = [&index](const char* ns, std::vector<std::string> values) {
    return index.has_each_value(ns, requirement("app", LabelOperator::in, std::move(values)));
  };
  EXPECT_TRUE(has("n", {"a"}));
  EXPECT_TRUE(has("n", {"a", "b"}));
  EXPECT_FALSE(has("n", {"a", "c"}));
  EXPECT_FALSE(has("m", {"b"}));
  EXPECT_FALSE(has("k", {"a"}));
}

}  // namespace
}  // namespace compliance::kubernetes::pod_index_test
