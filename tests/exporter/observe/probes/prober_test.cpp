// The pool: it asks what is configured, keeps answers, lets them grow stale, and ends at once.
#include "exporter/observe/probes/prober.h"

#include <atomic>

#include <gtest/gtest.h>

#include "exporter/observe/probes/targets.h"

namespace compliance::probes::prober_test {
namespace {

using namespace std::chrono_literals;

// A configuration with a port of loopback on which nobody listens.
Config config_with_closed_port(std::uint16_t port = 1) {
  Config config;
  config.probing.timeout = 5s;
  config.installations.push_back({.name = "a"});
  config.installations.front().exposure =
      ExposureConfig{.addresses = {"127.0.0.1"}, .ports = {port}};
  return config;
}

Installation installation_of(const Config& config) {
  Installation installation{.name = "a"};
  add_pending(config.installations.front(), config.probing, installation);
  return installation;
}

class ProberTest : public testing::Test {
 protected:
  std::chrono::system_clock::time_point now() const {
    return std::chrono::system_clock::time_point{std::chrono::seconds{seconds_.load()}};
  }

  std::atomic<int> seconds_{1'800'000'000};
  std::atomic<int> changes_{0};
  std::atomic<int> timed_exposures_{0};
  std::atomic<int> failures_{0};
  Prober prober_{{.now = [this] { return now(); },
                  .changed =
                      [this](const std::string& installation) {
                        changes_ += installation == "a" ? 1 : 0;
                        changes_.notify_all();
                      },
                  .timed =
                      [this](Source source, std::chrono::duration<double> took) {
                        timed_exposures_ += source == Source::exposure && took.count() > 0 ? 1 : 0;
                      },
                  .failed = [this](Source, UnknownReason) { ++failures_; }}};
};

TEST_F(ProberTest, HasNothingToWaitForWithoutTargets) {
  prober_.configure(Config{});
  prober_.wait_until_asked({});
  EXPECT_TRUE(prober_.sources_of("a").empty());
}

TEST_F(ProberTest, TellsOfSourcesBeforeTheyHaveAnswered) {
  Config config = config_with_closed_port();
  config.probing.offline = true;
  prober_.configure(config);
  EXPECT_TRUE(prober_.sources_of("a").empty()) << "an offline configuration has no targets";
}

TEST_F(ProberTest, HandsOverWhatWasAnswered) {
  const Config config = config_with_closed_port();
  prober_.configure(config);
  prober_.wait_until_asked({});
  Installation installation = installation_of(config);
  prober_.add_answers(installation);
  ASSERT_TRUE(installation.probed.exposed_ports.front().answer.value);
  EXPECT_EQ(installation.probed.exposed_ports.front().answer.value->state, PortState::refused);
  const auto sources = prober_.sources_of("a");
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources.front().source, Source::exposure);
  EXPECT_TRUE(sources.front().up);
  EXPECT_FALSE(sources.front().content_digest.empty());
  changes_.wait(0);  // it is told after the answer is there
  EXPECT_GE(changes_.load(), 1);
  EXPECT_EQ(failures_, 0);
  EXPECT_GE(timed_exposures_, 1);
}

TEST_F(ProberTest, TakesAnswersOfThreeIntervalsAgoForNone) {
  const Config config = config_with_closed_port();
  prober_.configure(config);
  prober_.wait_until_asked({});
  seconds_ += 3 * 60 + 5;
  Installation installation = installation_of(config);
  prober_.add_answers(installation);
  EXPECT_TRUE(installation.probed.exposed_ports.front().answer.value) << "just not stale";
  seconds_ += 1;
  prober_.add_answers(installation);
  ASSERT_TRUE(installation.probed.exposed_ports.front().answer.fault);
  EXPECT_EQ(installation.probed.exposed_ports.front().answer.fault->reason, UnknownReason::stale);
}

TEST_F(ProberTest, KeepsAnswersOverAReloadThatChangesNothing) {
  const Config config = config_with_closed_port();
  prober_.configure(config);
  prober_.wait_until_asked({});
  prober_.configure(config);
  Installation installation = installation_of(config);
  prober_.add_answers(installation);
  EXPECT_TRUE(installation.probed.exposed_ports.front().answer.value);
}

TEST_F(ProberTest, CountsAndShowsWhatCouldNotBeResolved) {
  Config config;
  config.probing.timeout = 5s;
  config.installations.push_back({.name = "a"});
  config.installations.front().dns.servers = {"127.0.0.1:1"};
  prober_.configure(config);
  prober_.set_names("a", {"name.example"});
  prober_.wait_until_asked({});
  Installation installation{.name = "a", .probed = {.names = {{.name = "name.example"}}}};
  prober_.add_answers(installation);
  EXPECT_TRUE(installation.probed.names.front().addresses.fault);
  EXPECT_FALSE(prober_.sources_of("a").front().up);
  EXPECT_TRUE(prober_.sources_of("a").front().content_digest.empty());
  EXPECT_GE(failures_, 1);
}

TEST_F(ProberTest, WakesAWorkerThatWaitsForItsNextTargetWhenAnotherOneComes) {
  Config config = config_with_closed_port();
  config.probing.concurrency = 1;
  config.probing.interval = std::chrono::hours{24};
  config.installations.front().dns.servers = {"127.0.0.1:1"};
  prober_.configure(config);
  prober_.wait_until_asked({});
  prober_.set_names("a", {"name.example"});
  prober_.wait_until_asked({});
  EXPECT_EQ(prober_.sources_of("a").size(), 2U);
}

TEST_F(ProberTest, AsksNoNameOfAnOfflineConfiguration) {
  Config config;
  config.probing.offline = true;
  config.installations.push_back({.name = "a"});
  prober_.configure(config);
  prober_.set_names("a", {"name.example"});
  EXPECT_TRUE(prober_.sources_of("a").empty());
}

TEST_F(ProberTest, AsksNoNameOfAnInstallationThatIsNotConfigured) {
  prober_.configure(Config{});
  prober_.set_names("gone", {"name.example"});
  EXPECT_TRUE(prober_.sources_of("gone").empty());
}

TEST_F(ProberTest, TellsHowFarItIs) {
  prober_.configure(config_with_closed_port());
  std::size_t all = 0;
  prober_.wait_until_asked([&all](std::size_t, std::size_t targets) { all = targets; });
  EXPECT_LE(all, 1U);
}

}  // namespace
}  // namespace compliance::probes::prober_test
