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

TEST(ContainersPinnedImages, PassesWithTheTagOfARelease) {
  EXPECT_EQ(result_with({.repository = "x", .tag = "v2026.06.25"}).status, Outcome::pass);
  EXPECT_EQ(result_with({.repository = "x", .tag = "17-alpine"}).status, Outcome::pass);
}

TEST(ContainersPinnedImages, PassesWithADigestWhateverTheTagIs) {
  EXPECT_EQ(result_with({.repository = "x", .tag = "latest", .digest = "sha256:00"}).status,
            Outcome::pass);
  EXPECT_EQ(result_with({.repository = "x", .digest = "sha256:00"}).status, Outcome::pass);
}

TEST(ContainersPinnedImages, FailsWithoutATag) {
  const CheckResult result = result_with({.repository = "x", .origin = at(Source::compose, 6, 5)});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "no tag");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 6, 5));
}

TEST(ContainersPinnedImages, FailsWithAMovingTag) {
  const CheckResult result = result_with({.repository = "x", .tag = "latest"});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "a moving tag");
}

TEST(ContainersPinnedImages, IsUnknownWhenTheReleaseIsNotGiven) {
  const CheckResult result = result_with({.repository = "x", .tag = "v"});
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
}

TEST(ContainersPinnedImages, IsUnknownWhenAnUnsetVariableDecides) {
  const Fault fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  const CheckResult result = result_with({.repository = "x", .tag = "latest", .fault = fault});
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().message, "X is not set");
}

TEST(ContainersPinnedImages, IsUnknownWhenTheImageIsBuiltHere) {
  const CheckResult result = result_with({.built_locally = true});
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_observable});
}

}  // namespace
}  // namespace compliance::test::pinned_images_test
