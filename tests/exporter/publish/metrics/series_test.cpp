// Series and numbers of the text exposition format.
#include "exporter/publish/metrics/series.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "exporter/publish/snapshot.h"

namespace compliance::test::series_test {
namespace {

constexpr MetricName plain{"b_gauge", MetricType::gauge, "Says \"b\"."};
constexpr MetricName strange{"a_total", MetricType::counter, "Back\\slash\nand newline \xFF."};
constexpr MetricName duration{"c_seconds", MetricType::histogram, "Duration."};

TEST(SeriesBlock, WritesHelpAndTypeOnceAndEscapesThem) {
  SeriesBlock block;
  block.add(plain, {}, 1);
  block.add(strange, {{"x", "1"}}, 2);
  block.add(plain, {{"x", "\"\\\n"}, {"y", ""}}, 3);
  EXPECT_EQ(block.size(), 3U);
  EXPECT_EQ(exposition_of({block}),
            "# HELP a_total Back\\\\slash\\nand newline \xEF\xBF\xBD.\n"
            "# TYPE a_total counter\n"
            "a_total{x=\"1\"} 2\n"
            "# HELP b_gauge Says \"b\".\n"
            "# TYPE b_gauge gauge\n"
            "b_gauge 1\n"
            "b_gauge{x=\"\\\"\\\\\\n\",y=\"\"} 3\n");
}

TEST(SeriesBlock, JoinsTheFamiliesOfSeveralBlocks) {
  SeriesBlock first;
  first.add(plain, {{"x", "1"}}, 1);
  SeriesBlock second;
  second.add(plain, {{"x", "2"}}, 2);
  second.add(strange, {}, 3);
  EXPECT_EQ(exposition_of({first, second}),
            "# HELP a_total Back\\\\slash\\nand newline \xEF\xBF\xBD.\n"
            "# TYPE a_total counter\n"
            "a_total 3\n"
            "# HELP b_gauge Says \"b\".\n"
            "# TYPE b_gauge gauge\n"
            "b_gauge{x=\"1\"} 1\n"
            "b_gauge{x=\"2\"} 2\n");
}

TEST(SeriesBlock, WritesCumulativeBuckets) {
  Histogram histogram{.bounds = {0.5, 10}};
  for (const double value : {0.5, 0.25, 7.0, 11.5}) {
    histogram.observe(value);
  }
  SeriesBlock block;
  block.add_histogram(
      duration, {{"kind", "x"}},
      {.bounds = histogram.bounds, .counts = histogram.counts, .sum = histogram.sum});
  EXPECT_EQ(block.size(), 5U);
  EXPECT_EQ(exposition_of({block}),
            "# HELP c_seconds Duration.\n"
            "# TYPE c_seconds histogram\n"
            "c_seconds_bucket{kind=\"x\",le=\"0.5\"} 2\n"
            "c_seconds_bucket{kind=\"x\",le=\"10\"} 3\n"
            "c_seconds_bucket{kind=\"x\",le=\"+Inf\"} 4\n"
            "c_seconds_sum{kind=\"x\"} 19.25\n"
            "c_seconds_count{kind=\"x\"} 4\n");
}

TEST(ExpositionOf, NothingIsEmpty) { EXPECT_EQ(exposition_of({SeriesBlock{}}), ""); }

struct NumberCase {
  double value;
  std::string expected;
};

class ExpositionNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(ExpositionNumber, IsSpelledAsTheFormatWants) {
  EXPECT_EQ(exposition_number(GetParam().value), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, ExpositionNumber,
    testing::Values(NumberCase{0, "0"}, NumberCase{1, "1"}, NumberCase{-2.5, "-2.5"},
                    NumberCase{0.1, "0.1"}, NumberCase{0.1 + 0.2, "0.30000000000000004"},
                    NumberCase{1'782'345'678.009, "1782345678.009"}, NumberCase{1e9, "1000000000"},
                    NumberCase{9'007'199'254'740'993.0, "9007199254740992"},
                    NumberCase{1e17, "1e+17"}, NumberCase{1e-6, "0.000001"},
                    NumberCase{1e-7, "1e-07"}, NumberCase{1.7e308, "1.7e+308"},
                    NumberCase{std::numeric_limits<double>::quiet_NaN(), "NaN"},
                    NumberCase{std::numeric_limits<double>::infinity(), "+Inf"},
                    NumberCase{-std::numeric_limits<double>::infinity(), "-Inf"}));

TEST(ExpositionNumber, ReadsBackAsTheSameDouble) {
  std::mt19937_64 random{1};
  std::uniform_real_distribution<double> exponent{-300, 300};
  for (int count = 0; count < 2'000; ++count) {
    const double value = std::pow(10, exponent(random));
    EXPECT_EQ(std::strtod(exposition_number(value).c_str(), nullptr), value);
  }
}

}  // namespace
}  // namespace compliance::test::series_test
