// A value that one thread at a time can reach.
#include "exporter/base/exclusive.h"

#include <thread>

#include <gtest/gtest.h>

namespace compliance::exclusive_test {
namespace {

struct Counter {
  int value = 0;
};

TEST(Exclusive, LosesNoChangeOfSeveralThreads) {
  constexpr int rounds = 10'000;
  Exclusive<Counter> counter{std::make_unique<Counter>()};
  const auto count = [&counter] {
    for (int round = 0; round < rounds; ++round) {
      ++counter.access()->value;
    }
  };
  {
    const std::jthread first{count};
    const std::jthread second{count};
  }
  EXPECT_EQ(counter.access()->value, 2 * rounds);
}

}  // namespace
}  // namespace compliance::exclusive_test
