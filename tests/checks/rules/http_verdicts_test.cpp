// answer_words.h
#include "checks/rules/http_verdicts.h"

#include <gtest/gtest.h>

namespace compliance::http_verdicts_test {
namespace {

TEST(AnswerWords, KnowASuccess) {
  for (const int status : {200, 204, 299}) {
    EXPECT_TRUE(is_success({.status = status})) << status;
  }
  for (const int status : {0, 2, 20, 100, 199, 300, 2000}) {
    EXPECT_FALSE(is_success({.status = status})) << status;
  }
}

TEST(AnswerWords, SayWhatCameInstead) {
  const Origin origin{.source = Source::endpoint, .place = Location{"https://a"}};
  const Verdict verdict = undecided({.status = 502}, "/metrics", origin);
  EXPECT_EQ(verdict.outcome, Outcome::unknown);
  EXPECT_EQ(verdict.reason, UnknownReason::unexpected_response);
  EXPECT_EQ(verdict.message, "answers /metrics with status 502, which shows neither");
  EXPECT_EQ(verdict.observed, "status 502");
  EXPECT_EQ(verdict.origin, origin);
}

}  // namespace
}  // namespace compliance::http_verdicts_test
