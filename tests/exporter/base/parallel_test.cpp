// The same work for many indices, on several processors.
#include "exporter/base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::parallel_test {
namespace {

TEST(ForEachIndex, DoesNothingForNone) {
  for_each_index(0, [](std::size_t) { FAIL(); });
}

TEST(ForEachIndex, CallsEachIndexOnce) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
    std::vector<int> calls(count);
    for_each_index(count, [&](std::size_t index) { ++calls.at(index); });
    EXPECT_EQ(calls, std::vector<int>(count, 1));
  }
}

TEST(ForEachIndex, ThrowsAnExceptionAgainAndLeavesTheRestOut) {
  std::atomic<int> calls = 0;
  const auto work = [&](std::size_t index) {
    ++calls;
    if (index == 0) {
      throw std::runtime_error{"index 0"};
    }
  };
  EXPECT_THROW(for_each_index(100'000'000, work), std::runtime_error);
  EXPECT_LT(calls, 100'000'000);
}

}  // namespace
}  // namespace compliance::parallel_test
