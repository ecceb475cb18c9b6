// containers-pinned-images
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::pinned_images_test {
namespace {

constexpr auto id = "containers-pinned-images";

CheckResult result_with(Image image) {
  Container container = hardened_service(Component::api);
  container.image = std::move(image);
  return result_of(id, compose_installation({container}));
}

CheckResult result_with_tag(const std::string& tag) {
  return result_with({.repository = "x", .tag = tag, .origin = at(Source::compose, 6, 5)});
}

TEST(ContainersPinnedImages, PassesWithTheReleaseTagOfAnyProject) {
  for (const char* tag : {"v2026.06.25", "v2026.06.22-rc.1", "17-alpine", "1.37.0", "v3", "v0",
                          "developer", "edged", "nightly1", "mainline", "1.2_dev"}) {
    EXPECT_EQ(result_with_tag(tag).status, Outcome::pass) << tag;
  }
}

TEST(ContainersPinnedImages, PassesWithADigestWhateverTheTagIs) {
  EXPECT_EQ(result_with({.repository = "x", .tag = "latest", .digest = "sha256:00"}).status,
            Outcome::pass);
  EXPECT_EQ(result_with({.repository = "x", .digest = "sha256:00"}).status, Outcome::pass);
}

TEST(ContainersPinnedImages, FailsWithoutATag) {
  const Finding finding =
      expect_fail(result_with({.repository = "x", .origin = at(Source::compose, 6, 5)}),
                  "its image has no tag, which means latest", at(Source::compose, 6, 5));
  EXPECT_EQ(finding.observed, "no tag");
}

TEST(ContainersPinnedImages, FailsWithTheTagOfABranchOrBuild) {
  for (const char* tag : {"latest", "main", "master", "dev", "edge", "nightly", "Latest", "EDGE",
                          "2026.05.26-dev.shalocal", "1.2-dev", "1-DEV", "-dev"}) {
    SCOPED_TRACE(tag);
    const Finding finding = expect_fail(
        result_with_tag(tag), "its image tag moves from build to build", at(Source::compose, 6, 5));
    EXPECT_EQ(finding.observed, "a moving tag");
  }
}

TEST(ContainersPinnedImages, IsUnknownWhenTheReleaseBehindTheVIsNotGiven) {
  for (const char* tag : {"v", "V"}) {
    SCOPED_TRACE(tag);
    expect_unknown(
        result_with_tag(tag),
        {.reason = UnknownReason::unresolved_reference,
         .message = "the image tag is v with nothing after it: the release is not given"},
        at(Source::compose, 6, 5));
  }
}

TEST(ContainersPinnedImages, IsUnknownWhenAnUnsetVariableDecides) {
  expect_unknown(result_with({.repository = "x", .tag = "latest", .fault = unset_variable}),
                 unset_variable, Origin{});
}

TEST(ContainersPinnedImages, IsUnknownWhenTheImageIsBuiltHere) {
  expect_unknown(result_with({.built_locally = true}),
                 {.reason = UnknownReason::not_observable,
                  .message = "the image is built locally and has no name"},
                 Origin{});
}

}  // namespace
}  // namespace compliance::test::pinned_images_test
