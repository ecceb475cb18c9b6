// The running service: what is published when, what a reload does, and its use by many threads.
#include "exporter/daemon/service.h"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "exporter/history/history.h"
#include "exporter/publish/api/router.h"
#include "tests/exporter/daemon/one_installation.h"
#include "tests/support/exposition.h"

namespace compliance::test::service_test {
namespace {

class ServiceTest : public OneInstallation {
 protected:
  // Publications wake those that wait_for() something; a reload renames the installation.
  ServiceEnvironment running_environment() {
    ServiceEnvironment running = environment();
    running.read_config = [this]() -> Result<Config> {
      if (broken_) {
        return Error{"x.yaml:1:1: broken"};
      }
      return config("renamed");
    };
    running.published = [this] {
      const std::scoped_lock lock(mutex_);
      published_.notify_all();
    };
    return running;
  }

  ServiceEnvironment watching_environment() {
    ServiceEnvironment watching = running_environment();
    watching.watches = true;
    return watching;
  }

  // True as soon as a published snapshot fulfills the condition; the interval is an hour.
  template <class Condition>
  bool wait_for(const Service& service, Condition condition) {
    std::unique_lock lock(mutex_);
    return published_.wait_for(lock, std::chrono::seconds{10}, [&] {
      const auto latest = service.latest().get();
      return latest && condition(*latest->snapshot);
    });
  }

  bool publishes(const Service& service, Outcome status) {
    return wait_for(service,
                    [status](const Snapshot& snapshot) { return status_of(snapshot) == status; });
  }

  std::atomic<bool> broken_{false};

 private:
  std::mutex mutex_;
  std::condition_variable published_;
};

const std::string reload_gauge = "config_last_reload_successful";

std::string name_of_first(const Snapshot& snapshot) {
  return snapshot.installations.at(0).result.name;
}

TEST_F(ServiceTest, PublishesNothingBeforeTheFirstCycle) {
  const Service service{config(), environment(), metrics_};
  EXPECT_EQ(service.latest().get(), nullptr);
}

TEST_F(ServiceTest, EvaluatesWithoutPublishing) {
  Service service{config(), environment(), metrics_};
  EXPECT_EQ(status_of(*service.evaluate()), Outcome::pass);
  EXPECT_EQ(service.latest().get(), nullptr);
}

TEST_F(ServiceTest, PublishesAChangedFileAtOnce) {
  Service service{config(), watching_environment(), metrics_};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  write(privileged_compose);
  ASSERT_TRUE(publishes(service, Outcome::fail));
  EXPECT_EQ(history_of(*service.latest().get()->snapshot).transitions, 1U);
  const auto events = service.events({});
  ASSERT_TRUE(events);
  EXPECT_EQ(events.value().events.front().to, "fail");
  std::filesystem::remove(compose_file_);
  EXPECT_TRUE(publishes(service, Outcome::unknown));
  write(unprivileged_compose);
  EXPECT_TRUE(publishes(service, Outcome::pass)) << "a file that comes back";
}

TEST_F(ServiceTest, MeasuresTheTimeFromAChangeToItsPublication) {
  Service service{config(), watching_environment(), metrics_};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  write(privileged_compose);
  ASSERT_TRUE(publishes(service, Outcome::fail));
  service.evaluate();  // which waits until the cycle is over
  const std::string count = "drift_detection_latency_seconds_count";
  EXPECT_NE(lines_of(metrics_.render(), count), count + " 0\n");
}

TEST_F(ServiceTest, ReloadsWhenItsConfigurationFileChanges) {
  ServiceEnvironment watching = watching_environment();
  watching.config_file = directory_.write("exporter.yaml", "a");
  Service service{config(), std::move(watching), metrics_};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  ASSERT_TRUE(publishes(service, Outcome::pass));
  directory_.write("exporter.yaml", "b");
  EXPECT_TRUE(wait_for(
      service, [](const Snapshot& snapshot) { return name_of_first(snapshot) == "renamed"; }));
}

TEST_F(ServiceTest, ReloadPublishesByTheNewConfigurationBeforeItReturns) {
  Service service{config(), running_environment(), metrics_};
  service.publish();
  ASSERT_TRUE(service.reload());
  const auto latest = service.latest().get();
  EXPECT_EQ(name_of_first(*latest->snapshot), "renamed");
  EXPECT_TRUE(latest->snapshot->last_reload_successful);
  EXPECT_EQ(lines_of(metrics_.render(), reload_gauge), reload_gauge + " 1\n");
}

TEST_F(ServiceTest, KeepsThePreviousConfigurationAfterAFailedReload) {
  Service service{config(), running_environment(), metrics_};
  service.publish();
  broken_ = true;
  const auto result = service.reload();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "x.yaml:1:1: broken");
  const auto latest = service.latest().get();
  EXPECT_EQ(name_of_first(*latest->snapshot), "production");
  EXPECT_FALSE(latest->snapshot->last_reload_successful);
  EXPECT_EQ(lines_of(metrics_.render(), reload_gauge), reload_gauge + " 0\n");
}

TEST_F(ServiceTest, LogsTheOutcomeOfAReload) {
  Service service{config(), running_environment(), metrics_};
  const auto logged = [&service] {
    testing::internal::CaptureStderr();
    (void)service.reload();
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_NE(logged().find("level=info msg=\"configuration reloaded\""), std::string::npos);
  broken_ = true;
  EXPECT_NE(logged().find("level=error msg=\"reload failed; keeping the previous configuration\" "
                          "err=\"x.yaml:1:1: broken\""),
            std::string::npos);
}

TEST_F(ServiceTest, CannotReloadWithoutAConfigurationFile) {
  Service service{config(), environment(), metrics_};
  EXPECT_FALSE(service.reload());
}

TEST_F(ServiceTest, NotifiesAfterEveryPublication) {
  int published = 0;
  ServiceEnvironment counting = environment();
  counting.published = [&published] { ++published; };
  Service service{config(), counting, metrics_};
  EXPECT_EQ(published, 0);
  service.publish();
  service.publish();
  EXPECT_EQ(published, 2);
}

TEST_F(ServiceTest, RestsUntilTheIntervalIsOver) {
  std::stop_source stop;
  ServiceEnvironment stopping = environment();
  stopping.published = [&stop] { stop.request_stop(); };
  Service service{config(), stopping, metrics_};
  service.run(stop.get_token());
  const auto in_half_an_hour = Heartbeat::Clock::now() + std::chrono::minutes{30};
  EXPECT_TRUE(service.heartbeat().beats(in_half_an_hour, std::chrono::seconds{1}));
  EXPECT_FALSE(
      service.heartbeat().beats(in_half_an_hour + std::chrono::hours{1}, std::chrono::seconds{1}));
}

TEST_F(ServiceTest, SurvivesCyclesReloadsAndReadersAtOnce) {
  Config fast = config();
  fast.interval = std::chrono::milliseconds{1};
  Service service{fast, running_environment(), metrics_};
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  const std::jthread reader{[&] {
    int read = 0;
    while (read < 10) {
      const auto latest = service.latest().get();
      read += latest && !latest->exposition->empty() ? 1 : 0;
    }
  }};
  for (int round = 0; round < 20; ++round) {
    broken_ = round % 2 == 1;
    EXPECT_EQ(static_cast<bool>(service.reload()), round % 2 == 0);
  }
}

}  // namespace
}  // namespace compliance::test::service_test
