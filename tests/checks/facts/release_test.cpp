// Release tags and their order.
#include "checks/facts/release.h"

#include <climits>

#include <gtest/gtest.h>

namespace compliance::test::release_test {
namespace {

Release release(std::string_view tag) {
  const auto parsed = parse_release(tag);
  EXPECT_TRUE(parsed) << tag;
  return parsed.value_or(Release{});
}

TEST(Release, ReadsItsNumbers) {
  EXPECT_EQ(release("v2026.06.25-rc.12"),
            (Release{.era = 0, .major = 2026, .minor = 6, .patch = 25, .candidate = 12}));
  EXPECT_EQ(release("2026.07.03"),
            (Release{.era = 0, .major = 2026, .minor = 7, .patch = 3, .candidate = INT_MAX}));
  EXPECT_EQ(release("v0.1.0"),
            (Release{.era = 1, .major = 0, .minor = 1, .patch = 0, .candidate = INT_MAX}));
}

class NoRelease : public testing::TestWithParam<const char*> {};

TEST_P(NoRelease, IsRead) { EXPECT_EQ(parse_release(GetParam()), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Tags, NoRelease,
                         testing::Values("", "v", "latest", "v1", "v1.2", "1.2.", "v1..2", "v1.2.x",
                                         "v-1.2.3", "1.-2.3", "vv1.2.3", "v1.2.3.4", "v1.2.3-rc",
                                         "v1.2.3-rc.", "v1.2.3-rc.x", "v1.2.3-rc.1.2",
                                         "v1.2.3-rc.-1", "v1.2.3-dev.4", "v1.2.3 ", " v1.2.3",
                                         "v1,2,3", "v99999999999.1.1"));

TEST(Release, ComesInOrder) {
  const char* const tags[]{"v2025.12.31", "v2026.06.24", "v2026.06.25-rc.1", "v2026.06.25-rc.2",
                           "v2026.06.25", "v2026.07.01", "v0.1.0-rc.9",      "v0.1.0",
                           "v0.1.1",      "v0.2.0",      "v1.0.0-rc.1",      "v1.0.0"};
  for (std::size_t index = 1; index < std::size(tags); ++index) {
    EXPECT_LT(release(tags[index - 1]), release(tags[index])) << tags[index];
  }
}

TEST(Release, HasJuneBehaviourBeforeTheCandidateThatEndedIt) {
  EXPECT_TRUE(is_before_v2026_06_25(release("v2026.06.24")));
  EXPECT_TRUE(is_before_v2026_06_25(release("v2026.06.25-rc.0")));
  EXPECT_FALSE(is_before_v2026_06_25(release("v2026.06.25-rc.1")));
  EXPECT_FALSE(is_before_v2026_06_25(release("v2026.06.25")));
  EXPECT_FALSE(is_before_v2026_06_25(release("v0.1.0")));
}

TEST(Release, HasAugustKeysFromItsFirstSemanticOne) {
  EXPECT_FALSE(is_from_v0_1_0_on(release("v2026.12.31")));
  EXPECT_FALSE(is_from_v0_1_0_on(release("v0.0.9")));
  EXPECT_TRUE(is_from_v0_1_0_on(release("v0.1.0-rc.1")));
  EXPECT_TRUE(is_from_v0_1_0_on(release("v0.1.0")));
  EXPECT_TRUE(is_from_v0_1_0_on(release("v1.0.0")));
}

}  // namespace
}  // namespace compliance::test::release_test
