// Compressed bodies: read where they are small, refused where they would grow.
#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/probes/http/answer_reader.h"
#include "tests/exporter/observe/probes/http/gzip.h"

namespace compliance::probes::content_coding_test {
namespace {

constexpr std::size_t limit = 1U << 20U;

UnknownReason reason_of(const ReadResult<std::string>& content) {
  return content ? UnknownReason::pending : content.error().reason;
}

TEST(Gunzip, GivesTheContentOfOneMemberAndOfSeveral) {
  const auto one = gunzip(test::gzip(R"({"ok":true})"), limit);
  ASSERT_TRUE(one);
  EXPECT_EQ(one.value(), R"({"ok":true})");
  const auto several = gunzip(test::gzip("a") + test::gzip("") + test::gzip("bc"), limit);
  ASSERT_TRUE(several);
  EXPECT_EQ(several.value(), "abc");
}

TEST(Gunzip, TakesWhatJustFits) {
  EXPECT_TRUE(gunzip(test::gzip(std::string(limit, 'a')), limit));
  EXPECT_EQ(reason_of(gunzip(test::gzip(std::string(limit + 1, 'a')), limit)),
            UnknownReason::limit_exceeded);
}

TEST(Gunzip, StopsABombAtTheLimit) {
  const std::string bomb = test::gzip(std::string(64U << 20U, '\0'));
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(reason_of(gunzip(bomb, limit)), UnknownReason::limit_exceeded);
}

TEST(Gunzip, StopsABombOfManyMembers) {
  std::string bomb;
  const std::string member = test::gzip(std::string(100'000, '\0'));
  while (bomb.size() < 10'000) {
    bomb += member;
  }
  EXPECT_EQ(reason_of(gunzip(bomb, limit)), UnknownReason::limit_exceeded);
}

TEST(Gunzip, RefusesEveryCutAndEveryBrokenByteOfTheHeader) {
  const std::string whole = test::gzip("some content that is long enough to be compressed");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(reason_of(gunzip(whole.substr(0, size), limit)), UnknownReason::protocol_error)
        << size;
  }
  EXPECT_EQ(reason_of(gunzip("no gzip", limit)), UnknownReason::protocol_error);
  EXPECT_EQ(reason_of(gunzip(whole + "junk", limit)), UnknownReason::protocol_error);
}

TEST(Gunzip, RefusesContentThatItsChecksumDoesNotFit) {
  std::string whole = test::gzip("some content");
  whole[whole.size() - 8] = static_cast<char>(whole[whole.size() - 8] ^ 1);
  EXPECT_EQ(reason_of(gunzip(whole, limit)), UnknownReason::protocol_error);
}

}  // namespace
}  // namespace compliance::probes::content_coding_test
