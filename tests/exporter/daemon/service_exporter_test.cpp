// The reserved installation `exporter`: there where the process is observed, and behind all others.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/daemon/service.h"
#include "tests/support/temporary_directory.h"

namespace compliance {
namespace {

class ServiceExporter : public testing::Test {
 protected:
  Config config() const {
    Config config;
    config.interval = std::chrono::hours{1};
    config.installations.push_back(
        {.name = "production", .compose = ComposeConfig{.files = {compose_}}});
    return config;
  }

  ServiceContext context() {
    return {.now = [this] { return Instant{std::chrono::seconds{1'800'000'000 + ++seconds_}}; },
            .watches = true,
            .observe_exporter =
                [this](const EvidencePlaces& evidence) {
                  ++looks_;
                  evidence_ = evidence;
                  return observe_exporter({}, evidence);
                }};
  }

  // The newest snapshot once it is another one than `old`; the interval is an hour.
  static std::shared_ptr<const Snapshot> next_of(const Service& service, const Snapshot* old) {
    for (int tries = 0; tries < 1000; ++tries) {
      const auto latest = service.latest().get();
      if (latest && latest->snapshot.get() != old) {
        return latest->snapshot;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return nullptr;
  }

  test::TemporaryDirectory directory_;
  std::string compose_{directory_.write("compose.yaml", "services: {}\n")};
  std::atomic<int> seconds_{0};
  std::atomic<int> looks_{0};
  EvidencePlaces evidence_{};
};

TEST_F(ServiceExporter, IsJudgedBehindAllOthersWithoutAScore) {
  Service service{config(), context()};
  const auto snapshot = service.evaluate();
  ASSERT_EQ(snapshot->installations.size(), 2U);
  const PublishedInstallation& exporter = snapshot->installations.back();
  EXPECT_EQ(exporter.result.name, "exporter");
  EXPECT_EQ(exporter.result.checks.size(), 11U);
  EXPECT_EQ(exporter.result.score, std::nullopt);
  ASSERT_EQ(exporter.sources.size(), 1U);
  EXPECT_EQ(exporter.sources.front().source, Source::process);
  EXPECT_TRUE(exporter.sources.front().up);
  EXPECT_EQ(exporter.past.size(), 11U);
  ASSERT_TRUE(evidence_.contains("production"));
  EXPECT_TRUE(evidence_.at("production").contains(Source::compose));
}

TEST_F(ServiceExporter, StandsAsItWasWhenOnlyFilesChange) {
  Service service{config(), context()};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  const auto before = next_of(service, nullptr);
  ASSERT_NE(before, nullptr);
  directory_.write("compose.yaml", "services: {other: {image: 'x:1'}}\n");
  const auto after = next_of(service, before.get());
  ASSERT_NE(after, nullptr);
  ASSERT_EQ(after->installations.size(), 2U);
  EXPECT_EQ(after->installations.back().result, before->installations.back().result);
  EXPECT_EQ(after->installations.back().past, before->installations.back().past);
  EXPECT_EQ(looks_, 1);
}

TEST_F(ServiceExporter, IsLookedAtAgainWhenEverythingIs) {
  Service service{config(), context()};
  service.publish();
  service.publish();
  EXPECT_EQ(looks_, 2);
}

TEST_F(ServiceExporter, IsNotThereWhereNobodyLooks) {
  Service service{config(), {.now = [] { return Instant{}; }}};
  EXPECT_EQ(service.evaluate()->installations.size(), 1U);
}

}  // namespace
}  // namespace compliance
