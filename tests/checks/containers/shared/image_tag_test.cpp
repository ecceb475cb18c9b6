// What the tag of an image promises.
#include "checks/containers/shared/image_tag.h"

#include <gtest/gtest.h>

namespace compliance::test::image_tag_test {
namespace {

TEST(KindOfTag, IsReleaseForReleasesOfAnyProject) {
  for (const char* tag : {"v2026.06.25", "v2026.06.22-rc.1", "17-alpine", "1.37.0", "v3", "v0",
                          "developer", "edged", "nightly1", "mainline", "1.2_dev"}) {
    EXPECT_EQ(kind_of_tag(tag), TagKind::release) << tag;
  }
}

TEST(KindOfTag, IsMovingForNamesOfBranchesAndBuilds) {
  for (const char* tag : {"latest", "main", "master", "dev", "edge", "nightly", "Latest", "EDGE",
                          "2026.05.26-dev.shalocal", "1.2-dev", "1-DEV", "-dev"}) {
    EXPECT_EQ(kind_of_tag(tag), TagKind::moving) << tag;
  }
}

TEST(KindOfTag, IsNoneWithoutATag) { EXPECT_EQ(kind_of_tag(""), TagKind::none); }

TEST(KindOfTag, MissesTheReleaseBehindASingleV) {
  EXPECT_EQ(kind_of_tag("v"), TagKind::release_missing);
  EXPECT_EQ(kind_of_tag("V"), TagKind::release_missing);
}

}  // namespace
}  // namespace compliance::test::image_tag_test
