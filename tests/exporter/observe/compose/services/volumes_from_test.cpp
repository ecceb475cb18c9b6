// Mounts that services take from others.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::volumes_from_test {
namespace {

// The mounts of `app`, which has `own` lines, beside services with these lines.
std::vector<Mount> mounts_of(const std::string& own, const std::string& others) {
  return container_named(facts_of(project({app_with(own) + others})), "app").mounts;
}

TEST(VolumesFrom, TakesTheMountsOfAService) {
  const auto mounts = mounts_of(
      "volumes_from: [tools]",
      "  tools: {image: x, volumes: [\"/run/docker.sock:/s\", \"data:/d:ro\"], tmpfs: /t}\n"
      "volumes: {data: }\n");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].source, "/run/docker.sock");
  EXPECT_FALSE(mounts[0].read_only);
  EXPECT_EQ(mounts[0].origin, in_file(4, 20));
  EXPECT_EQ(mounts[1].kind, MountKind::named_volume);
  EXPECT_TRUE(mounts[1].read_only);
}

TEST(VolumesFrom, MayBeReadOnly) {
  const std::string tools = "  tools: {image: x, volumes: [\"/a:/a\"]}\n";
  EXPECT_TRUE(mounts_of("volumes_from: [\"tools:ro\"]", tools).at(0).read_only);
  EXPECT_FALSE(mounts_of("volumes_from: [\"tools:rw\"]", tools).at(0).read_only);
}

TEST(VolumesFrom, GoesOverSeveralSteps) {
  const auto mounts = mounts_of("volumes_from: [a]",
                                "  a: {image: x, volumes_from: [\"b:ro\"]}\n"
                                "  b: {image: x, volumes_from: [c]}\n"
                                "  c: {image: x, volumes: [\"/etc:/e\"]}\n");
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].source, "/etc");
  EXPECT_TRUE(mounts[0].read_only);
}

TEST(VolumesFrom, OwnMountsWinAndThenLaterOnes) {
  const auto mounts = mounts_of("volumes_from: [a, b]\nvolumes: [\"/own:/x\"]",
                                "  a: {image: x, volumes: [\"/a:/x\", \"/a:/y\"]}\n"
                                "  b: {image: x, volumes: [\"/b:/x\", \"/b:/y\"]}\n");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].source, "/own");
  EXPECT_EQ(mounts[1].source, "/b");
}

// The fault of the only mount.
Fault mount_fault(const std::string& own, const std::string& others = "") {
  const auto mounts = mounts_of(own, others);
  EXPECT_EQ(mounts.size(), 1U);
  return mounts.empty() ? Fault{} : mounts[0].fault.value_or(Fault{});
}

TEST(VolumesFrom, OfAContainerIsNotObservable) {
  EXPECT_EQ(mount_fault("volumes_from: [\"container:x\"]").reason, UnknownReason::not_observable);
  EXPECT_EQ(mount_fault("volumes_from: [\"container:x:ro\"]").reason,
            UnknownReason::not_observable);
}

TEST(VolumesFrom, ThatCannotBeFollowedIsAFault) {
  EXPECT_EQ(mount_fault("volumes_from: [\"${X}\"]"), unset("X"));
  EXPECT_EQ(mount_fault("volumes_from: [none]").reason, UnknownReason::missing_object);
  EXPECT_EQ(mount_fault("volumes_from: [app]").reason, UnknownReason::unparsable);
  EXPECT_EQ(mount_fault("volumes_from: [a]", "  a: {image: x, volumes_from: [app]}\n").reason,
            UnknownReason::unparsable);
}

TEST(VolumesFrom, HasALimitOfSteps) {
  std::string others;
  for (int step = 0; step < 300; ++step) {
    others += "  s" + std::to_string(step) + ": {image: x, volumes_from: [s" +
              std::to_string(step + 1) + "]}\n";
  }
  others += "  s300: {image: x, volumes: [\"/a:/a\"]}\n";
  EXPECT_EQ(mount_fault("volumes_from: [s0]", others).reason, UnknownReason::limit_exceeded);
}

TEST(VolumesFrom, HasALimitOfMounts) {
  // Each service doubles what it takes.
  std::string others = "  s0: {image: x, volumes: [\"/a:/a\"]}\n";
  for (int step = 1; step < 60; ++step) {
    others += "  s" + std::to_string(step) + ": {image: x, volumes_from: [s" +
              std::to_string(step - 1) + ", \"container:x\", s" + std::to_string(step - 1) + "]}\n";
  }
  const auto mounts = mounts_of("volumes_from: [s59]", others);
  EXPECT_LT(mounts.size(), 200'000U);
  EXPECT_TRUE(std::any_of(mounts.begin(), mounts.end(), [](const Mount& mount) {
    return mount.fault && mount.fault->reason == UnknownReason::limit_exceeded;
  }));
}

}  // namespace
}  // namespace compliance::test::volumes_from_test
