// Labels that are sanitised, and families as text.
#include "exporter/publish/metrics/family_builder.h"

#include <limits>
#include <utility>

#include <gtest/gtest.h>

namespace compliance::test::family_builder_test {
namespace {

constexpr MetricName a_gauge{"b_gauge", metric::gauge, "Says \"b\"."};
constexpr MetricName a_counter{"a_total", metric::counter, "Counts."};

std::string text_of(FamilyBuilder family) { return exposition_text(std::move(family).families()); }

struct LabelCase {
  std::string value;
  std::string sanitised;
};

class LabelValue : public testing::TestWithParam<LabelCase> {};

TEST_P(LabelValue, IsValidUtf8) {
  const prometheus::ClientMetric::Label made = label("x", GetParam().value);
  EXPECT_EQ(made.name, "x");
  EXPECT_EQ(made.value, GetParam().sanitised);
}

INSTANTIATE_TEST_SUITE_P(Values, LabelValue,
                         testing::Values(LabelCase{"", ""}, LabelCase{"plain", "plain"},
                                         LabelCase{"gr\xC3\xB6\xC3\x9F", "gr\xC3\xB6\xC3\x9F"},
                                         LabelCase{"cut\xC3", "cut\xEF\xBF\xBD"},
                                         LabelCase{"\xFFtext", "\xEF\xBF\xBDtext"},
                                         LabelCase{"overlong\xC0\x80",
                                                   "overlong\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         LabelCase{"two\nlines", "two\nlines"}));

TEST(FamilyBuilder, WritesHelpAndTypeOnceAndSeriesInOrderOfAddition) {
  FamilyBuilder family{a_gauge};
  family.add({}, 1);
  family.add({{"x", "2"}, {"a", ""}}, 0.5);
  family.add({{"x", "1"}}, 3);
  EXPECT_EQ(family.size(), 3U);
  EXPECT_EQ(text_of(std::move(family)),
            "# HELP b_gauge Says \"b\".\n"
            "# TYPE b_gauge gauge\n"
            "b_gauge 1\n"
            "b_gauge{x=\"2\",a=\"\"} 0.5\n"
            "b_gauge{x=\"1\"} 3\n");
}

TEST(FamilyBuilder, KeepsAHostileLabelValueOnItsLineAndInItsQuotes) {
  FamilyBuilder family{a_counter};
  family.add({{"x", "a\"b\\c\nd\xFF} 7\n"}}, 2);
  EXPECT_EQ(text_of(std::move(family)),
            "# HELP a_total Counts.\n"
            "# TYPE a_total counter\n"
            "a_total{x=\"a\\\"b\\\\c\\nd\xEF\xBF\xBD} 7\\n\"} 2\n");
}

TEST(FamilyBuilder, LeavesOutAFamilyWithoutSeries) {
  EXPECT_EQ(text_of(FamilyBuilder{a_gauge}), "");
}

TEST(FamilyBuilder, OnlyCountsWithoutAFamily) {
  FamilyBuilder counted;
  counted.add({{"x", "1"}}, 1);
  counted.add({}, 1);
  EXPECT_EQ(counted.size(), 2U);
  EXPECT_TRUE(std::move(counted).families().empty());
}

struct NumberCase {
  double value;
  std::string text;
};

class ExpositionNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(ExpositionNumber, ReadsAsTheSameValue) {
  FamilyBuilder family{a_gauge};
  family.add({}, GetParam().value);
  EXPECT_TRUE(text_of(std::move(family)).ends_with("\nb_gauge " + GetParam().text + "\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, ExpositionNumber,
    testing::Values(NumberCase{0, "0"}, NumberCase{-2.5, "-2.5"}, NumberCase{0.1, "0.1"},
                    NumberCase{1'782'345'678.009, "1782345678.009"},
                    NumberCase{253'402'300'799.999, "253402300799.999"},
                    NumberCase{1e15, "1000000000000000"},
                    NumberCase{std::numeric_limits<double>::infinity(), "+Inf"}));

TEST(UnixSeconds, GoDownToTheMillisecondAndUpToTheYear9999) {
  using std::chrono::milliseconds;
  EXPECT_EQ(to_unix_seconds(std::chrono::sys_time<milliseconds>{milliseconds{1'500}}), 1.5);
  EXPECT_EQ(to_unix_seconds(std::chrono::sys_time<milliseconds>{milliseconds{-1}}), -0.001);
  EXPECT_EQ(to_unix_seconds(std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}),
            253'402'214'400);
}

}  // namespace
}  // namespace compliance::test::family_builder_test
