// The cycle: what is published, what a reload does, and that readers and writers get along.
#include "exporter/daemon/service.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace compliance {
namespace {

constexpr auto hardened = "services: {other: {image: 'x:1', privileged: false}}\n";
constexpr auto privileged = "services: {other: {image: 'x:1', privileged: true}}\n";

class ServiceTest : public testing::Test {
 public:
  static Outcome status_of(const Snapshot& snapshot) { return status(snapshot); }

 protected:
  ServiceTest() {
    std::filesystem::create_directories(directory_);
    write(hardened);
  }
  ~ServiceTest() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& text) const { std::ofstream{compose_, std::ios::trunc} << text; }

  Config config(const std::string& name) const {
    Config config;
    config.interval = std::chrono::hours{1};
    config.installations.push_back(
        {.name = name, .compose = ComposeConfig{.files = {compose_.string()}}});
    return config;
  }

  ServiceContext context() {
    return {.now = [this] { return Instant{std::chrono::seconds{1'800'000'000 + ++seconds_}}; },
            .read_config = [this]() -> Result<Config> {
              if (broken_) {
                return Error{"x.yaml:1:1: broken"};
              }
              return config("renamed");
            }};
  }

  static Outcome status(const Snapshot& snapshot) {
    for (const CheckResult& check : snapshot.installations.at(0).result.checks) {
      if (check.check->id == "containers-not-privileged") {
        return check.status;
      }
    }
    return Outcome::not_applicable;
  }

  std::filesystem::path directory_{std::filesystem::temp_directory_path() /
                                   ("service-" + std::to_string(getpid()))};
  std::filesystem::path compose_{directory_ / "compose.yaml"};
  std::atomic<bool> broken_{false};
  std::atomic<int> seconds_{0};
};

TEST_F(ServiceTest, PublishesNothingBeforeTheFirstCycle) {
  const Service service{config("production"), context()};
  EXPECT_EQ(service.latest().get(), nullptr);
}

// Waits until the service has published that status; the interval is an hour.
bool publishes(Service& service, Outcome status) {
  for (int tries = 0; tries < 1000; ++tries) {
    const auto latest = service.latest().get();
    if (latest && ServiceTest::status_of(*latest->snapshot) == status) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return false;
}

TEST_F(ServiceTest, PublishesAChangedFileAtOnce) {
  ServiceContext watching = context();
  watching.watches = true;
  Service service{config("production"), std::move(watching)};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  EXPECT_EQ(service.latest().get()->snapshot->installations.at(0).sources.at(0).watched, true);
  write(privileged);
  EXPECT_TRUE(publishes(service, Outcome::fail));
  const CheckHistory past =
      service.latest().get()->snapshot->installations.at(0).past.at("containers-not-privileged");
  EXPECT_EQ(past.transitions, 1U);
  const auto events = service.events({});
  ASSERT_TRUE(events);
  EXPECT_EQ(events.value().events.front().to, "fail");
  std::filesystem::remove(compose_);
  EXPECT_TRUE(publishes(service, Outcome::unknown));
  write(hardened);
  EXPECT_TRUE(publishes(service, Outcome::pass)) << "a file that comes back";
}

TEST_F(ServiceTest, JudgesOnlyTheInstallationsWhoseFilesChanged) {
  ServiceContext watching = context();
  watching.watches = true;
  Config two = config("production");
  const std::filesystem::path other = directory_ / "other.yaml";
  std::ofstream{other} << privileged;
  two.installations.push_back(
      {.name = "staging", .compose = ComposeConfig{.files = {other.string()}}});
  Service service{two, std::move(watching)};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  const auto before = service.latest().get()->snapshot;
  write(privileged);
  ASSERT_TRUE(publishes(service, Outcome::fail));
  const auto after = service.latest().get()->snapshot;
  const auto evaluated = [](const Snapshot& snapshot, std::size_t index) {
    return snapshot.installations.at(index).past.at("containers-not-privileged").last_evaluated;
  };
  EXPECT_EQ(after->installations.at(1).result, before->installations.at(1).result);
  EXPECT_EQ(evaluated(*after, 1), evaluated(*before, 1));
  EXPECT_NE(evaluated(*after, 0), evaluated(*before, 0));
}

TEST_F(ServiceTest, ReloadsWhenItsConfigurationFileChanges) {
  ServiceContext watching = context();
  watching.watches = true;
  watching.config_file = (directory_ / "exporter.yaml").string();
  std::ofstream{watching.config_file} << "a";
  const std::string file = watching.config_file;
  Service service{config("production"), std::move(watching)};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  std::ofstream{file} << "b";
  for (int tries = 0; tries < 1000; ++tries) {
    if (service.latest().get()->snapshot->installations.at(0).result.name == "renamed") {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  FAIL() << "the new configuration was never at work";
}

TEST_F(ServiceTest, SeesWhatChangedSinceTheLastCycle) {
  Service service{config("production"), context()};
  const auto first = service.evaluate();
  EXPECT_EQ(status(*first), Outcome::pass);
  EXPECT_FALSE(first->installations.at(0).sources.at(0).last_change);
  write(privileged);
  const auto second = service.evaluate();
  EXPECT_EQ(status(*second), Outcome::fail);
  EXPECT_TRUE(second->installations.at(0).sources.at(0).last_change);
  const auto third = service.evaluate();
  EXPECT_EQ(third->installations.at(0).sources.at(0).last_change,
            second->installations.at(0).sources.at(0).last_change);
}

TEST_F(ServiceTest, KeepsTheTimeOfTheLastDefiniteVerdictWhileUnknown) {
  Service service{config("production"), context()};
  const auto good = service.evaluate();
  write("services: [");
  const auto broken = service.evaluate();
  EXPECT_EQ(status(*broken), Outcome::unknown);
  EXPECT_FALSE(broken->installations.at(0).sources.at(0).up);
  EXPECT_EQ(broken->installations.at(0).past.at("containers-not-privileged").last_evaluated,
            good->installations.at(0).past.at("containers-not-privileged").last_evaluated);
  EXPECT_EQ(broken->source_errors.at({Source::compose, UnknownReason::unparsable}), 1U);
}

TEST_F(ServiceTest, ReloadJudgesByTheNewConfigurationBeforeItReturns) {
  Service service{config("production"), context()};
  service.publish();
  ASSERT_TRUE(service.reload());
  const auto latest = service.latest().get();
  EXPECT_EQ(latest->snapshot->installations.at(0).result.name, "renamed");
  EXPECT_TRUE(latest->snapshot->last_reload_successful);
}

TEST_F(ServiceTest, ABadReloadKeepsTheOldConfigurationAndSaysSo) {
  Service service{config("production"), context()};
  service.publish();
  broken_ = true;
  const auto result = service.reload();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "x.yaml:1:1: broken");
  const auto latest = service.latest().get();
  EXPECT_EQ(latest->snapshot->installations.at(0).result.name, "production");
  EXPECT_FALSE(latest->snapshot->last_reload_successful);
}

TEST_F(ServiceTest, ReloadWithoutAFileIsAnError) {
  Service service{config("production"), {.now = [] { return Instant{}; }}};
  EXPECT_FALSE(service.reload());
}

TEST_F(ServiceTest, SaysOnceThatItIsReady) {
  int told = 0;
  ServiceContext serving = context();
  serving.ready = [&told] { ++told; };
  Service service{config("production"), serving};
  EXPECT_EQ(told, 0);
  service.publish();
  service.publish();
  EXPECT_EQ(told, 1);
}

TEST_F(ServiceTest, RestsUntilTheIntervalIsOver) {
  Service service{config("production"), context()};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  // The cycle says so right after it has published.
  const auto in_half_an_hour = Heartbeat::Clock::now() + std::chrono::minutes{30};
  while (!service.heartbeat().beats(in_half_an_hour, std::chrono::seconds{1})) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(
      service.heartbeat().beats(in_half_an_hour + std::chrono::hours{1}, std::chrono::seconds{1}));
}

TEST_F(ServiceTest, CyclesReloadsAndReadersGetAlong) {
  Config fast = config("production");
  fast.interval = std::chrono::milliseconds{1};
  Service service{fast, context()};
  std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  std::atomic<int> read{0};
  std::jthread reader{[&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto latest = service.latest().get();
      read += latest && !latest->exposition->empty() ? 1 : 0;
    }
  }};
  for (int round = 0; round < 20; ++round) {
    broken_ = round % 2 == 1;
    EXPECT_EQ(static_cast<bool>(service.reload()), round % 2 == 0);
  }
  while (read < 10) {
    std::this_thread::yield();
  }
}

TEST(Latest, KeepsAnOldValueAliveForItsReaders) {
  Latest<int> latest;
  EXPECT_EQ(latest.get(), nullptr);
  latest.set(std::make_shared<const int>(1));
  const auto old = latest.get();
  latest.set(std::make_shared<const int>(2));
  EXPECT_EQ(*old, 1);
  EXPECT_EQ(*latest.get(), 2);
}

}  // namespace
}  // namespace compliance
