// The query of /api/v1/events: what is read, and what is refused.
#include "exporter/publish/event_query.h"

#include <gtest/gtest.h>

namespace compliance::event_query_test {
namespace {

using namespace std::chrono;

EventQuery query_of(std::string_view text) {
  const auto query = parse_event_query(query_parameters(text));
  EXPECT_TRUE(query) << text;
  return query ? query.value() : EventQuery{};
}

TEST(EventQuery, IsTheNewestHundredByDefault) {
  for (const char* text : {"", "&", "other=1", "&&x"}) {
    EXPECT_FALSE(query_of(text).since) << text;
    EXPECT_EQ(query_of(text).limit, 100U) << text;
  }
}

TEST(EventQuery, TakesDatesAndInstantsEncodedOrNot) {
  const Instant day = sys_days{year{2030} / January / 2};
  EXPECT_EQ(query_of("since=2030-01-02").since, day);
  EXPECT_EQ(query_of("since=2030-01-02T00:00:00Z").since, day);
  EXPECT_EQ(query_of("since=2030-01-02T01:00:00+01:00").since, day);
  EXPECT_EQ(query_of("since=2030-01-02T01%3A00%3a00%2B01:00").since, day);
}

TEST(EventQuery, TakesInstantsBeyondTheClock) {
  EXPECT_GT(query_of("since=9999-12-31").since, Instant{} + hours{24 * 365 * 200});
  EXPECT_LT(query_of("since=0001-01-01").since, Instant{} - hours{24 * 365 * 200});
}

TEST(EventQuery, TakesALimitUpToItsBound) {
  EXPECT_EQ(query_of("limit=1").limit, 1U);
  EXPECT_EQ(query_of("limit=%35").limit, 5U);
  EXPECT_EQ(query_of("since=2030-01-02&limit=1000").limit, 1000U);
}

TEST(EventQuery, TakesNamesOfInstallationsAndChecks) {
  EXPECT_EQ(query_of("installation=production&check=a-b").installation, "production");
  EXPECT_EQ(query_of("installation=production&check=%61-b").check, "a-b");
  EXPECT_EQ(query_of("installation=&check=").check, "");
  for (const char* text : {"check=%", "check=%4"}) {
    ASSERT_FALSE(parse_event_query(query_parameters(text))) << text;
    EXPECT_EQ(parse_event_query(query_parameters(text)).error().message,
              "check is not percent-encoded as it must be");
  }
  EXPECT_FALSE(parse_event_query(query_parameters("installation=%gg")));
}

TEST(EventQuery, RefusesWhatItCannotRead) {
  for (const char* text : {"since=", "since=yesterday", "since=2030-13-01", "since=%", "since=%2",
                           "since=%zz", "since=2030-01-02%2", "since"}) {
    const auto query = parse_event_query(query_parameters(text));
    ASSERT_FALSE(query) << text;
    EXPECT_EQ(query.error().message, "since must be an RFC 3339 date or instant") << text;
  }
  for (const char* text : {"limit=", "limit=0", "limit=1001", "limit=-1", "limit=1x", "limit=+1",
                           "limit=99999999999999999999", "limit"}) {
    const auto query = parse_event_query(query_parameters(text));
    ASSERT_FALSE(query) << text;
    EXPECT_EQ(query.error().message, "limit must be a number from 1 to 1000") << text;
  }
}

}  // namespace
}  // namespace compliance::event_query_test
