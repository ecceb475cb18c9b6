// The newest value for many readers.
#include "exporter/base/latest.h"

#include <gtest/gtest.h>

namespace compliance::latest_test {
namespace {

TEST(Latest, KeepsAnOldValueAliveForItsReaders) {
  Latest<int> latest;
  EXPECT_EQ(latest.get(), nullptr);
  latest.set(std::make_shared<const int>(1));
  const auto old = latest.get();
  latest.set(std::make_shared<const int>(2));
  EXPECT_EQ(*old, 1);
  EXPECT_EQ(*latest.get(), 2);
}

}  // namespace
}  // namespace compliance::latest_test
