// EnumArray: indexing, defaults and order of iteration.
#include "checks/facts/enum_array.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::enum_array_test {
namespace {

enum class Letter : std::uint8_t { a, b, c, count };

TEST(EnumArray, HoldsAValueForEachEnumeratorInOrder) {
  EnumArray<Letter, int> numbers{{Letter::c, 3}, {Letter::a, 1}};
  EXPECT_EQ(std::vector<int>(numbers.begin(), numbers.end()), (std::vector{1, 0, 3}));
  numbers[Letter::b] = 2;
  const EnumArray<Letter, int>& read = numbers;
  EXPECT_EQ(read[Letter::b], 2);
  EXPECT_EQ(std::vector<int>(read.begin(), read.end()), (std::vector{1, 2, 3}));
}

TEST(EnumArray, ComparesItsValues) {
  EXPECT_EQ((EnumArray<Letter, int>{{Letter::a, 1}}), (EnumArray<Letter, int>{{Letter::a, 1}}));
  EXPECT_NE((EnumArray<Letter, int>{{Letter::a, 1}}), (EnumArray<Letter, int>{{Letter::b, 1}}));
}

}  // namespace
}  // namespace compliance::enum_array_test
