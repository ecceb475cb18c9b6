// Instants as text.
#include "exporter/base/timestamp.h"

#include <gtest/gtest.h>

namespace compliance::test::timestamp_test {
namespace {

std::string at_milliseconds(std::int64_t milliseconds) {
  return rfc3339(std::chrono::system_clock::time_point{std::chrono::milliseconds{milliseconds}});
}

TEST(Rfc3339, WritesUtcWithMilliseconds) {
  EXPECT_EQ(at_milliseconds(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(at_milliseconds(1'782'345'678'009), "2026-06-25T00:01:18.009Z");
  EXPECT_EQ(at_milliseconds(1'709'251'199'999), "2024-02-29T23:59:59.999Z");
  EXPECT_EQ(at_milliseconds(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, CutsWhatIsFinerThanAMillisecond) {
  EXPECT_EQ(rfc3339(std::chrono::system_clock::time_point{std::chrono::microseconds{1'999}}),
            "1970-01-01T00:00:00.001Z");
}

TEST(Rfc3339, WritesInstantsThatNanosecondsCannotHold) {
  using namespace std::chrono;
  const sys_seconds last = sys_days{year{9999} / December / 31} + hours{23};
  EXPECT_EQ(rfc3339(last), "9999-12-31T23:00:00.000Z");
  EXPECT_EQ(parse_rfc3339("9999-12-31T23:00:00Z"), last);
}

}  // namespace
}  // namespace compliance::test::timestamp_test
