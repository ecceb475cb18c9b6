// Bearer tokens: which files are refused, which headers are accepted, how tokens rotate.
#include "exporter/publish/http/authentication.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temporary_directory.h"

namespace compliance::authentication_test {
namespace {

using std::chrono::milliseconds;
using test::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view token = "correct-horse-battery";
constexpr std::string_view other_token = "0123456789abcdef";

std::unique_ptr<BearerTokens> load(const std::vector<std::string>& files) {
  auto tokens = BearerTokens::load(files);
  return tokens ? std::move(tokens).value() : nullptr;
}

std::string refusal_of(const std::string& file) {
  const auto tokens = BearerTokens::load({file});
  return tokens ? "" : tokens.error().message;
}

struct BadFile {
  std::string name;
  std::string content;
  std::string reason;
};

class BearerTokenFile : public ::testing::TestWithParam<BadFile> {};

TEST_P(BearerTokenFile, IsRefusedWithItsNameAndTheReasonButNotItsContent) {
  const TemporaryDirectory directory;
  const auto file = directory.write("token", GetParam().content);
  EXPECT_EQ(refusal_of(file), "bearer token file " + file + ": " + GetParam().reason);
}

const std::string not_visible =
    "holds white space or a byte that is not visible ASCII inside the token";

INSTANTIATE_TEST_SUITE_P(
    All, BearerTokenFile,
    ::testing::Values(BadFile{"Empty", "", "is empty"},
                      BadFile{"OnlyWhiteSpace", " \t\r\n", "is empty"},
                      BadFile{"FifteenBytes", "0123456789abcde\n", "is shorter than 16 bytes"},
                      BadFile{"TooLong", std::string(4097, 'a'), "is longer than 4096 bytes"},
                      BadFile{"Endless", std::string(100'000, 'a'), "is longer than 4096 bytes"},
                      BadFile{"SpaceInside", "correct horse battery", not_visible},
                      BadFile{"SpaceInFront", " correct-horse-battery", not_visible},
                      BadFile{"TwoLines", "correct-horse-battery\n0123456789abcdef\n", not_visible},
                      BadFile{"NulInside", std::string("correct-horse\0battery", 21), not_visible},
                      BadFile{"Delete", "correct-horse\x7f battery", not_visible},
                      BadFile{"Binary", "correct-horse-\xff\xfe-battery", not_visible}),
    [](const auto& row) { return row.param.name; });

TEST(BearerTokens, AreRefusedWhenAFileIsMissing) {
  const TemporaryDirectory directory;
  const auto file = directory.path_of("absent");
  EXPECT_EQ(refusal_of(file), "bearer token file " + file + ": No such file or directory");
}

TEST(BearerTokens, AreRefusedWhenAFileIsADirectoryOrAFifo) {
  const TemporaryDirectory directory;
  const auto fifo = directory.path_of("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(refusal_of(fifo), "bearer token file " + fifo + ": not a regular file");
  EXPECT_THAT(refusal_of(directory.path_of("")), HasSubstr("not a regular file"));
}

TEST(BearerTokens, AreRefusedWhenNoFileIsNamed) {
  EXPECT_EQ(BearerTokens::load({}).error().message, "no bearer token file is configured");
}

TEST(BearerTokens, AreRefusedWhenTheSecondFileIsBad) {
  const TemporaryDirectory directory;
  const auto tokens =
      BearerTokens::load({directory.write("good", token), directory.write("bad", "short")});
  ASSERT_FALSE(tokens);
  EXPECT_THAT(tokens.error().message, HasSubstr("bad"));
  EXPECT_THAT(tokens.error().message, Not(HasSubstr("short\n")));
}

TEST(BearerTokens, MayHaveSixteenBytesAndEndInALineBreak) {
  const TemporaryDirectory directory;
  const auto tokens = load({directory.write("token", std::string(other_token) + "\r\n")});
  ASSERT_NE(tokens, nullptr);
  EXPECT_EQ(tokens->check("Bearer 0123456789abcdef"), std::nullopt);
}

TEST(BearerTokens, MayHave4096Bytes) {
  const TemporaryDirectory directory;
  const std::string longest(4096, 'x');
  const auto tokens = load({directory.write("token", longest + "\n")});
  ASSERT_NE(tokens, nullptr);
  EXPECT_EQ(tokens->check("Bearer " + longest), std::nullopt);
}

TEST(BearerTokens, NameTheirFiles) {
  const TemporaryDirectory directory;
  const auto file = directory.write("token", token);
  EXPECT_THAT(load({file})->files(), ElementsAre(file));
}

struct Header {
  std::string name;
  std::string value;
  std::optional<AuthenticationFailure> outcome;
};

class Authorization : public ::testing::TestWithParam<Header> {};

TEST_P(Authorization, IsJudged) {
  const TemporaryDirectory directory;
  const auto tokens = load({directory.write("a", token), directory.write("b", other_token)});
  ASSERT_NE(tokens, nullptr);
  EXPECT_EQ(tokens->check(GetParam().value), GetParam().outcome);
}

constexpr auto accepted = std::nullopt;
constexpr auto missing = AuthenticationFailure::missing;
constexpr auto malformed = AuthenticationFailure::malformed;
constexpr auto mismatch = AuthenticationFailure::mismatch;

INSTANTIATE_TEST_SUITE_P(
    All, Authorization,
    ::testing::Values(
        Header{"FirstToken", "Bearer correct-horse-battery", accepted},
        Header{"SecondToken", "Bearer 0123456789abcdef", accepted},
        Header{"SchemeInLowerCase", "bearer correct-horse-battery", accepted},
        Header{"SchemeInUpperCase", "BEARER correct-horse-battery", accepted},
        Header{"TwoSpaces", "Bearer  correct-horse-battery", accepted},
        Header{"BasicWithAnyUser", "Basic YW55Ym9keTpjb3JyZWN0LWhvcnNlLWJhdHRlcnk=", accepted},
        Header{"BasicWithoutUser", "basic OmNvcnJlY3QtaG9yc2UtYmF0dGVyeQ==", accepted},
        Header{"BasicSecondToken", "Basic dTowMTIzNDU2Nzg5YWJjZGVm", accepted},
        Header{"Nothing", "", missing},
        Header{"OtherTokenOfSameLength", "Bearer correct-horse-batterx", mismatch},
        Header{"Prefix", "Bearer correct-horse-batter", mismatch},
        Header{"TokenAndMore", "Bearer correct-horse-battery1", mismatch},
        Header{"OtherCase", "Bearer Correct-horse-battery", mismatch},
        Header{"PercentEncoded", "Bearer correct%2Dhorse-battery", mismatch},
        Header{"BasicWrongPassword", "Basic dXNlcjp3cm9uZw==", mismatch},
        Header{"BasicTokenAsUser", "Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5Og==", malformed},
        Header{"BasicWithoutColon", "Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", malformed},
        Header{"BasicNotBase64", "Basic !!!!", malformed},
        Header{"BasicCutBase64", "Basic YW55Ym9keTpjb3JyZWN0LWhvcnNlLWJhdHRlcnk", malformed},
        Header{"BasicOnlyPadding", "Basic ==", malformed},
        Header{"BasicNul", "Basic dTpjb3JyZWN0LWhvcnNlLWJhdHRlcnkA", malformed},
        Header{"TokenWithoutScheme", "correct-horse-battery", malformed},
        Header{"SchemeOnly", "Bearer", malformed}, Header{"SchemeAndSpace", "Bearer ", malformed},
        Header{"BasicOnly", "Basic ", malformed},
        Header{"OtherScheme", "Digest correct-horse-battery", malformed},
        Header{"SchemeGluedOn", "Bearercorrect-horse-battery", malformed},
        Header{"TokenAndSpaceAndMore", "Bearer correct-horse-battery x", malformed},
        Header{"NulAfterToken", std::string("Bearer correct-horse-battery\0", 29), malformed}),
    [](const auto& row) { return row.param.name; });

TEST(AuthenticationFailures, HaveNames) {
  EXPECT_EQ(name_of(missing), "missing");
  EXPECT_EQ(name_of(malformed), "malformed");
  EXPECT_EQ(name_of(mismatch), "mismatch");
}

TEST(BearerTokenRotation, AcceptsTheNewTokenAndNoLongerTheOld) {
  const TemporaryDirectory directory;
  const auto tokens =
      load({directory.write("a", token), directory.write("b", "b-b-b-b-b-b-b-b-b")});
  directory.write("a", other_token);
  EXPECT_EQ(tokens->check("Bearer correct-horse-battery"), std::nullopt);
  EXPECT_THAT(tokens->refresh(), IsEmpty());
  EXPECT_EQ(tokens->check("Bearer correct-horse-battery"), mismatch);
  EXPECT_EQ(tokens->check("Bearer 0123456789abcdef"), std::nullopt);
  EXPECT_EQ(tokens->check("Bearer b-b-b-b-b-b-b-b-b"), std::nullopt);
}

TEST(BearerTokenRotation, KeepsTheLastTokenOfAFileThatBecameUnusable) {
  const TemporaryDirectory directory;
  const auto good = directory.write("a", token);
  const auto bad = directory.write("b", other_token);
  const auto tokens = load({bad, good});
  directory.write("b", "cut");
  directory.write("a", "a-new-token-of-the-good-file");
  EXPECT_THAT(tokens->refresh(), ElementsAre("bearer token file " + bad +
                                             ": is shorter than 16 bytes; its last token stays "
                                             "accepted"));
  EXPECT_EQ(tokens->check("Bearer 0123456789abcdef"), std::nullopt);
  EXPECT_EQ(tokens->check("Bearer a-new-token-of-the-good-file"), std::nullopt);
  std::filesystem::remove(bad);
  EXPECT_THAT(tokens->refresh(), ElementsAre(HasSubstr("No such file")));
  EXPECT_EQ(tokens->check("Bearer 0123456789abcdef"), std::nullopt);
}

TEST(FailureThrottle, LetsTenFailuresAtOnceThroughAndSlowsTheNext) {
  FailureThrottle brake;
  const FailureThrottle::Clock::time_point now{std::chrono::hours(1)};
  for (int failure = 0; failure < 10; ++failure) {
    EXPECT_EQ(brake.delay_of_failure(now), milliseconds(0)) << failure;
  }
  EXPECT_EQ(brake.delay_of_failure(now), milliseconds(250));
}

TEST(FailureThrottle, ForgivesOneFailureEachTenthOfASecond) {
  FailureThrottle brake;
  const FailureThrottle::Clock::time_point now{std::chrono::hours(1)};
  for (int failure = 0; failure < 10; ++failure) {
    brake.delay_of_failure(now);
  }
  EXPECT_EQ(brake.delay_of_failure(now + milliseconds(99)), milliseconds(250));
  EXPECT_EQ(brake.delay_of_failure(now + milliseconds(100)), milliseconds(0));
  EXPECT_EQ(brake.delay_of_failure(now + milliseconds(100)), milliseconds(250));
}

TEST(FailureThrottle, DoesNotSlowAFailureEverySecond) {
  FailureThrottle brake;
  FailureThrottle::Clock::time_point now{std::chrono::hours(1)};
  for (int failure = 0; failure < 100; ++failure) {
    now += std::chrono::seconds(1);
    EXPECT_EQ(brake.delay_of_failure(now), milliseconds(0)) << failure;
  }
}

}  // namespace
}  // namespace compliance::authentication_test
