// A configuration with one installation, whose only source is a Compose file with one container.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "exporter/config/config.h"
#include "exporter/daemon/service_environment.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "exporter/publish/snapshot.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test {

inline constexpr auto unprivileged_compose =
    "services: {other: {image: 'x:1', privileged: false}}\n";
inline constexpr auto privileged_compose = "services: {other: {image: 'x:1', privileged: true}}\n";
inline constexpr auto not_privileged_check = "containers-not-privileged";

class OneInstallation : public testing::Test {
 public:
  // Of the check that the Compose files above pass and fail.
  static Outcome status_of(const Snapshot& snapshot, std::size_t installation = 0) {
    for (const CheckResult& check : snapshot.installations.at(installation).result.checks) {
      if (check.check->id == not_privileged_check) {
        return check.status;
      }
    }
    return Outcome::not_applicable;
  }

  static const CheckHistory& history_of(const Snapshot& snapshot, std::size_t installation = 0) {
    return snapshot.installations.at(installation).past.at(not_privileged_check);
  }

 protected:
  void write(const std::string& compose) const { directory_.write("compose.yaml", compose); }

  Config config(const std::string& name = "production") const {
    Config config;
    config.interval = std::chrono::hours{1};
    config.installations.push_back(
        {.name = name, .compose = ComposeConfig{.files = {compose_file_}}});
    return config;
  }

  // A clock that advances a second with every look at it.
  ServiceEnvironment environment() {
    return {.now = [this] { return Instant{std::chrono::seconds{1'800'000'000 + ++seconds_}}; }};
  }

  RuntimeMetrics metrics_;
  TemporaryDirectory directory_;
  std::string compose_file_{directory_.write("compose.yaml", unprivileged_compose)};

 private:
  std::atomic<int> seconds_{0};
};

}  // namespace compliance::test
